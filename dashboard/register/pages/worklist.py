"""`/can-xu-ly`: organisations that stopped, await dissolution or have not converted: since when, who, what next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.address import read_filter
from dashboard.register.data.worklist import build_worklist
from dashboard.register.parts.register_parts import (
    counts_strip,
    demo_notice,
    menu,
    no_register,
    past_notice,
    state_mark,
    takeaways,
)
from dashboard.register.values import REASONS, OrganizationLine, WorkLine, Worklist, is_told
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty
from dashboard.ui.table import TableColumn, data_table, wide
from dashboard.web import errors
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame

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


Link = Callable[..., str]  # of this list, with something changed


def is_late(item: WorkLine, as_of: date) -> bool:
    """Whether its day has passed; without a day nothing is late."""
    return item.due_on is not None and item.due_on < as_of


def _part(lines: Sequence[WorkLine], number: int, names: dict[str, str], view: View, link: Link) -> Element | None:
    """Part `number` of the list, from 1, with where it stands in the whole; None beyond the end."""
    ordered = sorted(lines, key=lambda item: not is_late(item, view.moment.as_of))
    first, last = (number - 1) * PAGE_ROWS, -(-len(ordered) // PAGE_ROWS)
    shown = ordered[first : first + PAGE_ROWS]
    if not shown:
        return None
    order = "quá hạn trước, rồi cũ nhất trước"
    told = f"Hiện {first + 1}–{first + len(shown)} trong {words.number(len(ordered))} tổ chức: {order}."
    rows = [_row(item, names, view) for item in shown]
    table = data_table(COLUMNS, rows, caption=f"Tổ chức chờ xử lý, {order}", kind="dense in-lines")
    ways: list[Element] = [html.Span(f"Trang {number}/{last}")] if last > 1 else []
    ways += [html.A("Trang trước", href=link(trang=number - 1))] if number > 1 else []
    ways += [html.A("Trang sau", href=link(trang=number + 1))] if number < last else []
    return html.Section(
        [html.P(told, className="source"), table, html.P(ways, className="pager") if ways else None], className="sheet"
    )


def _row(item: WorkLine, names: dict[str, str], view: View) -> list[Content]:
    line, as_of = item.line, view.moment.as_of
    place = names.get(line.place, line.place)
    why = [html.Small(register.WORK_WORDS[code], className="sub") for code in item.reasons if not is_told(line, code)]
    late = html.Small("đã quá hạn", className="sub late") if is_late(item, as_of) else None
    may_write = view.is_today and not refusal(place=line.place)
    return [
        html.A(line.name, href=view.link(f"/htx/{line.id}"), className="strong"),
        [line.commune_name or place, html.Small(place, className="sub") if line.commune_name else None],
        [state_mark(line.operating_state), *why],
        [register.since(item.since), _age(item.since, as_of)],
        [item.responsible or "chưa giao", _way(line, view) if may_write else None],
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


@page(PATH, title="Tổ chức chờ xử lý", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The worklist; `dia-ban` and `vi` narrow it, `trang` is the page."""
    place, reason = read_filter(query).place, str(query.get("vi") or "")
    if (place and place not in snapshot.places) or (reason and reason not in REASONS):
        back = html.A("Xem cả danh sách", href=view.link(PATH))
        return errors.not_found(view, "Bộ lọc trỏ đến giá trị không có.", "Bỏ bộ lọc và chọn lại.", back)
    found = build_worklist(place, reason)
    names = snapshot.place_names
    number = read_id(query.get("trang")) or 1
    content = _list(found, place, reason, number, names, view) if found.is_loaded else [no_register()]
    return page_frame(
        finding(found, names.get(place, ""), view.moment.as_of),
        breadcrumbs([("Sổ đăng ký", view.link("/htx"))]),
        demo_notice(found.holds_demo),
        past_notice(view, "Danh sách chờ xử lý"),
        *content,
        view=view,
        current="/htx",
        lead="Ngày ghi ở đây là ngày sớm nhất biết được; tổ chức có thể đã ngừng từ trước đó.",
    )


def finding(found: Worklist, place: str, as_of: date) -> str:
    """How many wait, how many have nobody in charge, how many are past their day."""
    where = f"{place}: " if place else ""
    if not found.lines:
        return f"{where}Không có tổ chức nào chờ xử lý" if found.is_loaded else "Sổ đăng ký chưa có tổ chức nào"
    alone = sum(1 for item in found.lines if not item.responsible)
    late = sum(1 for item in found.lines if is_late(item, as_of))
    told = [f"{words.number(alone)} chưa có cơ quan theo dõi"] if alone else []
    told += [f"{words.number(late)} đã quá hạn"] if late else []
    return f"{where}{words.number(len(found.lines))} tổ chức chờ xử lý" + (f"; {', '.join(told)}" if told else "")


def _list(found: Worklist, place: str, reason: str, number: int, names: dict[str, str], view: View) -> list[Element]:
    def link(path: str = PATH, **changes: object) -> str:
        return view.link(path, **({"dia_ban": place, "vi": reason} | changes))

    reasons = [
        (register.WORK_WORDS[code], count, link(vi=code), code == reason) for code, count in found.reasons if count
    ]
    places = [(names.get(slug, slug), n, link(dia_ban=slug), slug == place) for slug, n in found.places]
    filters = html.Div(
        [
            menu("Vì sao", register.WORK_WORDS.get(reason), reasons, link(vi="")),
            menu("Địa bàn", names.get(place), places, link(dia_ban="")),
            html.Span(
                ["Tải danh sách: ", *takeaways(lambda end: link(f"/xuat/can-xu-ly.{end}"))],
                className="exports",
            ),
        ],
        className="menus",
    )  # fmt: skip
    part = _part(found.lines, number, names, view, link)
    if part is None:
        back = html.A("Về đầu danh sách", href=link())
        return [filters, empty("Không có tổ chức nào ở đây.", "Bỏ bớt bộ lọc hoặc về trang đầu.", back)]
    return [filters, counts_strip(len(found.lines), [("Vì sao", reasons)]), part]
