"""What a browser or a program is told when a request cannot be answered: a sentence, never a stack trace."""

from __future__ import annotations

import errno

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import BadRequest, Forbidden, HTTPException, NotFound, UnsupportedMediaType
from werkzeug.routing import IntegerConverter, ValidationError

from dashboard.db.failures import NOT_READY, SOON, TROUBLES, UNFITTING, Trouble, trouble_of
from dashboard.ui import html
from dashboard.ui.marks import empty
from dashboard.web import callbacks, errors
from dashboard.web.error_links import typed_text, way_back
from dashboard.web.plain_page import plain_answer
from dashboard.web.request_texts import CheckedRequest, check_address
from dashboard.worker.incoming import PATIENCE_SECONDS, waited_seconds
from models.base.database_words import BUSY, NO_FOLDER, TEMPORARY_FULL
from models.base.fitting import UnfitValueError

MANY_BYTES, FEW_BYTES = 21_000_000, 1_000_000
TAKES_FILES = frozenset({"work.receive_file", "work.report_task"})
MACHINES = ("/api/", "/_dash", "/health")
LARGEST_NUMBER = 2**31 - 1  # of a row in either database
AGAIN = "Mở lại trang từ đầu rồi thử lại."
SENTENCES = {
    400: ("Yêu cầu không đọc được", f"Địa chỉ hoặc nội dung gửi lên không đúng dạng. {AGAIN}"),
    401: ("Cần đăng nhập", "Đăng nhập rồi mở lại địa chỉ này."),
    403: ("Không có quyền", "Việc này cần quyền mà bạn không có. Hỏi người quản trị hệ thống."),
    404: ("Không tìm thấy", "Địa chỉ này không có. Kiểm tra lại địa chỉ, hoặc về trang Tổng quan."),
    405: ("Không làm được ở địa chỉ này", f"Địa chỉ này không nhận cách gửi như vậy. {AGAIN}"),
    413: ("Nội dung gửi lên quá lớn", "Tệp tối đa 20 MB, biểu mẫu tối đa 1 MB. Chia nhỏ rồi gửi lại; chưa ghi gì."),
    415: ("Không nhận loại nội dung này", f"Nội dung gửi lên không phải loại hệ thống đọc được. {AGAIN}"),
    503: ("Chưa có dữ liệu", NOT_READY),
}
DISKS = {
    errno.ENOSPC: (507, "Ổ đĩa của máy chủ đã đầy nên chưa ghi gì. Báo người quản trị giải phóng chỗ rồi làm lại."),
    errno.EDQUOT: (507, "Phần đĩa dành cho hệ thống đã hết nên chưa ghi gì. Báo người quản trị rồi làm lại."),
    errno.EROFS: (503, "Ổ đĩa của máy chủ đang chỉ cho đọc: xem được, chưa ghi được. Báo người quản trị."),
}
NOT_FITTING = f"Nội dung gửi lên không khớp với dữ liệu đang có; chưa ghi gì. {AGAIN}"
FAILED = ("Hệ thống đang gặp lỗi", "Thử lại sau. Nếu vẫn lỗi, báo người quản trị kèm địa chỉ trang và giờ xảy ra.")
LAST_RESORT = (
    '<!DOCTYPE html><html lang="vi"><meta charset="UTF-8"><title>{title}</title><h1>{title}</h1><p>{advice}</p></html>'
)


class RowNumber(IntegerConverter):
    """A whole number in an address; one that no row can have is an address that does not exist."""

    def to_python(self, value: str) -> int:
        """The number; raises ValidationError, also for so many digits that Python would not even read them."""
        if len(value) > len(str(LARGEST_NUMBER)) or int(value) > LARGEST_NUMBER:
            raise ValidationError
        return int(super().to_python(value))


def bound_numbers(server: Flask) -> None:
    """Numbers in addresses are those that a row can have. Call it before routes are added."""
    server.url_map.converters["int"] = RowNumber


def refuse_plainly(app: Dash) -> None:
    """Bound what is read, and answer whatever goes wrong with a sentence."""
    server: Flask = app.server
    server.request_class = CheckedRequest
    server.config["MAX_CONTENT_LENGTH"] = FEW_BYTES

    @server.before_request
    def refuse_unfit_texts() -> None:
        check_address(request)

    @server.before_request
    def let_files_be_larger() -> None:
        if request.endpoint in TAKES_FILES:
            request.max_content_length = MANY_BYTES

    @server.before_request
    def refuse_forged_bodies() -> Response | None:
        if request.endpoint != callbacks.ENDPOINT:
            return None
        try:
            callbacks.check_body(callbacks.read_body(request.get_data()), callbacks.declared_callbacks(app))
        except callbacks.ForgedBodyError as error:
            errors.log.warning("a forged callback was refused: %s", error)
            return answer_error(BadRequest())
        return None if request.is_json else answer_error(UnsupportedMediaType())

    _tell_failures(server)


