"""`/can-xu-ly`: organisations that stopped, await dissolution or have not converted: since when, who, what next."""

from __future__ import annotations

from datetime import date

from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.address import read_filter
from dashboard.register.data.worklist import build_worklist
from dashboard.register.parts.register_filters import menu
from dashboard.register.parts.register_parts import counts_strip, demo_notice, no_register, past_notice, takeaways
from dashboard.register.parts.worklist import PATH, WorkLinks, is_late, worklist_part
from dashboard.register.reasons import REASONS
from dashboard.register.values import Worklist
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.empty import empty
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame


@page(PATH, title="Tổ chức chờ xử lý", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The worklist; `dia-ban` and `vi` narrow it, `trang` is the page."""
    place, reason = read_filter(query).place, str(query.get("vi") or "")
    if (place and place not in snapshot.places) or (reason and reason not in REASONS):
        back = html.A("Xem cả danh sách", href=view.link(PATH))
        return errors.not_found(view, "Bộ lọc trỏ đến giá trị không có.", "Bỏ bộ lọc và chọn lại.", back)
    found = build_worklist(place, reason)
    names = {slug: place.full_name for slug, place in snapshot.places.items()}
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
    links = WorkLinks(
        names,
        part=lambda other: link(trang=other),
        may_write=lambda line: view.is_today and not refusal(place=line.place),
    )
    part = worklist_part(found.lines, number, view, links)
    if part is None:
        back = html.A("Về đầu danh sách", href=link())
        return [filters, empty("Không có tổ chức nào ở đây.", "Bỏ bớt bộ lọc hoặc về trang đầu.", back)]
    return [filters, counts_strip(len(found.lines), [("Vì sao", reasons)]), part]
