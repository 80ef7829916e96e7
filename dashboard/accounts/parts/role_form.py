"""The fields of a role and how they are read: role, province, agency, names of persons."""

from __future__ import annotations

from dashboard.accounts.parts.blocks import EVERY_AGENCY, EVERYWHERE, PERSONS
from dashboard.accounts.values import ScopeNames
from dashboard.ui.form import choice_field, tick_field
from dashboard.ui.html import Element
from dashboard.web.form_values import text
from dashboard.web.mutations import Form, WriteRefusedError
from models.accounts.rights import ROLE_WORDS, Grant, Role
from models.places.place import COUNTRY

UNKNOWN = "Vai trò không có trong danh mục. Chọn lại trong danh sách."


def grant_fields(names: ScopeNames) -> list[Element]:
    """Role, place (a merged province brings its predecessors along), agency, and whether persons are shown."""
    places = sorted((name, slug) for slug, name in names.places.items() if slug != COUNTRY)
    agencies = sorted((name, code) for code, name in names.agencies.items())
    return [
        choice_field("Vai trò", "vai-tro", [(role.value, ROLE_WORDS[role]) for role in Role]),
        choice_field("Địa bàn", "dia-ban", [("", EVERYWHERE), *((slug, name) for name, slug in places)],
                     hint="Tỉnh sau sắp xếp gồm cả các tỉnh trước đó. Quản trị tài khoản cần mọi địa bàn."),
        choice_field("Cơ quan", "co-quan", [("", EVERY_AGENCY), *((code, name) for name, code in agencies)],
                     hint="Chỉ giới hạn việc cập nhật báo cáo nhiệm vụ."),
        tick_field(PERSONS[0].upper() + PERSONS[1:], "ho-ten-nguoi"),
    ]  # fmt: skip


def read_grant(form: Form) -> Grant:
    """The role a form asks for; raises WriteRefusedError. Whether place and agency exist is asked when it is stored."""
    try:
        role = Role(text(form, "vai-tro"))
    except ValueError as error:
        raise WriteRefusedError(UNKNOWN) from error
    return Grant(role, text(form, "dia-ban") or None, text(form, "co-quan") or None, form.get("ho-ten-nguoi") == "1")
