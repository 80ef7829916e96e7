"""Vietnamese text as offices type it: composed, compared without accents, tone places or long forms of HTX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import lru_cache

from models.base.text import fold

_TONES = {"\u0300": "¹", "\u0301": "²", "\u0303": "³", "\u0309": "⁴", "\u0323": "⁵"}  # huyền, sắc, ngã, hỏi, nặng
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
_WORD = re.compile(r"\w+")
_PLAIN_WORDS = re.compile(r"[\w%]+").findall
_ETH = str.maketrans("ðÐ", "đĐ")  # the Icelandic letter looks like đ and is often typed for it
_SHORT_FORMS = tuple(  # the sign is looked for first: most names hold one form or none
    (sign, re.compile(rf"\b{long}\b"), short)
    for sign, long, short in (
        ("lien hiep", r"lien hiep (?:cac )?(?:hop tac xa|htx)", "lhhtx"),
        ("hop tac xa", r"hop tac xa", "htx"),
        ("to hop tac", r"to hop tac", "tht"),
        ("quy tin dung", r"quy tin dung nhan dan", "qtdnd"),
    )
)
_LONG_WORDS = {"hợp tác xã": "htx", "tổ hợp tác": "tht", "quỹ tín dụng nhân dân": "qtdnd"}


def nfc(text: str) -> str:
    """Compose letters and their marks; a decomposed (NFD) name becomes equal to the composed one."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """Compose, drop invisible characters, close up spaces and mend the eth typed for đ.

    Run the check for old fonts before this: TCVN3 writes ư with the invisible soft hyphen.
    """
    if text.isascii():
        return " ".join(text.split())
    composed = nfc(text)
    if not composed.isprintable():  # invisible characters are never printable, and rare
        composed = _INVISIBLE.sub("", composed)
    if "ð" in composed or "Ð" in composed:
        composed = composed.translate(_ETH)
    return " ".join(composed.split())


def tone_key(text: str) -> str:
    """Make "Hoà" and "Hòa" equal, and upper and lower case, while "Hoa" and "Hóa" stay apart."""
    return _WORD.sub(_matched_tone_last, clean(text).lower())


def _matched_tone_last(found: re.Match[str]) -> str:
    word = found.group()
    return word if word.isascii() else _tone_last(word)


@lru_cache(maxsize=8192)
def _tone_last(word: str) -> str:
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(_TONES[c] for c in letters if c in _TONES)
    return unicodedata.normalize("NFC", "".join(c for c in letters if c not in _TONES)) + tones


def same_name(left: str, right: str) -> bool:
    """Say whether two names differ only by case, spaces, tone place or "HTX" for "Hợp tác xã"."""
    return name_key(left) == name_key(right)


@lru_cache(maxsize=8192)
def name_key(text: str) -> str:
    """The key under which two spellings of one organisation's name meet; accents still count."""
    key = _words_only(tone_key(text))
    for sign, long, short in _NAME_FORMS:
        if sign in key:
            key = long.sub(short, key)
    return key


@lru_cache(maxsize=8192)
def folded_key(text: str) -> str:
    """The lenient key: without accents and punctuation, "Hợp tác xã" as "htx". For headers and suggestions."""
    key = _words_only(fold(text))
    for sign, long, short in _SHORT_FORMS:
        if sign in key:
            key = long.sub(short, key)
    return key


def _words_only(text: str) -> str:
    return " ".join(_PLAIN_WORDS(text))


def _name_forms() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    plain = [(tone_key(long), rf"\b{re.escape(tone_key(long))}(?!\w)", short) for long, short in _LONG_WORDS.items()]
    union = tone_key("liên hiệp")
    last = (union, rf"\b{re.escape(union)} (?:{tone_key('các')} )?htx\b", "lhhtx")
    return tuple((sign, re.compile(pattern), short) for sign, pattern, short in [*plain, last])


_NAME_FORMS = _name_forms()


def nearest(name: str, candidates: Iterable[str], *, limit: int = 3, cutoff: float = 0.75) -> list[str]:
    """The names most like this one, best first, to propose to a person; never to be taken unasked.

    Likeness is measured without accents; among equals the one with the same accents comes first.
    """
    wanted, exact = folded_key(name), tone_key(name)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    found = []
    for candidate in candidates:
        matcher.set_seq1(folded_key(candidate))
        if matcher.real_quick_ratio() < cutoff or matcher.quick_ratio() < cutoff:
            continue
        if (ratio := matcher.ratio()) >= cutoff:
            accents = SequenceMatcher(None, tone_key(candidate), exact, autojunk=False).ratio()
            found.append((-ratio, -accents, candidate))
    return [candidate for _, _, candidate in sorted(found)[:limit]]
