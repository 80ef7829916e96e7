"""The search field and the filter menus: a plain form and plain links, so that the address keeps the view."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import way

SEARCH_ID = "register-search"
Choice = tuple[str, int | None, str, bool]  # word, count where known, address, is chosen


def search_form(text: str, kept: Sequence[tuple[str, str]], action: str) -> Element:
    """A field for words; `kept` holds the other parameters of the address."""
    field = html.Input(
        id=SEARCH_ID,
        name="tim",
        type="text",
        value=text,
        maxLength=80,
        placeholder="Tên hoặc mã số, gõ không dấu cũng được",
        autoComplete="off",
    )
    hidden = [html.Select(html.Option(value, value=value), name=name, hidden="hidden") for name, value in kept if value]
    return html.Form(
        [
            html.Label([html.Span("Tìm tổ chức", className="label"), field], className="search-label"),
            *hidden,
            html.Button("Tìm", type="submit"),
        ],
        action=action,
        method="get",
        className="search",
        role="search",
    )


def menu(title: str, chosen: str | None, choices: Sequence[Choice], all_href: str) -> Element:
    """One filter: closed it says what is chosen, open it lists every value with its count."""
    links = [_choice("Tất cả", None, all_href, chosen is None), *[_choice(*choice) for choice in choices]]
    label = [html.Span(f"{title}: ", className="menu-name"), html.Strong(chosen) if chosen else "tất cả"]
    return html.Details(
        [html.Summary(label), html.Ul(links, className="choices")], className="menu chosen" if chosen else "menu"
    )


def _choice(word: str, count: int | None, href: str, is_chosen: bool) -> Element:
    number = html.Span(words.number(count), className="num") if count is not None else None
    return html.Li(way([html.Span(word), number], href, is_here=is_chosen))
