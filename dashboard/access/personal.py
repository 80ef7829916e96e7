"""What a page says of who reads it: marks while it is built, filled in just before it is sent.

So the same finished page serves every reader with the same rights. The marks are random in each process: no text
that somebody typed can hold one.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from html import escape

from flask import g

_CHANCE = secrets.token_hex(16)
NAME_MARK, TOKEN_MARK = f"ten-{_CHANCE}", f"ma-{_CHANCE}"


def reader_name(name: str) -> str:
    """The reader's name, or the mark that stands for it where the answer may be kept."""
    return NAME_MARK if _is_marked() else name


def reader_token(token: Callable[[], str]) -> str:
    """The token of the reader's forms, or the mark that stands for it where the answer may be kept."""
    return TOKEN_MARK if _is_marked() else token()


def _is_marked() -> bool:
    """Only where the marks are filled in afterwards: not in what is sent piece by piece, nor once that was done."""
    if "answer_key" not in g or g.get("is_filled"):
        return False
    g.is_personal = True
    return True


def is_personal() -> bool:
    """Whether the answer to this request holds marks."""
    return bool(g.get("is_personal", False))


def filled(body: bytes, name: str, token: str, *, is_json: bool) -> bytes:
    """The answer with the marks replaced, written as its kind wants it: inside a JSON text or as HTML."""
    written = json.dumps(name)[1:-1] if is_json else escape(name)
    return body.replace(NAME_MARK.encode(), written.encode()).replace(TOKEN_MARK.encode(), token.encode())
