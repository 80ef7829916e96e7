"""Which agencies printed words name: by their names, short names and usual abbreviations. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from etl.parsing.text import clean
from etl.programmes.catalogue import CodedNames
from models.base.text import fold

ABBREVIATIONS = (
    ("hop tac xa", "htx"),
    ("uy ban nhan dan", "ubnd"),
    ("phat trien nong thon", "ptnt"),
    ("ke hoach va dau tu", "kh&dt"),
    ("kinh te tap the", "kttt"),
)
_NO_OFFICE = re.compile(r"theo chuc nang,? nhiem vu(?: thuc hien| duoc giao)?|co lien quan|lien quan")
_JOINING = re.compile(r"^(?:[\s,;.:()+-]|va\b|cac\b|cung\b|voi\b)+|(?:[\s,;.:()+-]|\bva|\bcac)+$")


def printed_agencies(text: str, names: CodedNames) -> tuple[list[str], list[str]]:
    """The agencies that printed words name, in their order, and each stretch of words that names none, as printed.

    Longer names are looked for first, so that a name within another is not taken for itself.
    """
    printed = clean(text)
    rest = fold(printed)
    if len(rest) != len(printed):  # letters that fold to several: the stretches are told folded
        printed = rest
    found: list[tuple[int, str]] = []
    for spelling, code in sorted(_spellings(names), key=lambda item: len(item[0]), reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(spelling)}(?!\w)", rest):
            found.append((match.start(), code))
            rest = _blanked(rest, match)
    for match in _NO_OFFICE.finditer(rest):
        rest = _blanked(rest, match)
    unknown = [_trimmed(printed[start:end], rest[start:end]) for start, end in _stretches(rest)]
    return list(dict.fromkeys(code for _start, code in sorted(found))), [words for words in unknown if words]


def _spellings(names: CodedNames) -> Iterator[tuple[str, str]]:
    for spelling, code in names.codes.items():
        yield spelling, code
        for whole, short in ABBREVIATIONS:
            if whole in spelling:
                yield spelling.replace(whole, short), code


def _blanked(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + "|" * (match.end() - match.start()) + text[match.end() :]


def _stretches(rest: str) -> Iterator[tuple[int, int]]:
    yield from ((match.start(), match.end()) for match in re.finditer(r"[^|;]+", rest))


def _trimmed(printed: str, folded: str) -> str:
    """A stretch without what only joins it to its neighbours."""
    while match := _JOINING.search(folded):
        printed = printed[: match.start()] + printed[match.end() :]
        folded = folded[: match.start()] + folded[match.end() :]
    return printed
