"""What a client does not take waits; of too much of it the thread waits for the client, and not for ever."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest

from dashboard.worker import connection
from dashboard.worker.connection import LARGEST_UNSENT, SendingSocket

Pair = tuple[SendingSocket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ours, theirs = socket.socketpair()
    sending = SendingSocket(fileno=ours.detach())
    with sending, theirs:
        yield sending, theirs


def test_what_the_client_does_not_take_waits_and_goes_in_order(pair: Pair) -> None:
    sending, client = pair
    sent = bytes(range(256)) * 4_000
    for start in range(0, len(sent), 100_000):
        sending.sendall(sent[start : start + 100_000])
    assert sending.unsent
    taken = bytearray()
    while len(taken) < len(sent):
        taken += client.recv(65_536)
        sending.send_unsent()
    assert bytes(taken) == sent and not sending.unsent


def test_a_client_that_takes_too_much_too_slowly_is_left(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "seconds_for", lambda _count: 0.01)
    sending, _ = pair
    with pytest.raises(BrokenPipeError):
        sending.sendall(b"x" * (LARGEST_UNSENT + 5_000_000))
    assert not sending.unsent  # nothing is sent behind a gap
    assert sending.gettimeout() is None


def test_a_client_that_is_gone_is_an_error_at_once(pair: Pair) -> None:
    sending, client = pair
    client.close()
    with pytest.raises(OSError):
        sending.sendall(b"x" * 10)
    assert not sending.unsent
