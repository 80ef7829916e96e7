"""What came in of a request so far: whether it is whole, which kind of work it is, and what is refused unread."""

from __future__ import annotations

import re
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from time import monotonic

from dashboard import CALLBACKS

PATIENCE_SECONDS = 5.0  # who has waited longer for a thread that may change something is told to come back
AGAIN_SECONDS = 5  # when it is worth trying again, as Retry-After says it

_came_in: ContextVar[float | None] = ContextVar("came_in", default=None)


def came_in_at(moment: float) -> None:
    """Note when the request of this thread was whole, by the monotonic clock."""
    _came_in.set(moment)


def waited_seconds() -> float:
    """Seconds since the request was whole; 0 where no such worker serves, as in tests."""
    moment = _came_in.get()
    return 0.0 if moment is None else monotonic() - moment


LARGEST_HEAD, LARGEST_BODY = 32_768, 21_000_000  # bytes; the application bounds forms without files further
END_OF_HEAD = b"\r\n\r\n"
HEALTH = b"/health"
IMPORTS = re.compile(rb"/nhap-lieu(/[^/]+/(nap|cap))?")  # what reads a file meanwhile; giving up or stopping does not
READING = (b"GET", b"HEAD", b"OPTIONS")
_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*0*(\d+)[ \t]*(?=\r\n)", re.IGNORECASE)
_CODING = re.compile(rb"\r\ntransfer-encoding[ \t]*:", re.IGNORECASE)
_EXPECTS = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n)", re.IGNORECASE)
SENTENCES = {
    408: "Yêu cầu không đến trọn trong thời hạn. Kiểm tra đường truyền rồi gửi lại; chưa ghi gì.",
    411: "Yêu cầu không nói trước độ dài nội dung. Gửi lại kèm Content-Length; chưa ghi gì.",
    413: "Nội dung gửi lên quá lớn. Tệp tối đa 20 MB, biểu mẫu tối đa 1 MB. Chia nhỏ rồi gửi lại; chưa ghi gì.",
    431: "Phần đầu của yêu cầu quá lớn. Xóa cookie của trang này rồi mở lại; chưa ghi gì.",
    503: "Máy chủ đang nhận quá nhiều nội dung cùng lúc. Chờ vài giây rồi gửi lại; chưa ghi gì.",
}


class Kind(StrEnum):
    """Who must not wait for whom: each kind of work has threads of its own."""

    HEALTH = "health"
    READING = "reading"
    CHANGING = "changing"
    IMPORTING = "importing"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a request has come. `refused` is the status of an answer without reading on, 0 for none.

    `length` is what the body should have in bytes; `asks_first`: the client waits for leave to send it.
    """

    refused: int = 0
    has_head: bool = False
    is_whole: bool = False
    length: int = 0
    asks_first: bool = False


def progress(received: bytes | bytearray) -> Progress:
    """What is to be done with the bytes that came in so far.

    A body needs its length said beforehand, as browsers and proxies do. The parser behind decides what a request
    means; here it is only measured, so that no thread waits for the rest of it.
    """
    end = received.find(END_OF_HEAD, 0, LARGEST_HEAD)
    if end < 0:
        return Progress(refused=431 if len(received) >= LARGEST_HEAD else 0)
    head = bytes(received[: end + 2])
    if _CODING.search(head):
        return Progress(refused=411, has_head=True)
    length = max((int(digits[:12]) for digits in _LENGTH.findall(head)), default=0)  # longer ones are too large as well
    if length > LARGEST_BODY:
        return Progress(refused=413, has_head=True)
    is_whole = len(received) >= end + len(END_OF_HEAD) + length
    return Progress(0, True, is_whole, length, asks_first=not is_whole and _EXPECTS.search(head) is not None)


def kind_of(received: bytes | bytearray) -> Kind:
    """Which threads answer a whole request; a callback of Dash reads, though it is posted."""
    method, _, rest = bytes(received[:300]).lstrip().partition(b" ")
    path = re.split(rb"[ ?\r\n]", rest, maxsplit=1)[0]
    if method in READING:
        return Kind.HEALTH if path == HEALTH else Kind.READING
    if path == CALLBACKS.encode():
        return Kind.READING
    return Kind.IMPORTING if IMPORTS.fullmatch(path) else Kind.CHANGING


def refusal(status: int) -> bytes:
    """A whole answer for a request that is not read on; the connection ends with it."""
    title = SENTENCES[status].partition(". ")[0]
    page = (
        f'<!DOCTYPE html><html lang="vi"><meta charset="UTF-8"><title>{title}</title><p>{SENTENCES[status]}</p></html>'
    )
    body = page.encode()
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        "Content-Type: text/html; charset=utf-8",
        f"Content-Length: {len(body)}",
        "Content-Security-Policy: default-src 'none'",
        "X-Content-Type-Options: nosniff",
        "Cache-Control: no-store",
        "Connection: close",
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        lines.append(f"Retry-After: {AGAIN_SECONDS}")
    return "\r\n".join([*lines, "", ""]).encode() + body
