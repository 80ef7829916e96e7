"""Blocks of the rating page: shares, reasons, the weak by name, who moved class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.register import words as register
from dashboard.register.parts.rating_tables import move_table, named_table, share_text
from dashboard.register.parts.register_parts import takeaways
from dashboard.register.rating_values import RatedOrganization, RatingsPage, Tally
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import facts

AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class NamedLinks:
    """What a named list needs: names of places, the addresses of an organisation and an export."""

    places: dict[str, str]
    organization: Callable[[int], str]
    export: Callable[[str], str]


def shares(tally: Tally) -> Element:
    """The share of good and fair, and the coverage it rests on."""
    shown = (
        ("Tốt, khá trên số đã xếp loại", share_text(tally.good_or_fair, tally.rated)),
        ("Đã xếp loại trên số phải xếp", share_text(tally.rated, tally.eligible)),
    )
    return facts(shown, "figures wide")


def reasons(found: RatingsPage) -> Element | None:
    """Why some were not rated, and classes that are not those of their points."""
    parts = [f"{register.word(register.REASON_WORDS, code).lower()}: {words.number(n)}" for code, n in found.reasons]
    text = f"Không xếp loại vì: {'; '.join(parts)}. " if parts else ""
    if found.contradicting:
        text += f"{words.number(found.contradicting)} kết quả có xếp loại không khớp điểm; giữ xếp loại đã công bố."
    return html.P(text, className="source") if text else None


def weak_block(found: RatingsPage, links: NamedLinks) -> tuple[str, *tuple[Element, ...]]:
    """Title and content of the weak ones by name: a few at once, the next behind a fold, all in the exports."""
    if not found.weak:
        return "Các tổ chức xếp loại yếu", html.P("Không có tổ chức nào xếp loại yếu.")
    title = f"{words.number(found.weak_count)} tổ chức xếp loại yếu"
    parts: list[Element] = [_table(found.weak[:AT_ONCE], found, links)]
    if rest := found.weak[AT_ONCE:]:
        summary = html.Summary(f"Xem {len(rest)} tổ chức tiếp theo")
        parts.append(html.Details([summary, _table(rest, found, links)], className="printed"))
    parts.append(_exports(len(found.weak), found.weak_count, "yeu", links))
    return title, *parts


def moves_block(found: RatingsPage, links: NamedLinks) -> tuple[str, *tuple[Element, ...]]:
    """Title and content of who moved class since the year before."""
    moved = sum(count for a, b, count in found.moves if a != b)
    title = f"{words.number(moved)} tổ chức chuyển loại so với năm {found.previous}"
    table = move_table(found.moves, found.previous or 0, found.chosen.year)
    if not moved:
        return title, table
    summary = html.Summary(f"Xem tên {words.number(moved)} tổ chức chuyển loại")
    named = [_table(found.movers, found, links), _exports(len(found.movers), moved, "chuyen-loai", links)]
    return title, table, html.Details([summary, *named], className="printed")


def _table(rows: Sequence[RatedOrganization], found: RatingsPage, links: NamedLinks) -> Element:
    before = f"Năm {found.previous}" if found.previous else "Năm trước"
    years = (before, f"Năm {found.chosen.year}")
    return named_table(rows, links.places, links.organization, caption="Danh sách theo tên", years=years)


def _exports(shown: int, total: int, kind: str, links: NamedLinks) -> Element:
    more = f"Hiện {shown} trong {words.number(total)}. " if total > shown else ""
    files = takeaways(lambda extension: links.export(f"/xuat/xep-loai-{kind}.{extension}"))
    return html.P([more, "Tải danh sách: ", *files], className="exports")
