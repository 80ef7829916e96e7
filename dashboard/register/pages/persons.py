"""`/htx/<number>/nguoi-dai-dien`: director and legal representative, for those with the right; each reading is noted.

A page of its own and plain HTML: nobody opens it by passing through, and no cache or export ever holds it.
"""

from __future__ import annotations

from flask import Response

from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.data.organization import read_persons
from dashboard.register.parts.register_parts import demo_notice
from dashboard.ui.address import View
from dashboard.ui.arguments import address_values
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty
from dashboard.ui.table import data_table, figures
from dashboard.web import errors
from dashboard.web.page_layout import page_layout
from dashboard.web.plain_page import answer
from dashboard.web.routes import route
from dashboard.web.rules import SEE_PERSONS
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.register.organization import OrganizationPerson

COLUMNS = (figures("Năm"), "Vai trò", "Họ tên", "Giới tính", figures("Năm sinh"), "Trình độ")
UNKNOWN = "chưa báo cáo"
NOTED = "Lần xem này đã được ghi vào nhật ký. Không chép, không chuyển cho người không có việc."


@route("/htx/<int:number>/nguoi-dai-dien", right=SEE_PERSONS)
def show_persons(number: int) -> Response:
    """The persons; who may not see them is refused before."""
    response = answer(_layout(**address_values(number=number)), "Người đại diện")
    response.headers["Cache-Control"] = "no-store"
    return response


@page_layout
def _layout(_snapshot: Snapshot, view: View, number: int = 0, **_: str) -> Element:
    found = read_persons(number)
    if found is None:
        return errors.not_found(view, "Không có tổ chức nào mang số này.", "Tìm theo tên hoặc mã số.")
    organization, persons = found
    rows = [_row(person) for person in persons]
    nothing = empty("Chưa có họ tên nào được báo cáo.", "Báo cáo năm của tổ chức không nêu giám đốc, người đại diện.")
    table = data_table(COLUMNS, rows, caption="Giám đốc và người đại diện theo năm") if rows else nothing
    return page_frame(
        f"Người đại diện: {organization.name}",
        breadcrumbs([("Hồ sơ tổ chức", view.link(f"/htx/{number}"))]),
        demo_notice(organization.is_demo),
        section("Theo năm báo cáo", table),
        view=view,
        current="/htx",
        lead=NOTED,
    )


def _row(row: OrganizationPerson) -> list[Content]:
    sex = {True: "nữ", False: "nam", None: UNKNOWN}[row.is_female]
    role = register.ROLE_WORDS.get(row.role, row.role)
    return [row.year, role, row.name or UNKNOWN, sex, row.birth_year or UNKNOWN, row.education or UNKNOWN]
