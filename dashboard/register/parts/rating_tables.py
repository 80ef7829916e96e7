"""Tables and blocks of the rating page; every share stands with its numerator, denominator and rated coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.register import words as register
from dashboard.register.parts.register_parts import class_mark, takeaways
from dashboard.register.rating_values import CLASSES, WORST_FIRST, RatedOrganization, RatingsPage, Tally
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import icon
from dashboard.ui.markup import UNSPOKEN, facts, fold
from dashboard.ui.table import Column, TableColumn, data_table, figures, wide
from models.register.organization import RatingClass

COUNT_COLUMNS = (
    *[figures(register.RATING_WORDS[name]) for name in CLASSES],
    figures("Không xếp loại"),
    figures("Chưa có kết quả"),
    figures("Tốt, khá trên số đã xếp loại"),
    figures("Đã xếp loại trên số phải xếp"),
)


def share_text(part: int, whole: int) -> list[Piece]:
    """A share with what it is a share of."""
    if not whole:
        return [words.NONE]
    return [
        words.percent(100 * part / whole),
        html.Small(f"{words.number(part)}/{words.number(whole)}", className="sub"),
    ]


def tally_table(
    first: str, tallies: Sequence[Tally], name: Callable[[Tally], Content], *, caption: str, current: str = ""
) -> Element:
    """One line a year, place or sector; the shown one is marked."""
    rows = []
    for tally in tallies:
        label = name(tally)
        rows.append(
            [
                html.Strong(label) if tally.label == current else label,
                *[words.number(tally.counts[one]) for one in CLASSES],
                words.number(tally.counts[RatingClass.NOT_RATED]),
                words.number(tally.silent),
                share_text(tally.good_or_fair, tally.rated),
                share_text(tally.rated, tally.eligible),
            ]
        )
    return data_table((first, *COUNT_COLUMNS), rows, caption=caption, kind="dense ratings in-lines")


def class_bar(tally: Tally) -> Element:
    """The classes side by side for the eye; words and counts for everybody."""
    shown = [(name, tally.counts[name]) for name in (*CLASSES, RatingClass.NOT_RATED)]
    cells = [
        html.I(className=register.RATING_MARKS[name][0], style={"flexGrow": count}) for name, count in shown if count
    ]
    items = [
        html.Li(
            [icon(register.RATING_MARKS[name][1]), html.Strong(words.number(count)), f" {_word(name).lower()}"],
            className=register.RATING_MARKS[name][0],
        )
        for name, count in shown
    ]
    items.append(html.Li([icon("empty"), html.Strong(words.number(tally.silent)), " chưa có kết quả"]))
    bar = html.Div(cells, className="count-bar tall", **UNSPOKEN)
    return html.Div([bar, html.Ul(items, className="count-words large")], className="counts")


def _word(code: str) -> str:
    return register.word(register.RATING_WORDS, code)


def move_table(moves: Sequence[tuple[str, str, int]], before: int, now: int) -> Element:
    """From which class to which: rows are the earlier year."""
    counts = {(a, b): n for a, b, n in moves}
    order = tuple(reversed(WORST_FIRST[:-1])) + WORST_FIRST[-1:]
    columns: tuple[Column, ...] = (f"Năm {before}", *[figures(f"{now}: {_word(name).lower()}") for name in order])
    rows = [
        [_word(a), *[_cell(counts.get((a, b), 0), a == b) for b in order]]
        for a in order
        if any(counts.get((a, b)) for b in order)
    ]
    return data_table(columns, rows, caption=f"Chuyển loại từ năm {before} sang năm {now}", kind="dense moves in-lines")


def _cell(count: int, is_same: bool) -> Content:
    if not count:
        return words.NONE
    return html.Span(words.number(count), className="same") if is_same else html.Strong(words.number(count))


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
        parts.append(fold(f"Xem {len(rest)} tổ chức tiếp theo", _table(rest, found, links)))
    parts.append(_exports(len(found.weak), found.weak_count, "yeu", links))
    return title, *parts


def moves_block(found: RatingsPage, links: NamedLinks) -> tuple[str, *tuple[Element, ...]]:
    """Title and content of who moved class since the year before."""
    moved = sum(count for a, b, count in found.moves if a != b)
    title = f"{words.number(moved)} tổ chức chuyển loại so với năm {found.previous}"
    table = move_table(found.moves, found.previous or 0, found.chosen.year)
    if not moved:
        return title, table
    named = [_table(found.movers, found, links), _exports(len(found.movers), moved, "chuyen-loai", links)]
    return title, table, fold(f"Xem tên {words.number(moved)} tổ chức chuyển loại", *named)


def _table(named: Sequence[RatedOrganization], found: RatingsPage, links: NamedLinks) -> Element:
    """Organisations by name with the class before and now."""
    columns = (
        wide("Tên"),
        "Mã số",
        TableColumn("Địa bàn", "bare"),
        f"Năm {found.previous}" if found.previous else "Năm trước",
        f"Năm {found.chosen.year}",
        figures("Điểm"),
        TableColumn("Tình trạng", "bare"),
    )
    rows = [
        [
            html.A(item.line.name, href=links.organization(item.line.id), className="strong"),
            item.line.tax_code or words.NONE,
            ", ".join(filter(None, [item.line.commune_name, links.places.get(item.line.place, item.line.place)])),
            class_mark(item.before) if item.before else "chưa có",
            class_mark(item.now),
            words.number(item.points),
            register.word(register.OPERATING_WORDS, item.line.operating_state),
        ]
        for item in named
    ]
    return data_table(columns, rows, caption="Danh sách theo tên", kind="dense in-lines")


def _exports(shown: int, total: int, kind: str, links: NamedLinks) -> Element:
    more = f"Hiện {shown} trong {words.number(total)}. " if total > shown else ""
    files = takeaways(lambda extension: links.export(f"/xuat/xep-loai-{kind}.{extension}"))
    return html.P([more, "Tải danh sách: ", *files], className="exports")
