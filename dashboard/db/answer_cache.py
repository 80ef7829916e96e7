"""A bounded memory for whole answers as bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock

LARGEST_SHARE = 4  # no answer may take more than this part of the memory


@dataclass(frozen=True, slots=True)
class Kept:
    """One answer: its bytes as they were sent, compressed or not, and its headers.

    One that `is_personal` is plain and holds marks where the reader's name is filled in.
    """

    body: bytes
    headers: tuple[tuple[str, str], ...]
    is_personal: bool = False


class AnswerMemory:
    """The answers of one worker, least lately used out first; safe for threads."""

    def __init__(self, megabytes: int) -> None:
        self.room = megabytes * 1_000_000
        self.used = 0
        self._kept: OrderedDict[Hashable, Kept] = OrderedDict()
        self._lock = Lock()

    def find(self, key: Hashable) -> Kept | None:
        """The answer under this key."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, answer: Kept) -> None:
        """Keep an answer; one that would push out too many others is not kept."""
        if len(answer.body) > self.room // LARGEST_SHARE:
            return
        with self._lock:
            self._drop(self._kept.pop(key, None))
            self._kept[key] = answer
            self.used += len(answer.body)
            while self.used > self.room:
                self._drop(self._kept.popitem(last=False)[1])

    def _drop(self, answer: Kept | None) -> None:
        self.used -= len(answer.body) if answer else 0
