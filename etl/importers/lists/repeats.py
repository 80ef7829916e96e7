"""Remembers what a file has said already, in about 120 bytes an entry however long the text is."""

from __future__ import annotations

from hashlib import blake2b


class Repeats:
    """Texts said so far, each with a number noted when it was said first."""

    def __init__(self) -> None:
        self._noted: dict[int, int] = {}  # 128 bits of a text's checksum: two texts never share them

    def earlier(self, text: str, number: int) -> int | None:
        """The number noted when this text was said before; None, and `number` noted, the first time."""
        mark = int.from_bytes(blake2b(text.encode(), digest_size=16).digest())
        first = self._noted.get(mark)
        if first is None:
            self._noted[mark] = number
        return first
