"""The Vietnamese of a label that a statistical yearbook writes in two languages, beside or below each other."""

from __future__ import annotations

import re

from etl.parsing.parsed import Cell, text_of
from etl.parsing.text import clean
from models.base.text import fold

_PARTS = re.compile(r"(\s*\n\s*|\s+[-–—|]\s+|\s*/\s*)")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_MARKS = (
    (re.compile(r"\bprel(?:iminary)?\b\.?", re.IGNORECASE), "sơ bộ"),
    (re.compile(r"\best(?:imate|imated)?\b\.?", re.IGNORECASE), "ước"),
)
_WORD = re.compile(r"[A-Za-z]+")
_ENGLISH = frozenset(
    fold(
        "total of which number numbers no prel preliminary estimate estimates estimated est unit units cooperative"
        " cooperatives union unions agriculture agricultural non forestry fishing fishery industry construction service"
        " services people credit fund funds person persons employee employees worker workers labour labor member"
        " members mill bill dong dongs vnd by district districts commune communes province provinces city cities town"
        " region regions and the in with at as business results having acting active year years index previous"
        " structure percent whole country nationwide red river delta northern midland midlands mountain mountains"
        " mountainous areas area north south central coast coastal highlands east west mekong other others note source"
        " target plan revenue capital profit enterprises households trade transport groups collaborative urban rural"
        " growth rate"
    ).split()
)


def vietnamese(cell: Cell) -> str:
    """The label without its English part; a year that only the English part bears is kept ("Sơ bộ/Prel. 2024").

    A text without any English is given back as it stands, cleaned.
    """
    text = _BRACKETS.sub(lambda found: "" if is_english(found[1]) else found[0], text_of(cell))
    pieces = _PARTS.split(text)
    kept, years = pieces[:1], []
    for sign, part in zip(pieces[1::2], pieces[2::2], strict=True):
        if is_english(part) or _is_transcript(part, kept[-1]):
            years += [year for year in _YEAR.findall(part) if year not in text[: text.index(part)]]
        else:
            kept += [sign, part]
    if is_english(kept[0]) and len(kept) > 1:  # English first, Vietnamese below it
        years, kept = [*_YEAR.findall(kept[0]), *years], kept[2:]
    words = clean("".join(kept)).split()
    while len(words) > 1 and words[-1].isascii() and words[-1].strip(".,()").lower() in _ENGLISH and _has_marks(words):
        words.pop()
    said = [year for year in dict.fromkeys(years) if year not in words]
    return _with_mark(" ".join([*words, *said]), text_of(cell))


def _with_mark(kept: str, whole: str) -> str:
    """What the English part alone says of a number stays: "2024 (Prel.)" is preliminary."""
    for sign, word in _MARKS:
        if sign.search(whole) and word not in kept.lower():
            return f"{word.capitalize()} {sign.sub('', kept).strip()}"
    return kept


def _is_transcript(part: str, before: str) -> bool:
    """Whether a part repeats the one before it without accents, as "Hà Nội - Ha Noi"."""
    return part.isascii() and not before.isascii() and fold(part) == fold(before)


def is_english(text: str) -> bool:
    """Whether a text is of plain letters only and half of its words or more are English ones of statistical tables."""
    words = [word.lower() for word in _WORD.findall(text)]
    return text.isascii() and bool(words) and 2 * sum(word in _ENGLISH for word in words) >= len(words)


def _has_marks(words: list[str]) -> bool:
    return any(not word.isascii() for word in words)
