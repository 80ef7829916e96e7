"""The worker that serves us: gunicorn's threads, of which none waits for a slow line.

The worker's loop gathers a request, and a thread gets it once it is whole; what a client has not taken of an answer
is sent by the loop as well. Reading, changing, importing and `/health` have threads of their own, so that whoever
waits for the database's only writer holds up no reader. Plain HTTP only: TLS ends at the proxy (docs/proxy.md).
"""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ, EVENT_WRITE
from time import monotonic
from typing import Any
from weakref import WeakSet

from gunicorn.workers.gthread import ThreadWorker

from dashboard.worker.connection import AT_ONCE, Connection, seconds_for
from dashboard.worker.incoming import Kind, came_in_at, kind_of, progress, refusal

HEAD_SECONDS, LINGER_SECONDS, REFUSED_SECONDS = 10.0, 2.0, 5.0
MOST_BYTES = 64_000_000  # of requests and answers that wait in the memory of one worker
SPARE = 8  # places for connections that are kept free: a newcomer always finds one
SHARE = 5  # of all places, one part may be whole requests of one of the four kinds; more of them are told to come back
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class BufferingWorker(ThreadWorker):  # type: ignore[misc]  # gunicorn says no types
    """Threads answer whole requests only. Everything but `handle` runs in the one loop of the worker: no locks."""

    def get_thread_pool(self) -> ThreadPoolExecutor:
        """The readers' threads are gunicorn's own pool; half as many change something, one answers `/health`.

        As many as read may take files: how many are read at once is bounded behind them, with a sentence.
        """
        readers: ThreadPoolExecutor = super().get_thread_pool()
        self.pools = {
            Kind.READING: readers,
            Kind.CHANGING: ThreadPoolExecutor(max(1, self.cfg.threads // 2)),
            Kind.IMPORTING: ThreadPoolExecutor(self.cfg.threads),
            Kind.HEALTH: ThreadPoolExecutor(1),
        }
        self.at_work: Counter[Kind] = Counter()
        self.waiting: set[Connection] = set()
        self.open: WeakSet[Connection] = WeakSet()
        return readers

    def accept(self, listener: socket.socket) -> None:
        """Take a new connection; no thread hears of it before it has asked something."""
        try:
            client, address = listener.accept()
        except OSError:  # gone again, taken by another worker, or no descriptor is left: the next look tells
            return
        self.nr_conns += 1
        conn = Connection(self.cfg, client, address, listener.getsockname())
        self.open.add(conn)
        self.enqueue_req(conn)

    def enqueue_req(self, conn: Connection) -> None:
        """Gather the next request of a connection."""
        conn.begin()
        self._wait(conn, self._receive, HEAD_SECONDS)
        self._weigh(conn)

    def handle(self, conn: Connection) -> Any:
        """Answer a whole request, in a thread of its kind."""
        conn.hand_over()
        came_in_at(conn.whole_at)
        return super().handle(conn)

    def finish_request(self, conn: Connection, fs: Future[Any]) -> None:
        """Send what the client has not taken yet; then await its next request, or end."""
        if conn.sock.fileno() < 0:  # the thread ended it in the middle of an answer
            self._drop(conn)
        elif conn.sock.unsent:
            conn.sock.setblocking(False)
            self._wait(conn, partial(self._send, fs=fs), seconds_for(len(conn.sock.unsent)), EVENT_WRITE)
        elif fs.cancelled() or fs.exception() or not fs.result():
            self._linger(conn, LINGER_SECONDS)
        else:
            super().finish_request(conn, fs)

    def murder_pending(self) -> None:
        """End what is overdue; a worker that stops awaits no request of which nothing has come."""
        now = monotonic()
        for conn in list(self.waiting):
            if conn.deadline < now and conn.received:
                self._refuse(conn, 408)
            elif conn.deadline < now or not (self.alive or conn.held_bytes):
                self._drop(conn)
        self._make_room()

    def _make_room(self) -> None:
        """While hardly a place is left, end who has been silent longest, of the address that holds most places.

        So no flood shuts others out. Who waits for a request goes before who takes an answer; who is at work stays.
        Called between two rounds of events only: nothing of a connection ended here is still to be dispatched.
        """
        while self.nr_conns > self.worker_connections - SPARE:
            silent: list[Connection] = [*self.waiting, *self.keepalived_conns]
            if not silent:
                return
            places = Counter(conn.host for conn in silent)
            most = max(places.values())
            fullest = (conn for conn in silent if places[conn.host] == most)
            self._drop(min(fullest, key=lambda conn: (bool(conn.sock.unsent), conn.heard_at)))

    def _receive(self, conn: Connection) -> None:
        if conn.receive():
            self._weigh(conn)
        else:
            self._drop(conn)

    def _weigh(self, conn: Connection) -> None:
        """Answer a request that is whole, refuse one that never will be, else wait on."""
        seen = progress(conn.received)
        if seen.refused:
            self._refuse(conn, seen.refused)
        elif seen.is_whole:
            self._submit(conn)
        elif len(conn.received) > AT_ONCE and sum(other.held_bytes for other in self.open) > MOST_BYTES:
            self._refuse(conn, 503)
        elif seen.has_head and not conn.has_head:
            conn.has_head, conn.deadline = True, monotonic() + seconds_for(seen.length)
            if seen.asks_first:
                with suppress(OSError):
                    conn.sock.send(GO_ON)

    def _submit(self, conn: Connection) -> None:
        kind = kind_of(conn.received)
        if self.at_work[kind] >= self.worker_connections // SHARE:
            self._refuse(conn, 503)
            return
        self._stop_waiting(conn)
        self.at_work[kind] += 1
        conn.whole_at, conn.data_ready = monotonic(), True
        future = self.pools[kind].submit(self.handle, conn)
        future.add_done_callback(lambda done: self.method_queue.defer(self._answered, conn, kind, done))

    def _answered(self, conn: Connection, kind: Kind, done: Future[Any]) -> None:
        self.at_work[kind] -= 1
        self.finish_request(conn, done)

    def _send(self, conn: Connection, fs: Future[Any]) -> None:
        try:
            conn.send_on()
        except OSError:
            self._drop(conn)
            return
        if not conn.sock.unsent:
            self._stop_waiting(conn)
            self.finish_request(conn, fs)

    def _refuse(self, conn: Connection, status: int) -> None:
        conn.received = bytearray()
        with suppress(OSError):
            conn.sock.send(refusal(status))
        self._linger(conn, REFUSED_SECONDS)

    def _linger(self, conn: Connection, seconds: float) -> None:
        """End a connection as HTTP wants it: what still comes is read away, or the client may lose the answer."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._drop(conn)
            return
        self._wait(conn, self._discard, seconds)

    def _discard(self, conn: Connection) -> None:
        is_open = conn.receive()
        conn.received.clear()
        if not is_open:
            self._drop(conn)

    def _wait(
        self, conn: Connection, step: Callable[[Connection], None], seconds: float, event: int = EVENT_READ
    ) -> None:
        conn.deadline = monotonic() + seconds
        change = self.poller.modify if conn in self.waiting else self.poller.register
        change(conn.sock, event, lambda _sock: step(conn))
        self.waiting.add(conn)

    def _stop_waiting(self, conn: Connection) -> None:
        if conn in self.waiting:
            self.waiting.remove(conn)
            self.poller.unregister(conn.sock)
        elif conn in self.keepalived_conns:
            self.keepalived_conns.remove(conn)
            self.poller.unregister(conn.sock)

    def _drop(self, conn: Connection) -> None:
        self._stop_waiting(conn)
        self.nr_conns -= 1
        conn.close()
