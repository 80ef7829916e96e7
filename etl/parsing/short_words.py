"""The short forms in which offices write headings and states: "HĐ" is "hoạt động"."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from models.base.text import fold

_SHORT = {"hd": "hoat dong", "tv": "thanh vien", "ld": "lao dong", "kh": "ke hoach", "gd": "giam doc"}
_WORDS = re.compile(r"[a-z0-9]+")
_CLOSE = 0.6


@lru_cache(maxsize=8192)
def spelled_out(text: str) -> str:
    """The words without accents, signs and short forms."""
    return " ".join(_SHORT.get(word, word) for word in _WORDS.findall(fold(text)))


def near_in_words(text: str, known: Iterable[str], *, without: Collection[str]) -> list[str]:
    """The known texts that say nearly the same, best first: one holds all words of the other, or is written alike.

    Words `without` meaning, and years, do not count. To propose to a person; never to be taken unasked.
    """
    own = _telling(text, without)
    found = []
    for other in known:
        words = _telling(other, without)
        score = SequenceMatcher(None, " ".join(own), " ".join(words), autojunk=False).ratio()
        is_part = bool(own) and bool(words) and (set(own) <= set(words) or set(words) <= set(own))
        if is_part or score >= _CLOSE:
            as_written = SequenceMatcher(None, text.lower(), other.lower(), autojunk=False).ratio()
            found.append((-score - is_part, -as_written, other))
    return [other for *_scores, other in sorted(found)]


def _telling(text: str, without: Collection[str]) -> list[str]:
    return [word for word in spelled_out(text).split() if word not in without and not word.isdigit()]
