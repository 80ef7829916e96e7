"""The forms before anybody is signed in, and the button that signs out."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.db.read_session import repository
from dashboard.ui import html
from dashboard.ui.form import button, hidden, text_field
from dashboard.ui.html import Element
from dashboard.web.mutations import TOKEN, form_token
from dashboard.web.shell import section

PATH, SECOND, OUT = "/dang-nhap", "/dang-nhap/buoc-hai", "/dang-xuat"
NARROW = "sheet narrow"


def sign_out_form() -> Element:
    """The button that signs out."""
    return html.Form(
        [hidden(TOKEN, form_token()), button("Đăng xuất", kind="plain-button")],
        action=OUT,
        method="POST",
        className="form",
    )


def password_form(way: str, typed: str = "", problem: str = "") -> Element:
    """Name and password, and the way through the office's own provider where there is one."""
    settings = repository().settings
    fields = [
        _problem(problem),
        hidden(TOKEN, form_token()),
        hidden("ve", way),
        text_field("Tên đăng nhập", "ten", value=typed, autoComplete="username", autoCapitalize="none"),
        text_field("Mật khẩu", "mat-khau", type="password", autoComplete="current-password"),
        button("Đăng nhập"),
    ]
    other = html.P(
        html.A(
            f"Đăng nhập bằng {settings.oidc_name}",
            href=f"{PATH}/oidc?{urlencode({'ve': way})}",
            className="button plain-button",
        )
    )
    form = html.Form(fields, action=PATH, method="POST", className="form")
    return section("Tài khoản của bạn", form, other if settings.has_provider else None, kind=NARROW)


def code_form(way: str, problem: str = "") -> Element:
    """The code of the second step."""
    hint = "Sáu chữ số trên ứng dụng xác thực, hoặc một mã dự phòng."
    fields = [
        _problem(problem),
        hidden(TOKEN, form_token()),
        hidden("ve", way),
        text_field("Mã", "ma", hint=hint, autoComplete="one-time-code", autoCapitalize="none", maxLength=40),
        button("Xác nhận"),
    ]
    again = html.P(html.A("Đăng nhập lại từ đầu", href=PATH))
    form = html.Form(fields, action=SECOND, method="POST", className="form")
    return section("Mã xác thực", form, again, kind=NARROW)


def _problem(sentence: str) -> Element | None:
    return html.P(sentence, className="notice", role="alert") if sentence else None
