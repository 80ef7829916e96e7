"""Elements as HTML: text is never taken for code."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dashboard.ui import html
from dashboard.ui.render import to_html

TEXT = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0\r"))


def test_text_is_escaped() -> None:
    assert to_html(html.P("<b>&")) == "<p>&lt;b&gt;&amp;</p>"


def test_attributes_are_escaped() -> None:
    found = to_html(html.Span("x", title='"><script>alert(1)</script>', className="a'b"))
    assert "<script>" not in found and found.count('"') == 4


class _Parsed(HTMLParser):
    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(TEXT, TEXT)
def test_whatever_the_text_says_it_stays_text(text: str, title: str) -> None:
    parsed = _Parsed(to_html(html.P(text, title=title)))
    assert [tag for tag, _ in parsed.tags] == ["p"]
    assert parsed.text == text
    assert (parsed.tags[0][1]["title"] or "") == title


@given(st.recursive(TEXT, lambda inner: st.lists(inner, max_size=3), max_leaves=6))
def test_lists_of_any_depth_are_joined_in_order(tree: Any) -> None:
    def flat(node: Any) -> str:
        return node if isinstance(node, str) else "".join(map(flat, node))

    assert unescape(to_html(tree)) == unescape(to_html(flat(tree)))


def test_numbers_and_nothing_are_shown_plainly() -> None:
    assert to_html(html.P([0, None, 1.5])) == "<p>01.5</p>"
    assert to_html(None) == ""


def test_html_names_of_attributes_are_used() -> None:
    found = to_html(html.Label("x", htmlFor="y", tabIndex="0", style={"flexGrow": 2, "marginTop": "1px"}))
    (tag, attributes) = _Parsed(found).tags[0]
    assert tag == "label"
    assert attributes == {"for": "y", "tabindex": "0", "style": "flex-grow:2;margin-top:1px"}


def test_aria_and_data_attributes_are_kept() -> None:
    found = to_html(html.Span("x", **{"aria-label": "a", "data-label": "b"}))
    assert 'aria-label="a"' in found and 'data-label="b"' in found


def test_void_elements_are_not_closed() -> None:
    assert to_html(html.Div([html.Br(), html.Img(src="/a.svg")])) == '<div><br><img src="/a.svg"></div>'


def test_an_open_details_stays_open_and_a_closed_one_closed() -> None:
    assert "<details open" in to_html(html.Details([html.Summary("x")], open=True))
    assert "open" not in to_html(html.Details([html.Summary("x")], open=False))
