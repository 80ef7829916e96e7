"""The list of organisations to be settled: those past their day first, one part of the list at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from dashboard.register import words as register
from dashboard.register.parts.register_parts import state_mark
from dashboard.register.reasons import is_told
from dashboard.register.values import OrganizationLine, WorkLine
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.table import TableColumn, data_table, wide

PATH = "/can-xu-ly"
PAGE_ROWS = 25
MONTHS_UNTIL_YEARS = 24
COLUMNS = (
    wide("Tên"),
    TableColumn("Địa bàn", "bare"),
    TableColumn("Vì sao", "state"),
    "Từ ngày",
    "Cơ quan theo dõi",
    wide("Việc tiếp theo"),
    "Hạn",
)


@dataclass(frozen=True, slots=True)
class WorkLinks:
    """What the list needs of its page: names of places, the address of a part, who may write about a line."""

    names: dict[str, str]
    part: Callable[[int], str]
    may_write: Callable[[OrganizationLine], bool]


def is_late(item: WorkLine, as_of: date) -> bool:
    """Whether its day has passed; without a day nothing is late."""
    return item.due_on is not None and item.due_on < as_of


def worklist_part(lines: Sequence[WorkLine], number: int, view: View, links: WorkLinks) -> Element | None:
    """Part `number` of the list, from 1, with where it stands in the whole; None beyond the end."""
    ordered = sorted(lines, key=lambda item: not is_late(item, view.moment.as_of))
    first, last = (number - 1) * PAGE_ROWS, -(-len(ordered) // PAGE_ROWS)
    shown = ordered[first : first + PAGE_ROWS]
    if not shown:
        return None
    order = "quá hạn trước, rồi cũ nhất trước"
    told = f"Hiện {first + 1}–{first + len(shown)} trong {words.number(len(ordered))} tổ chức: {order}."
    rows = [_row(item, view, links) for item in shown]
    table = data_table(COLUMNS, rows, caption=f"Tổ chức chờ xử lý, {order}", kind="dense in-lines")
    ways: list[Element] = [html.Span(f"Trang {number}/{last}")] if last > 1 else []
    ways += [html.A("Trang trước", href=links.part(number - 1))] if number > 1 else []
    ways += [html.A("Trang sau", href=links.part(number + 1))] if number < last else []
    return html.Section(
        [html.P(told, className="source"), table, html.P(ways, className="pager") if ways else None], className="sheet"
    )


def _row(item: WorkLine, view: View, links: WorkLinks) -> list[Content]:
    line, as_of = item.line, view.moment.as_of
    place = links.names.get(line.place, line.place)
    why = [html.Small(register.WORK_WORDS[code], className="sub") for code in item.reasons if not is_told(line, code)]
    late = html.Small("đã quá hạn", className="sub late") if is_late(item, as_of) else None
    return [
        html.A(line.name, href=view.link(f"/htx/{line.id}"), className="strong"),
        [line.commune_name or place, html.Small(place, className="sub") if line.commune_name else None],
        [state_mark(line.operating_state), *why],
        [register.since(item.since), _age(item.since, as_of)],
        [item.responsible or "chưa giao", _way(line, view) if links.may_write(line) else None],
        [item.next_step or "chưa ghi", html.Small(item.note, className="sub") if item.note else None],
        [words.day(item.due_on), late],
    ]


def _way(line: OrganizationLine, view: View) -> Element:
    return html.Small(html.A("Ghi việc xử lý", href=view.link(f"{PATH}/{line.id}")), className="sub")


def _age(since: date | None, as_of: date) -> Element | None:
    if since is None or since > as_of:
        return None
    months = (as_of.year - since.year) * 12 + as_of.month - since.month
    return html.Small(f"{months // 12} năm" if months >= MONTHS_UNTIL_YEARS else f"{months} tháng", className="sub")