def _tell_failures(server: Flask) -> None:
    server.register_error_handler(HTTPException, answer_error)
    server.register_error_handler(DependencyException, lambda _error: answer_error(NotFound()))
    for kind in TROUBLES:
        server.register_error_handler(kind, answer_trouble)
    for refused in UNFITTING:
        server.register_error_handler(refused, _refused_by_database)
    server.register_error_handler(UnfitValueError, lambda error: told(400, SENTENCES[400][0], f"{error}."))
    server.register_error_handler(OSError, _answer_disk)
    _bound_waiting(server)


def answer_error(error: HTTPException) -> Response:
    """The error as JSON for programs and as a page for people; the cause stays in the log."""
    status = error.code or 500
    title, advice = SENTENCES.get(status, FAILED if status >= 500 else SENTENCES[400])
    if type(error) in (BadRequest, Forbidden) and error.description not in (None, type(error).description):
        advice = str(error.description)  # a sentence of our own
    return told(status, title, advice)


def _bound_waiting(server: Flask) -> None:
    """Who waited long for a thread that may change something is told at once; whoever is told so hears when again."""

    @server.before_request
    def tell_who_waited_long() -> Response | None:
        if request.method != "POST" or request.endpoint == callbacks.ENDPOINT or waited_seconds() < PATIENCE_SECONDS:
            return None
        return _told_of(Trouble(BUSY, again_after=SOON))

    @server.after_request
    def say_when_again(response: Response) -> Response:
        if "again_after" in g and response.status_code == 503:
            response.headers["Retry-After"] = str(g.again_after)
        return response


def told(status: int, title: str, advice: str, *, is_unwritten: bool | None = None) -> Response:
    """One sentence with its status, as it was asked for; `is_unwritten`: the form sent certainly came to nothing."""
    is_sure = status < 500 if is_unwritten is None else is_unwritten
    response = jsonify({"error": f"{title}. {advice}"}) if _asks_for_json() else _page(title, advice, is_sure)
    response.status_code = g.page_status = status
    return response


def answer_trouble(error: Exception) -> Response:
    """What is wrong with the database, as a sentence; raises the error again when it is a mistake of ours."""
    if trouble_of(error) is None:
        raise error
    return answer_unreadable(error)


def answer_unreadable(error: Exception) -> Response:
    """The same where whatever reading raises means that the database is away or empty."""
    return _told_of(errors.told_trouble(error))


def _told_of(trouble: Trouble) -> Response:
    errors.say_again(trouble)
    title, advice = (errors.NOT_NOW, trouble.said) if trouble.sentence else SENTENCES[503]
    return told(trouble.status, title, advice, is_unwritten=trouble.is_unwritten)


def _answer_disk(error: OSError) -> Response:
    if NO_FOLDER in str(error):
        status, sentence = 507, f"{Trouble(TEMPORARY_FULL).said} Lần gửi này chưa ghi gì."
    elif error.errno in DISKS:
        status, sentence = DISKS[error.errno]
    else:
        raise error
    errors.log.error("nothing can be written to the disk", exc_info=error)
    return told(status, errors.NOT_NOW, sentence, is_unwritten=True)


def _refused_by_database(error: Exception) -> Response:
    """What a form sent points to nothing that exists, or does not fit: nothing was written."""
    errors.log.error("the database refused a row: %s", type(error).__name__, exc_info=error)
    return told(400, SENTENCES[400][0], NOT_FITTING)


def _asks_for_json() -> bool:
    if request.path.startswith(MACHINES):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"], "text/html") == "application/json"


def _page(title: str, advice: str, is_unwritten: bool) -> Response:
    try:
        back = way_back() if request.method == "POST" else html.A("Về trang Tổng quan", href="/")
        return plain_answer(title, empty(advice, "", back), typed_text(is_unwritten=is_unwritten))
    except Exception:  # the frame itself may be what failed
        errors.log.exception("the page of an error could not be built")
        return Response(LAST_RESORT.format(title=title, advice=advice), mimetype="text/html")
