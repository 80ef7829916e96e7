"""Pages for what is not there or went wrong: a clear sentence, what to do, and the right HTTP status."""

from __future__ import annotations

import logging

from flask import g, has_request_context

from dashboard.db.failures import Trouble, trouble_of
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.shell import NAVIGATION, page_frame

NOT_NOW = "Tạm thời chưa làm được"
log = logging.getLogger(__name__)


def not_found(view: View, what: str, advice: str, *links: Element) -> Element:
    """A page that says what was looked for and not found; the answer's HTTP status becomes 404."""
    _answer_with(404)
    ways = links or tuple(html.A(label, href=view.link(path)) for path, label in NAVIGATION)
    return page_frame("Không tìm thấy trang này", empty(what, advice, *ways), view=view, current="")


def failed(view: View) -> Element:
    """A page for our own mistake; the cause stands in the log, never on the screen."""
    log.exception("a page could not be built")
    _answer_with(500)
    advice = "Hãy tải lại trang. Nếu vẫn lỗi, báo người quản trị kèm địa chỉ trang và giờ xảy ra."
    return page_frame("Trang này đang gặp lỗi", empty("Hệ thống không dựng được trang.", advice), view=view, current="")


def not_allowed(view: View) -> Element:
    """A page for somebody who may not look; which right is missing is said before a page is built."""
    _answer_with(403)
    advice = "Đăng nhập bằng tài khoản có quyền xem, hoặc hỏi người quản trị hệ thống."
    return page_frame("Không có quyền mở trang này", empty("Chưa được xem trang này.", advice), view=view, current="")


def no_database(view: View, error: object = None) -> Element:
    """A page for an installation without data, or whose database cannot answer for the moment."""
    trouble = told_trouble(error) if isinstance(error, BaseException) else Trouble()
    _answer_with(trouble.status)
    if trouble.sentence:
        what, _, advice = trouble.said.partition(". ")
        return page_frame(NOT_NOW, empty(f"{what}.", advice), view=view, current="")
    advice = "Báo người quản trị nạp dữ liệu theo hướng dẫn cài đặt, rồi tải lại trang."
    return page_frame("Chưa có dữ liệu", empty("Cơ sở dữ liệu chưa được khởi tạo.", advice), view=view, current="")


def told_trouble(error: BaseException) -> Trouble:
    """What a reader is told of an error of the database, the one way everywhere; it is logged, and said when again."""
    log.error("a request cannot be answered now: %s", type(error).__name__, exc_info=error)
    trouble = trouble_of(error) or Trouble()
    say_again(trouble)
    return trouble


def say_again(trouble: Trouble) -> None:
    """Let the answer say when it is worth asking again (Retry-After), where waiting helps."""
    if trouble.again_after is not None and has_request_context():
        g.again_after = trouble.again_after


def _answer_with(status: int) -> None:
    if has_request_context():
        g.page_status = status
