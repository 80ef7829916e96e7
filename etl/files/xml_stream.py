"""Goes once through a long XML part of a workbook, some whole elements at a time, so that no more is ever held."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO

from etl.files.file_kinds import memory_refusal

CHUNK = 1 << 19
MAX_ELEMENT = 64 << 20
_AFTER_A_NAME = (b" ", b">", b"/", b"\n", b"\r", b"\t")


class XmlStream:
    """A part being read: `held` has been read and not been given yet.

    Reading on raises EOFError at the end of the part, RefusalError when one element is longer than MAX_ELEMENT bytes.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.held = b""

    def upto(self, tag: re.Pattern[bytes]) -> tuple[bytes, re.Match[bytes] | None]:
        """Everything before a tag, and the tag; all that is left and None where it does not occur any more."""
        while not (found := tag.search(self.held)):
            try:
                self._read_on()
            except EOFError:
                before, self.held = self.held, b""
                return before, None
        before, self.held = self.held[: found.start()], self.held[found.end() :]
        return before, found

    def elements(self, name: bytes, parent: bytes) -> Iterator[bytes]:
        """What stands before the end of `parent`, about CHUNK bytes at a time; all but the first begin with a `name`.

        Names come with their prefix. What is held afterwards begins with the end tag of the parent.
        """
        ending = re.compile(rb"</%b\s*>" % re.escape(parent))
        while not (end := ending.search(self.held)):
            cut = _last_opening(self.held, b"<" + name)
            if cut > 0:
                whole, self.held = self.held[:cut], self.held[cut:]
                yield whole
            self._read_on()
        last, self.held = self.held[: end.start()], self.held[end.start() :]
        yield last

    def rest(self) -> bytes:
        """All that is left; raises RefusalError when it is more than MAX_ELEMENT bytes."""
        try:
            while True:
                self._read_on()
        except EOFError:
            return self.held

    def _read_on(self) -> None:
        if len(self.held) > MAX_ELEMENT:
            raise memory_refusal(f"more than {MAX_ELEMENT} bytes in one element")
        block = self._stream.read(CHUNK)
        if not block:
            raise EOFError("the part ends within an element")
        self.held += block


def _last_opening(held: bytes, opening: bytes) -> int:
    """Where the last element of the name begins, -1 when there is none; `<rowBreaks` is no `<row`."""
    return max(held.rfind(opening + after) for after in _AFTER_A_NAME)
