"""Who publishes a table and what it is called, from the titles above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from etl.importers.draft import Context
from etl.parsing.text import clean, name_key
from etl.tables.tables import Table
from models.base.text import fold

LONGEST = 240
_AGENCIES = [
    "ubnd",
    "ủy ban nhân dân",
    "sở",
    "liên minh",
    "tổng cục",
    "cục",
    "chi cục",
    "bộ",
    "ban chỉ đạo",
    "thống kê",
    "phòng",
]
_AGENCY = re.compile(rf"(?:{'|'.join(map(name_key, _AGENCIES))})(?!\S).*")  # "Sở", never "Số"
_PLAIN_AGENCY = re.compile(rf"(?:{'|'.join(map(fold, _AGENCIES))})\b.*")  # of texts without any accent
_NATIONAL = re.compile(r"(?:cong hoa xa hoi chu nghia|doc lap - tu do).*")
_ACRONYMS = re.compile(r"\b(?:ubnd|htx|lhhtx|tht|qtdnd|kttt|ocop|xhcn|nn&ptnt|nn&mt|kh&đt)\b", re.IGNORECASE)


def source_of(tables: Sequence[Table], context: Context) -> str:
    """One line that names the list a fact comes from: publisher, title, file."""
    publisher, title = publisher_and_title(tables, context)
    return "; ".join(part for part in (publisher, title, context.label) if part)[:LONGEST]


def publisher_and_title(tables: Sequence[Table], context: Context) -> tuple[str, str]:
    """Publisher and title as a reader would write them; empty where the sheet does not say."""
    titles = [text for table in tables for text in table.header.titles if not _NATIONAL.fullmatch(fold(text))]
    publisher = next(filter(is_agency, titles), "")
    title = next((text for text in titles if text != publisher and len(text.split()) > 3), "")
    names = [context.place.name, *(place.name for place in context.places.values())]
    return sentence(publisher, names), sentence(title, names)


def is_agency(text: str) -> bool:
    """Whether a text begins with the name of a kind of office."""
    return (_PLAIN_AGENCY if text.isascii() else _AGENCY).fullmatch(
        fold(text) if text.isascii() else name_key(text)
    ) is not None


def titles_of(table: Table, context: Context) -> list[str]:
    """The titles over a table and the name of its sheet, without the days that the name of a former place carries."""
    names = {place.full_name: place.name for place in context.places.values() if place.full_name != place.name}
    texts = [clean(text) for text in (*table.header.titles, table.sheet) if not _NATIONAL.fullmatch(fold(text))]
    return [_plain_places(text, names) for text in texts]


def _plain_places(text: str, names: Mapping[str, str]) -> str:
    for full, name in names.items():
        text = text.replace(full, name)
    return text


def sentence(text: str, names: Iterable[str]) -> str:
    """Capitals as in running text: "UBND TỈNH GIA LAI" becomes "UBND tỉnh Gia Lai"."""
    if not text or text != text.upper():
        return text
    low = text.lower()
    for name in names:
        low = re.sub(rf"\b{re.escape(name.lower())}\b", name, low)
    low = _ACRONYMS.sub(lambda word: word.group().upper(), low)
    return low[:1].upper() + low[1:]
