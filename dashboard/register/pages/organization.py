"""`/htx/<number>`: one organisation on one page; persons are withheld."""

from __future__ import annotations

from dashboard.access.access import may
from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.data.organization import build_organization
from dashboard.register.data.organizations import holds_demo
from dashboard.register.data.worklist import find_work
from dashboard.register.parts import organization_card as card
from dashboard.register.parts.register_parts import demo_notice
from dashboard.register.values import OrganizationPage, WorkLine
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW_ORGANIZATION
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.register.organization import RatingClass


@page("/htx/<number>", title="Sổ đăng ký", right=VIEW_ORGANIZATION, cached=True)
def layout(snapshot: Snapshot, view: View, number: str = "", **_: object) -> Element:
    """One organisation; anything that is not the number of one answers 404."""
    ident = read_id(number)
    then = build_organization(ident, view.recorded_at) if ident is not None else None
    found = then or (build_organization(ident) if ident is not None else None)
    if found is None:
        back = html.A("Tìm trong sổ đăng ký", href=view.link("/htx"))
        return errors.not_found(view, "Không có tổ chức nào mang số này.", "Tìm theo tên hoặc mã số.", back)
    line = found.line
    place = snapshot.places[line.place].full_name if line.place in snapshot.places else line.place
    return page_frame(
        finding(found),
        breadcrumbs([("Sổ đăng ký", view.link("/htx"))]),
        demo_notice(line.is_demo or holds_demo()),
        _then(view, was_known=then is not None),
        _withdrawn(found),
        _pair(
            section("Thông tin đăng ký", card.identity(found, place), _persons(found, view)),
            section("Tình trạng theo ngày", card.states(found), card.unread(found)),
        ),
        _step(found, view),
        section("Số liệu theo năm", card.years(found)),
        section("Xếp loại", card.ratings(found)),
        section("Liên kết chuỗi giá trị", card.linkage(found, view.moment.as_of)),
        section("Lịch sử thay đổi", card.history(found, {p.slug: p.full_name for p in snapshot.places.values()})),
        section("Số liệu từ đâu đến", card.runs(found)),
        view=view,
        current="/htx",
    )


def _pair(*sections: Element) -> Element:
    return html.Div(list(sections), className="pair even")


def finding(found: OrganizationPage) -> str:
    """Name, what is reported of it and its latest class."""
    line = found.line
    told = [register.word(register.OPERATING_WORDS, line.operating_state).lower()]
    if line.rating_class:
        word = register.word(register.RATING_WORDS, line.rating_class).lower()
        start = "" if line.rating_class == RatingClass.NOT_RATED else "xếp loại "
        told.append(f"{start}{word} năm {line.rating_year}")
    if line.member_count is not None:
        told.append(f"{words.number(line.member_count)} thành viên")
    return f"{line.name}: {', '.join(told)}"


def _step(found: OrganizationPage, view: View) -> Element | None:
    """What is done about it, where it is to be settled or something was written."""
    is_waiting = find_work(found.line.id) is not None
    if found.step is None and not is_waiting:
        return None
    told = card.step_facts(found.step or WorkLine(found.line, (), None, "", "", None), view.moment.as_of)
    is_open = is_waiting and view.is_today and not refusal(place=found.line.place)
    way = html.P(html.A("Ghi việc xử lý", href=view.link(f"/can-xu-ly/{found.line.id}"))) if is_open else None
    return section("Việc xử lý", told, way)


def _then(view: View, *, was_known: bool) -> Element | None:
    if view.is_today:
        return None
    day = words.day(view.moment.known_on)
    text = f"Những gì hệ thống đã ghi đến hết ngày {day}."
    if not was_known:
        text = f"Đến hết ngày {day} hệ thống chưa ghi gì về tổ chức này; dưới đây là hiện nay."
    return html.P(text, className="notice")


def _persons(found: OrganizationPage, view: View) -> Element | None:
    """The way to the names, only for those who may see them."""
    if not found.withheld_roles or not may(Action.SEE_PERSONS, found.line.place):
        return None
    link = html.A("Xem họ tên (ghi nhật ký)", href=view.link(f"/htx/{found.line.id}/nguoi-dai-dien"))
    return html.P(link, className="source")


def _withdrawn(found: OrganizationPage) -> Element | None:
    if not found.is_withdrawn:
        return None
    return html.P(
        "Tổ chức này đã được rút khỏi sổ khi hoàn tác một lượt nạp; không tính vào số nào.", className="notice"
    )
