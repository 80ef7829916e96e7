"""Vietnamese text written plainly, so that a name is found however it was typed."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_LATIN_MARKS = re.compile("[\u0300-\u036f]")
_ETH = str.maketrans("ðÐ", "đĐ")  # the Icelandic letter looks like đ and is often typed for it


def fold(text: str) -> str:
    """Write in plain small letters: no marks, đ as d, single spaces; what `name_norm` columns hold.

    Different words fall together ("Hải", "Hai"): equality of folded names alone decides nothing.
    """
    if text.isascii():  # the quick way for most cells
        return " ".join(text.split()).lower()
    composed = unicodedata.normalize("NFC", text)
    if not composed.isprintable():  # invisible characters are never printable, and rare
        composed = _INVISIBLE.sub("", composed)
    if "ð" in composed or "Ð" in composed:
        composed = composed.translate(_ETH)
    letters = unicodedata.normalize("NFD", " ".join(composed.split()).lower()).replace("đ", "d")
    plain = _LATIN_MARKS.sub("", letters)
    return plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
