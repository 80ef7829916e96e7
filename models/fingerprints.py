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
    ordered = sorted(names)
    if not ordered:
        return [fingerprint({})] * len(contents)
    shape = "{" + ", ".join(encode_basestring(name).replace("%", "%%") + ": %s" for name in ordered) + "}"
    columns = [_texts([content[name] for content in contents]) for name in ordered]
    return [_checksum(shape % texts) for texts in zip(*columns, strict=True)]


def _texts(values: list[Any]) -> list[str]:
    """One column as JSON; nearly every column holds values of one type."""
    kinds = set(map(type, values))
    if len(kinds) == 1:
        return list(map(_WAYS.get(kinds.pop(), _json), values))
    return [_WAYS.get(type(value), _json)(value) for value in values]


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
