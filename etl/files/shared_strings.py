"""The texts of an .xlsx, which its cells name by number.

They are kept packed in small blocks, about a tenth of their size; a slice of rows unpacks each block it needs once.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import IO

from etl.files.file_kinds import broken_refusal
from etl.files.xml_stream import XmlStream

_PER_BLOCK = 500
_BETWEEN = b"\0"  # which no XML can hold
_ROOT = re.compile(rb"<((?:[\w.-]+:)?)sst\b[^>]*>")


class SharedStrings:
    """The inner XML of each `<si>` by its number from 0; the same content that `<is>` of a cell may have."""

    def __init__(self, stream: IO[bytes] | None) -> None:
        self._blocks: list[bytes] = []
        last: list[bytes] = []
        for text in _texts(stream) if stream else ():
            last.append(text)
            if len(last) == _PER_BLOCK:
                self._pack(last)
                last = []
        if last:
            self._pack(last)

    def _pack(self, texts: list[bytes]) -> None:
        self._blocks.append(zlib.compress(_BETWEEN.join(texts), 1))

    def take(self, numbers: Collection[int]) -> dict[int, bytes]:
        """The texts of these numbers; raises RefusalError for a number that the file does not have."""
        taken: dict[int, bytes] = {}
        for block, wanted in groupby(sorted(numbers), key=lambda number: number // _PER_BLOCK):
            if block >= len(self._blocks):
                raise broken_refusal(IndexError(f"no shared string {max(numbers)}"))
            texts = zlib.decompress(self._blocks[block]).split(_BETWEEN)
            for number in wanted:
                if number % _PER_BLOCK >= len(texts):
                    raise broken_refusal(IndexError(f"no shared string {number}"))
                taken[number] = texts[number % _PER_BLOCK]
        return taken


def _texts(stream: IO[bytes]) -> Iterator[bytes]:
    part = XmlStream(stream)
    _before, root = part.upto(_ROOT)
    if not root or root[0].endswith(b"/>"):
        return
    name = root[1] + b"si"
    text = re.compile(rb"<%b\b[^>]*?(?:/>|>(.*?)</%b\s*>)" % (re.escape(name), re.escape(name)), re.DOTALL)
    for piece in part.elements(name, root[1] + b"sst"):
        for found in text.finditer(piece):
            yield found[1] or b""
