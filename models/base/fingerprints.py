"""Checksums of what facts say: the SHA-256 of their JSON with sorted names.

Stored fingerprints were made by `fingerprint`; `fingerprints` gives the same text for many facts of one shape,
column by column, in half the time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from json.encoder import encode_basestring
from math import isfinite
from typing import Any


def fingerprint(content: Mapping[str, Any]) -> str:
    """A checksum of what a fact says; equal content gives equal text whatever the key order."""
    return _checksum(_json(content))


def fingerprints(contents: Sequence[Mapping[str, Any]], names: Iterable[str]) -> list[str]:
    """The fingerprints of these columns of many facts; raises KeyError where one lacks a column."""
    columns = {name: [content[name] for content in contents] for name in names}
    return fingerprints_of(columns, len(contents))


def fingerprints_of(columns: Mapping[str, Sequence[Any]], count: int) -> list[str]:
    """See fingerprints, for `count` facts given as columns; what all of them say is written once."""
    said, texts = [], []
    for name in sorted(columns):
        column = _texts(columns[name])
        said.append(encode_basestring(name).replace("%", "%%") + ": ")
        if isinstance(column, str):
            said[-1] += column.replace("%", "%%")
        else:
            said[-1] += "%s"
            texts.append(column)
    shape = "{" + ", ".join(said) + "}"
    if not texts:
        return [_checksum(shape % ())] * count
    return [_checksum(shape % row) for row in zip(*texts, strict=True)]


def _texts(values: Sequence[Any]) -> list[str] | str:
    """One column as JSON, or its one text where all values are the same; nearly every column is of one type."""
    kinds = set(map(type, values))
    if len(kinds) != 1:
        return [_WAYS.get(type(value), _json)(value) for value in values]
    kind = kinds.pop()
    way = _WAYS.get(kind, _json)
    if kind in _REPEATED and len(distinct := set(values)) * 4 < len(values):
        ways = {value: way(value) for value in distinct}
        return ways.popitem()[1] if len(ways) == 1 else list(map(ways.__getitem__, values))
    return list(map(way, values))


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} cannot be part of a fact")


@lru_cache(maxsize=4096)
def _day(value: date) -> str:
    return f'"{value.isoformat()}"'


def _float(value: float) -> str:
    return float.__repr__(value) if isfinite(value) else _json(value)


_WAYS: dict[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    float: _float,
    date: _day,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): {None: "null"}.__getitem__,
}
_REPEATED = {str, int, date, bool, type(None)}  # equal means written alike; 0.0 and -0.0 are not
