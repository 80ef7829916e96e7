"""`/can-xu-ly`: organisations that stopped, await dissolution or have not converted: since when, who, what next."""

from __future__ import annotations

from datetime import date

from dash import html, register_page
from dash.development.base_component import Component

from dashboard import errors, words
from dashboard import words_register as register
from dashboard.address import View
from dashboard.components.empty import empty
from dashboard.components.register_filters import menu
from dashboard.components.register_parts import demo_notice, no_register, past_notice, state_mark
from dashboard.components.table import Column, data_table
from dashboard.data.worklist import REASONS, build_worklist, is_told
from dashboard.guard import page_layout
from dashboard.register_address import read_filter, read_id
from dashboard.register_values import OrganizationLine, WorkLine, Worklist
from dashboard.shell import breadcrumbs, page
from dashboard.snapshot import Snapshot
from dashboard.writing import refusal

PATH = "/can-xu-ly"
PAGE_ROWS = 100
COLUMNS = (
    Column("Tên", kind="wide"),
    Column("Địa bàn"),
    Column("Vì sao", kind="state"),
    Column("Từ ngày"),
    Column("Cơ quan theo dõi"),
    Column("Việc tiếp theo", kind="wide"),
    Column("Hạn"),
)


@page_layout
def layout(snapshot: Snapshot, view: View, **query: object) -> Component:
    """The worklist; `dia-ban` and `vi` narrow it, `trang` is the page."""
    place, reason = read_filter(query).place, str(query.get("vi") or "")
    if (place and place not in snapshot.places) or (reason and reason not in REASONS):
        back = html.A("Xem cả danh sách", href=view.link(PATH))
        return errors.not_found(view, "Bộ lọc trỏ đến giá trị không có.", "Bỏ bộ lọc và chọn lại.", back)
    found = build_worklist(place, reason)
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
    number = read_id(query.get("trang")) or 1
    content = _list(found, place, reason, number, names, view) if found.is_loaded else [no_register()]
    return page(
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
    late = sum(1 for item in found.lines if item.due_on is not None and item.due_on < as_of)
    told = [f"{words.number(alone)} chưa có cơ quan theo dõi"] if alone else []
    told += [f"{words.number(late)} đã quá hạn"] if late else []
    return f"{where}{words.number(len(found.lines))} tổ chức chờ xử lý" + (f"; {', '.join(told)}" if told else "")


def _list(found: Worklist, place: str, reason: str, number: int, names: dict[str, str], view: View) -> list[Component]:
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
                ["Tải danh sách: ", html.A("CSV", href=link("/xuat/can-xu-ly.csv")), " ",
                 html.A("Excel", href=link("/xuat/can-xu-ly.xlsx"))],
                className="exports",
            ),
        ],
        className="menus",
    )  # fmt: skip
    shown = found.lines[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    if not shown:
        back = html.A("Về đầu danh sách", href=link())
        return [filters, empty("Không có tổ chức nào ở đây.", "Bỏ bớt bộ lọc hoặc về trang đầu.", back)]
    rows = [_row(item, names, view) for item in shown]
    table = data_table(COLUMNS, rows, caption="Tổ chức chờ xử lý, cũ nhất trước", kind="dense")
    ways = [html.A("Trang trước", href=link(trang=number - 1))] if number > 1 else []
    ways += [html.A("Trang sau", href=link(trang=number + 1))] if number * PAGE_ROWS < len(found.lines) else []
    return [filters, html.Section([table, html.P(ways, className="pager")], className="sheet")]


def _row(item: WorkLine, names: dict[str, str], view: View) -> list[object]:
    line, as_of = item.line, view.moment.as_of
    place = names.get(line.place, line.place)
    why = [html.Small(register.WORK_WORDS[code], className="sub") for code in item.reasons if not is_told(line, code)]
    return [
        html.A(line.name, href=view.link(f"/htx/{line.id}"), className="strong"),
        [line.commune_name or place, html.Small(place, className="sub") if line.commune_name else None],
        [state_mark(line.operating_state), *why],
        [register.since(item.since), _age(item.since, as_of)],
        [item.responsible or "chưa giao", _way(line, view)],
        [item.next_step or "chưa ghi", html.Small(item.note, className="sub") if item.note else None],
        [words.day(item.due_on), html.Small("đã quá hạn", className="sub late")]
        if item.due_on and item.due_on < as_of
        else words.day(item.due_on),
    ]


def _way(line: OrganizationLine, view: View) -> Component | None:
    """The way to the form, only where writing is possible."""
    if not view.is_today or refusal(place=line.place):
        return None
    return html.Small(html.A("Ghi việc xử lý", href=view.link(f"{PATH}/{line.id}")), className="sub")


def _age(since: date | None, as_of: date) -> Component | None:
    if since is None or since > as_of:
        return None
    months = (as_of.year - since.year) * 12 + as_of.month - since.month
    return html.Small(f"{months // 12} năm" if months >= 24 else f"{months} tháng", className="sub")


register_page(__name__, path=PATH, title=f"Tổ chức chờ xử lý · {words.PRODUCT}", layout=layout)
