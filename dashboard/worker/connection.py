"""A connection of the worker: what came in of its next request, and what its client has not taken yet."""

from __future__ import annotations

import errno
import socket
from time import monotonic
from typing import Any

from gunicorn.workers.gthread import TConn

LARGEST_UNSENT = 2_000_000  # bytes of an answer that wait in memory; of more than that the thread waits for the client
FIRST_SECONDS = 15.0
SLOWEST = 50_000  # bytes a second that a line must bear beyond the first seconds, both ways
AT_ONCE = 65_536


def seconds_for(count: int) -> float:
    """How long so many bytes may take on a line that is only just quick enough."""
    return FIRST_SECONDS + count / SLOWEST


class SendingSocket(socket.socket):
    """Sends what the client takes at once and keeps the rest in `unsent`, so that a thread need not wait for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unsent = bytearray()
        self._sent, self._waited = 0, 0.0

    def sendall(self, data: Any, flags: int = 0, /) -> None:
        """Take all of it; waits only where too much is unsent. Raises OSError when the client is gone or too slow."""
        self.unsent += data
        self._sent += len(data)
        try:
            self.send_unsent()
            if len(self.unsent) > LARGEST_UNSENT:
                self._wait_for_client(flags)
        except OSError:
            self.unsent.clear()
            raise

    def send_unsent(self) -> None:
        """Send what the client takes without waiting. Raises OSError when it is gone."""
        try:
            while self.unsent:
                taken = self.send(bytes(self.unsent[:AT_ONCE]), socket.MSG_DONTWAIT)
                del self.unsent[:taken]
        except BlockingIOError:
            return

    def _wait_for_client(self, flags: int) -> None:
        began = monotonic()
        self.settimeout(max(0.001, seconds_for(self._sent) - self._waited))
        try:
            super().sendall(bytes(self.unsent), flags)
        except TimeoutError as error:
            raise BrokenPipeError(errno.EPIPE, "the client takes its answer too slowly") from error
        finally:
            self._waited += monotonic() - began
            self.settimeout(None)
        self.unsent.clear()


class Connection(TConn):  # type: ignore[misc]  # gunicorn says no types
    """One client. `received` is what came in and no thread has taken yet; `deadline` is when waiting for more ends.

    `heard_at` is when it last sent or took something, by the monotonic clock.
    """

    def __init__(self, cfg: Any, client: socket.socket, address: Any, server: Any) -> None:
        super().__init__(cfg, SendingSocket(fileno=client.detach()), address, server)
        self.received = bytearray()
        self.has_head = False
        self.deadline = self.whole_at = 0.0
        self.heard_at = monotonic()

    @property
    def host(self) -> str:
        """The network address it came from, without its port; behind a proxy that of the proxy."""
        return str(self.client[0]) if isinstance(self.client, tuple) else ""

    @property
    def held_bytes(self) -> int:
        """What it takes of the worker's memory."""
        return len(self.received) + len(self.sock.unsent)

    def begin(self) -> None:
        """Wait for a request, which may have begun to come with the one before."""
        self.received = bytearray(self.parser.unreader.take_buffered() if self.parser else b"")
        self.has_head = False
        self.heard_at = monotonic()
        self.sock.setblocking(False)

    def receive(self) -> bool:
        """Read what has come without waiting; False when the client is gone."""
        try:
            data = self.sock.recv(AT_ONCE)
        except BlockingIOError:
            return True
        except OSError:
            return False
        self.received += data
        self.heard_at = monotonic()
        return bool(data)

    def send_on(self) -> None:
        """Send what the client takes of the rest without waiting. Raises OSError when it is gone."""
        before = len(self.sock.unsent)
        self.sock.send_unsent()
        if len(self.sock.unsent) < before:
            self.heard_at = monotonic()

    def hand_over(self) -> None:
        """Give the parser what came in, in the thread that answers it."""
        self.init()
        self.parser.unreader.unread(bytes(self.received))
        self.received = bytearray()
