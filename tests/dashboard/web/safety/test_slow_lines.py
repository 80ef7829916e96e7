"""A served installation with two threads for readers: more slow lines than threads hold up nobody."""

from __future__ import annotations

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, suppress
from pathlib import Path

import pytest
import requests

from models.config.settings import ROOT
from tests.test_procfile import free_port, wait_until_it_answers

MANY = 12  # six times the readers' threads, more than all threads together
PATIENT = 60  # seconds that a test waits for what should come at once; nothing is measured
PLACES = 100  # connections that the worker takes; the tests open more
CONFIGURATION = f"""from dashboard.gunicorn_conf import *
worker_connections, keepalive = {PLACES}, 600
from dashboard.worker import connection, web_worker
web_worker.HEAD_SECONDS = connection.FIRST_SECONDS = 600.0
from dashboard.db import read_session
read_session.WRITER_WAIT_MS = 300_000  # what waits goes on waiting until the test lets it
"""
Slow = Callable[..., list[socket.socket]]


@pytest.fixture(scope="module")
def port(database: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    folder, chosen = tmp_path_factory.mktemp("served"), free_port()
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{database}",
        "INSTANCE_DIR": str(folder / "instance"),
        "AS_OF": "2026-11-21",
        "ALLOW_WRITES": "1",
        "HOST": "127.0.0.1",
        "PORT": str(chosen),
        "WEB_CONCURRENCY": "1",
        "WEB_THREADS": "2",
    }
    configuration = folder / "conf.py"
    configuration.write_text(CONFIGURATION, encoding="utf-8")
    command = [sys.executable, "-m", "gunicorn", "--config", str(configuration), "dashboard.server:server"]
    log = folder / "web.log"
    with log.open("w") as out:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)
    try:
        wait_until_it_answers(f"http://127.0.0.1:{chosen}", process, log)
        yield chosen
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENT)


@pytest.fixture
def slow(port: int) -> Iterator[Slow]:
    """Opens many connections that each send these bytes, and then nothing."""
    with ExitStack() as opened:

        def send(begun: bytes, many: int = MANY) -> list[socket.socket]:
            lines = [opened.enter_context(socket.create_connection(("127.0.0.1", port), PATIENT)) for _ in range(many)]
            for line in lines:
                line.sendall(begun)
            return lines

        yield send


def everything_answers(port: int) -> None:
    for path in ("/health", "/", "/api/v1/places.json"):
        assert requests.get(f"http://127.0.0.1:{port}{path}", timeout=PATIENT).status_code == 200


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"G",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST /kien-nghi/ghi HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\na=b",
        b"POST /nhap-lieu HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\nExpect: 100-continue\r\n\r\n",
    ],
    ids=["nothing", "a letter", "half a head", "half a body", "asking first"],
)
def test_requests_that_never_become_whole_hold_up_nobody(port: int, slow: Slow, begun: bytes) -> None:
    slow(begun)
    everything_answers(port)


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST /kien-nghi/ghi HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\na=b",
    ],
    ids=["nothing", "half a head", "half a body"],
)
def test_more_connections_than_places_shut_nobody_out(port: int, slow: Slow, begun: bytes) -> None:
    """The longest silent one ends; the rest keep their places much longer than this test is patient."""
    lines = slow(begun, 2 * PLACES)
    everything_answers(port)
    lines[0].settimeout(PATIENT)
    with suppress(ConnectionResetError):
        while lines[0].recv(65_536):
            pass


def test_more_kept_connections_than_places_shut_nobody_out(port: int, slow: Slow) -> None:
    for line in slow(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n", 2 * PLACES):
        with suppress(ConnectionResetError):  # its place was needed
            assert line.recv(12) in (b"HTTP/1.1 200", b"HTTP/1.1 503", b"")
    everything_answers(port)


def test_a_flood_of_whole_requests_leaves_room_for_other_kinds(port: int, slow: Slow) -> None:
    slow(b"GET /api/v1/observations.csv HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port, 2 * PLACES)
    assert requests.get(f"http://127.0.0.1:{port}/health", timeout=PATIENT).status_code == 200


def test_a_flood_from_one_address_ends_no_connection_of_another(port: int, slow: Slow) -> None:
    with closing(socket.create_connection(("127.0.0.1", port), PATIENT, ("127.0.0.2", 0))) as other:
        other.sendall(b"GET /health HTTP/1.1\r\n")
        slow(b"G", 3 * PLACES)
        everything_answers(port)
        other.sendall(b"Host: x\r\n\r\n")
        assert other.recv(12) == b"HTTP/1.1 200"


def test_clients_that_do_not_take_their_answer_hold_up_nobody(port: int, slow: Slow) -> None:
    slow(b"GET /api/v1/observations.csv HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n" % port * 30)
    everything_answers(port)


def test_clients_that_do_not_end_their_connection_hold_up_nobody(port: int, slow: Slow) -> None:
    for line in slow(b"GET /health HTTP/1.0\r\nHost: x\r\n\r\n"):
        assert line.recv(12) == b"HTTP/1.0 200"
    everything_answers(port)


def test_an_answer_that_waited_in_the_server_arrives_whole(port: int, slow: Slow) -> None:
    whole = requests.get(f"http://127.0.0.1:{port}/api/v1/observations.csv", timeout=PATIENT).content
    asked = b"GET /api/v1/observations.csv HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % port
    for line in slow(asked):
        everything = b"".join(iter(lambda line=line: line.recv(500), b""))
        assert everything.partition(b"\r\n\r\n")[2] == whole


def test_requests_sent_one_behind_the_other_are_answered_in_order(port: int, slow: Slow) -> None:
    asked = b"".join(
        b"GET /api/v1/%s.json HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: %s\r\n\r\n" % (name, port, ends)
        for name, ends in ((b"places", b"keep-alive"), (b"unknown", b"keep-alive"), (b"gaps", b"close"))
    )
    for line in slow(asked):
        everything = b"".join(iter(lambda line=line: line.recv(65536), b""))
        assert [part[:3] for part in everything.split(b"HTTP/1.1 ")[1:]] == [b"200", b"404", b"200"]


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", b"411"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", b"413"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 40_000, b"431"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", b"400"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_what_cannot_be_a_request_is_refused_and_holds_up_nobody(
    port: int, slow: Slow, sent: bytes, status: bytes
) -> None:
    for line in slow(sent):
        assert line.recv(12) == b"HTTP/1.1 " + status
    everything_answers(port)


PETITION = {
    "ma-bieu-mau": "x",
    "nguoi-ghi": "Trần Thị Thử",
    "dia-ban": "gia-lai",
    "loai": "organisation",
    "nguoi-neu": "HTX Thử",
    "ngay": "2026-11-20",
    "linh-vuc": "vốn",
}


def test_writers_who_wait_hold_up_nobody(port: int, database: Path) -> None:
    def send(number: int) -> requests.Response:
        typed = PETITION | {"noi-dung": f"Kiến nghị số {number} do người viết gõ tay"}
        address = f"http://127.0.0.1:{port}/kien-nghi/ghi"
        return requests.post(address, typed, cookies={"bieu-mau": "x"}, timeout=PATIENT, allow_redirects=False)

    with ThreadPoolExecutor(MANY) as writers, closing(sqlite3.connect(database, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        sent = [writers.submit(send, number) for number in range(MANY)]
        try:
            everything_answers(port)
            assert not any(answer.done() for answer in sent)
        finally:
            other.rollback()
        statuses = {answer.result().status_code for answer in sent}
    assert 303 in statuses and statuses <= {303, 503}  # who waited too long for a turn is told so
