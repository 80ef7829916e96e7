"""The order of Vietnamese names: a ă â b c d đ …, tones after letters, "số 2" before "số 10"."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang, huyền, hỏi, ngã, sắc, nặng
_NUMBER = re.compile(r"([0-9]+)")
_NOT_SAID = re.compile(r"[^\w]+|_+")
_CODES = {" ": "00"} | {letter: f"{code}" for code, letter in enumerate(_LETTERS, start=11)}
_MARKED = {
    marked: (letter, str(number))
    for letter in _LETTERS
    for number, tone in enumerate(_TONES)
    if len(marked := unicodedata.normalize("NFC", letter + tone)) == 1
}
_LETTER_CODES = str.maketrans(_CODES | {marked: _CODES[letter] for marked, (letter, _tone) in _MARKED.items()})
_TONE_CODES = str.maketrans({" ": ""} | {marked: tone for marked, (_letter, tone) in _MARKED.items()})


def vietnamese_key(name: str) -> str:
    """A text of digits that sorts as the name does, the same in Python and on both databases.

    Words go before letters, a number by its value, letters before tones; marks of punctuation do not count.
    """
    told = " ".join(_NOT_SAID.sub(" ", unicodedata.normalize("NFC", name).lower()).split())
    letters = "".join(_part(part) for part in _NUMBER.split(told))
    tones = _NUMBER.sub("0", told).translate(_TONE_CODES)
    return f"{letters}0000{tones}"


def _part(part: str) -> str:
    if part.isdecimal() and part.isascii():
        digits = part.lstrip("0") or "0"
        return f"10{min(len(digits), 99):02}{digits}"
    return part.translate(_LETTER_CODES)
