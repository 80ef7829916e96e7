"""When a request is whole, what is refused unread, and which threads answer what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.worker.incoming import LARGEST_BODY, LARGEST_HEAD, SENTENCES, Kind, Progress, kind_of, progress, refusal

POST = b"POST /kien-nghi/ghi HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        (b"", Progress()),
        (b"GET / HTTP/1.1\r\nHost: x\r\n", Progress()),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", Progress(has_head=True, is_whole=True)),
        (POST, Progress(has_head=True, length=4)),
        (POST + b"a=b", Progress(has_head=True, length=4)),
        (POST + b"a=bc", Progress(has_head=True, is_whole=True, length=4)),
        (POST + b"a=bcGET / HTTP/1.1\r\n", Progress(has_head=True, is_whole=True, length=4)),
        (b"a" * LARGEST_HEAD, Progress(refused=431)),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", Progress(refused=411, has_head=True)),
        (b"POST / HTTP/1.1\r\ntransfer-encoding : chunked\r\n\r\n", Progress(refused=411, has_head=True)),
        (b"POST / HTTP/1.1\r\nContent-Length: %s\r\n\r\n" % (b"9" * 5000), Progress(refused=413, has_head=True)),
        (b"POST / HTTP/1.1\r\nContent-Length: 0000000000000004\r\n\r\nab", Progress(has_head=True, length=4)),
        (b"POST / HTTP/1.1\r\ncontent-length: %d\r\n\r\n" % (LARGEST_BODY + 1), Progress(refused=413, has_head=True)),
    ],
)
def test_a_request_is_handed_over_only_when_it_is_whole(received: bytes, expected: Progress) -> None:
    assert progress(received) == expected


def test_of_two_lengths_the_longer_one_is_awaited_so_that_no_thread_waits_for_the_rest() -> None:
    assert not progress(b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 9\r\n\r\nx").is_whole


def test_a_client_that_asks_before_it_sends_a_body_is_told_to_go_on_once() -> None:
    head = b"POST /nhap-lieu HTTP/1.1\r\nContent-Length: 9\r\nExpect: 100-continue\r\n\r\n"
    assert progress(head).asks_first
    assert not progress(head + b"123456789").asks_first


@settings(deadline=None)
@given(body=st.binary(max_size=300), cut=st.integers(min_value=0, max_value=400))
def test_a_request_cut_anywhere_is_not_whole(body: bytes, cut: int) -> None:
    whole = b"POST / HTTP/1.1\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    assert progress(whole).is_whole
    assert progress(whole[:cut]).is_whole == (cut >= len(whole))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        (b"GET /health HTTP/1.1", Kind.HEALTH),
        (b"GET /health?x=1 HTTP/1.0", Kind.HEALTH),
        (b"GET /healthy HTTP/1.1", Kind.READING),
        (b"GET / HTTP/1.1", Kind.READING),
        (b"GET /nhap-lieu HTTP/1.1", Kind.READING),
        (b"POST /_dash-update-component HTTP/1.1", Kind.READING),
        (b"POST /health HTTP/1.1", Kind.CHANGING),
        (b"POST /dang-nhap HTTP/1.1", Kind.CHANGING),
        (b"POST /kien-nghi/ghi HTTP/1.1", Kind.CHANGING),
        (b"POST /nhap-lieu HTTP/1.1", Kind.IMPORTING),
        (b"POST /nhap-lieu/abc/nap HTTP/1.1", Kind.IMPORTING),
        (b"POST /nhap-lieu/abc/huy HTTP/1.1", Kind.CHANGING),
        (b"POST /nhap-lieu/dang-doc/abc/dung HTTP/1.1", Kind.CHANGING),
        (b"nonsense", Kind.CHANGING),
    ],
)
def test_each_kind_of_work_has_threads_of_its_own(line: bytes, kind: Kind) -> None:
    assert kind_of(line + b"\r\nHost: x\r\n\r\n") is kind


@pytest.mark.parametrize("status", sorted(SENTENCES))
def test_a_refusal_is_a_whole_answer_in_vietnamese(status: int) -> None:
    head, _, body = refusal(status).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 %d " % status)
    assert b"Content-Length: %d" % len(body) in head
    assert SENTENCES[status] in body.decode()
    assert (b"Retry-After" in head) == (status == 503)
