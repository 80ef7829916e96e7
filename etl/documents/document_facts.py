"""What a document says of itself: number, day, issuer, what it rests on and what it replaces. Pure."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_DAY = r"ngày\s*(?P<day>\d{1,2})?\s*(?:/|tháng)\s*(?P<month>\d{1,2})\s*(?:/|năm)\s*(?P<year>\d{4})"
_NUMBER = r"(?P<number>\d+\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\w-]*(?:-[A-ZĐ]+)*|\d+\s*-\s*[A-ZĐ]{2,}[a-z]*/[A-ZĐ]{2,})"
_ATTACHED = re.compile(rf"\(\s*(?:ban hành )?kèm theo[^()]{{0,60}}?số\s*:?\s*{_NUMBER}\s*{_DAY}[^()]*", re.I)
_HEAD_NUMBER = (
    re.compile(rf"^\W*số\s*:\s*{_NUMBER}", re.I | re.M),
    re.compile(rf"^\W*số\s+{_NUMBER}\W*$", re.I | re.M),
)
_ANNOUNCED = re.compile(rf"(?:ban hành|phê duyệt|thông qua)\s+(?:\w+\s+){{1,5}}số\s+{_NUMBER}\s*,?\s*{_DAY}", re.I)
_HEAD_DAY = re.compile(rf"^[^\n,]{{2,40}},\s*{_DAY}", re.I | re.M)
_MENTIONED = re.compile(rf"(?:số\s+)?{_NUMBER}\s+{_DAY}", re.I)
_REPLACES = re.compile(r"[^\n.;]*\bthay thế\b(?P<what>[^\n;]*)", re.I)
_BASED = re.compile(r"^[^\w\t\n]*(?:căn cứ|thực hiện)\b.*$", re.I | re.M)
_OFFICE = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân)\s+(?:tỉnh|thành phố)"
_ISSUER = (
    re.compile(rf"^\W*(?P<issuer>{_OFFICE}\s+\w+(?:[ -]\w+){{0,4}})\W*$", re.I | re.M),
    re.compile(r"^\W*(?P<issuer>(?:tỉnh|thành) (?:ủy|uỷ)\s+\w+(?:[ -]\w+){0,4})\W*$", re.I | re.M),
    re.compile(rf"\(\s*(?:ban hành )?kèm theo[^()]* của (?P<issuer>{_OFFICE}\s+[^()]+)\)", re.I),
    re.compile(rf"(?P<issuer>(?i:{_OFFICE})(?:\s+[A-ZĐÀ-Ỹ][a-zà-ỹ]+){{2,4}})"),
)
_KIND = re.compile(r"^\W*(quyết định|nghị quyết|kế hoạch|chương trình hành động|đề án)\b[^\n]*", re.I | re.M)


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """Another document by number and day; the day is None where it is not whole."""

    number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """None is what the text does not say; with a month alone `issued_on` is its last day and the precision "month"."""

    number: str | None
    issued_on: date | None
    issued_precision: str | None
    issued_text: str | None
    issuer_text: str | None
    title: str | None
    bases: tuple[NamedDocument, ...]
    replaces: tuple[NamedDocument, ...]


def read_facts_of(document: str) -> DocumentFacts:
    """The facts as printed; the note "kèm theo Quyết định số ..." is believed before a head with empty spaces."""
    attached, day = _ATTACHED.search(document), _HEAD_DAY.search(document)
    number = attached or next((found for rule in _HEAD_NUMBER if (found := rule.search(document))), None)
    if number is None and day is None:  # a page that tells of the document
        number = day = _ANNOUNCED.search(document)
    dated = attached or day
    issued_on = _day_of(dated) if dated else None
    issuer = next((match for rule in _ISSUER if (match := rule.search(document))), None)
    title = _KIND.search(document)
    replaced = [found["what"] for found in _REPLACES.finditer(document)]
    return DocumentFacts(
        number="".join(number["number"].split()) if number else None,
        issued_on=issued_on,
        issued_precision=("day" if dated["day"] else "month") if dated and issued_on else None,
        issued_text=_printed_day(dated.group()) if dated else None,
        issuer_text=" ".join(issuer["issuer"].split()).strip(" *") if issuer else None,
        title=_title(document, title) if title else None,
        bases=_mentioned("\n".join(found.group() for found in _BASED.finditer(document))),
        replaces=_mentioned("\n".join(what[: _end_of_first(what)] for what in replaced)),
    )


def _printed_day(text: str) -> str | None:
    found = list(re.finditer(_DAY, text, re.I))
    return " ".join(found[-1].group().split()) if found else None


def _title(document: str, found: re.Match[str]) -> str:
    """The heading's words, with the line after it where the heading names only the kind of document."""
    following = document[found.end() :].strip().split("\n")[0]
    heading = found.group().strip(" *")
    return " ".join((f"{heading} {following}" if len(heading.split()) <= len("qđ") + 2 else heading).split())


def _end_of_first(what: str) -> int:
    """The end of the first document that is named: what it is about names others."""
    found = _MENTIONED.search(what)
    return found.end() if found else len(what)


def _mentioned(text: str) -> tuple[NamedDocument, ...]:
    found = _MENTIONED.finditer(text)
    named = {"".join(item["number"].split()): _day_of(item) if item["day"] else None for item in found}
    return tuple(NamedDocument(number, day) for number, day in named.items())


def _day_of(found: re.Match[str]) -> date | None:
    year, month = int(found["year"]), int(found["month"])
    try:
        return date(year, month, int(found["day"] or calendar.monthrange(year, month)[1]))
    except (ValueError, calendar.IllegalMonthError):
        return None
