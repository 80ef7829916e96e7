"""Ways on beside a refused request: where to sign in and come back from, the words typed into a form."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from flask import request

from dashboard.access.access import LACKS, SIGN_IN_TO_SEE, SIGN_IN_TO_WRITE
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.markup import spoken
from dashboard.web.request_texts import IN_MEMORY

SIGN_IN = "/dang-nhap"
OWN_ACCOUNT = "/tai-khoan"


def sign_in_address() -> str:
    """Where to sign in, with the way back to where the reader is."""
    here = request.full_path.rstrip("?") if request.method == "GET" else came_from()
    return f"{SIGN_IN}?ve={quote(here, safe='')}" if here.strip("/") else SIGN_IN


def came_from() -> str:
    """The address of our own page that the form was sent from; empty where the browser does not say."""
    came = urlsplit(request.referrer or "")
    return f"{came.path}?{came.query}".rstrip("?") if came.netloc == request.host else ""


SENTENCE = 16  # what is shorter is typed again sooner than copied
SECRET = frozenset({"mat-khau", "hien-tai", "moi", "lai"})
ACCOUNTS = ("/dang-nhap", "/tai-khoan", "/quan-tri")
SAID = "Chữ bạn đã gõ chưa được ghi. Chép lại từ đây nếu cần gửi lại:"
UNSURE = "Chưa chắc chữ bạn đã gõ có được ghi hay không: mở lại trang xem trước khi gửi lại. Chép từ đây nếu cần:"


def typed_text(*, is_unwritten: bool = True) -> Element | None:
    """The sentences of our form just sent, to be copied; None where there are none, or they may be secret.

    A large form is not read for it: that takes the disk, and who sent it may have no right to.
    """
    if request.method != "POST" or request.path.startswith(ACCOUNTS) or (request.content_length or 0) > IN_MEMORY:
        return None
    if not is_own_page():
        return None
    found = [text for name, text in request.form.items() if name not in SECRET and _is_sentence(text)]
    boxes = [html.Textarea(text, rows=3, readOnly="readonly", **spoken("Chữ đã gõ")) for text in found]
    return html.Div([html.P(SAID if is_unwritten else UNSURE), *boxes], className="field typed") if boxes else None


def is_own_page() -> bool:
    """Whether the browser says the form came from this very origin; other ports of this machine are strangers."""
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if site not in (None, "same-origin"):
        return False
    return origin is None or origin == f"{request.scheme}://{request.host}"


def _is_sentence(text: str) -> bool:
    return len(text) >= SENTENCE and " " in text.strip()


def error_links(reason: str, *, beside: bool = False) -> list[Element]:
    """Where what is missing is had; `beside` opens signing in beside a page that holds typed words."""
    if reason in LACKS.values():
        return [html.A("Mở trang Tài khoản", href=OWN_ACCOUNT)]
    if reason not in (SIGN_IN_TO_WRITE, SIGN_IN_TO_SEE):
        return []
    if beside:
        return [html.A("Đăng nhập (mở thẻ mới)", href=sign_in_address(), target="_blank")]
    return [html.A("Đăng nhập", href=sign_in_address())]


def way_back() -> Element:
    """To the page that held the form; to the reconciliation where the browser does not say which."""
    came = came_from()
    return html.A("Quay lại trang trước", href=came) if came else html.A("Về trang đối soát", href="/doi-soat")
