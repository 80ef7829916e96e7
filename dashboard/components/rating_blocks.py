"""Blocks of the rating page: shares, reasons, the weak by name, who moved class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard import words_register as register
from dashboard.components.rating_tables import move_table, named_table, share_text
from dashboard.rating_values import Named, RatingsPage, Tally


@dataclass(frozen=True, slots=True)
class NamedLinks:
    """What a named list needs: names of places, the address of an organisation, the address of an export."""

    places: dict[str, str]
    organization: Callable[[int], str]
    export: Callable[[str], str]


def shares(tally: Tally) -> Component:
    """The share of good and fair, and the coverage it rests on."""
    facts = (
        ("Tốt, khá trên số đã xếp loại", share_text(tally.good_or_fair, tally.rated)),
        ("Đã xếp loại trên số phải xếp", share_text(tally.rated, tally.eligible)),
    )
    return html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in facts], className="figures wide")


def reasons(found: RatingsPage) -> Component | None:
    """Why some were not rated, and classes that are not those of their points."""
    parts = [f"{register.word(register.REASON_WORDS, code).lower()}: {words.number(n)}" for code, n in found.reasons]
    text = f"Không xếp loại vì: {'; '.join(parts)}. " if parts else ""
    if found.contradicting:
        text += f"{words.number(found.contradicting)} kết quả có xếp loại không khớp điểm; giữ xếp loại đã công bố."
    return html.P(text, className="source") if text else None


def weak_block(found: RatingsPage, links: NamedLinks) -> tuple[str, *tuple[Component, ...]]:
    """Title and content of the weak ones by name."""
    if not found.weak:
        return "Các tổ chức xếp loại yếu", html.P("Không có tổ chức nào xếp loại yếu.")
    title = f"{words.number(found.weak_count)} tổ chức xếp loại yếu"
    return title, *_named(found.weak, found.weak_count, "yeu", links)


def moves_block(found: RatingsPage, links: NamedLinks) -> tuple[str, *tuple[Component, ...]]:
    """Title and content of who moved class since the year before."""
    moved = sum(count for a, b, count in found.moves if a != b)
    title = f"{words.number(moved)} tổ chức chuyển loại so với năm {found.previous}"
    table = move_table(found.moves, found.previous or 0, found.chosen.year)
    if not moved:
        return title, table
    named = _named(found.movers, moved, "chuyen-loai", links)
    return title, table, html.Details([html.Summary(f"Xem tên {words.number(moved)} tổ chức chuyển loại"), *named])


def _named(shown: Sequence[Named], total: int, kind: str, links: NamedLinks) -> list[Component]:
    table = named_table(shown, links.places, links.organization, caption="Danh sách theo tên")
    more = f"Hiện {len(shown)} trong {words.number(total)}. " if total > len(shown) else ""
    exports = [
        html.A(name, href=links.export(f"/xuat/xep-loai-{kind}.{extension}"))
        for extension, name in (("csv", "CSV"), ("xlsx", "Excel"))
    ]
    return [table, html.P([more, "Tải danh sách: ", exports[0], " ", exports[1]], className="exports")]
