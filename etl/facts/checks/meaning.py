"""Checks that one entry of a decision does not say two things: figure and wording, office and day, two decisions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.facts.checks.known import DefinedCodes
from etl.facts.facts_reader import Facts, ProgrammeFacts
from etl.facts.programme_schema import TargetEntry
from etl.facts.shape import Located
from etl.parsing.issues import Issue
from models.base.day_text import day_text
from models.base.text import fold
from models.gaps.promise import Comparator
from models.tasks.deadline import read_deadline

_FIGURE = re.compile(r"\d+(?:\.\d{3})*(?:,\d+)?")
_STRENGTH = re.compile(r"\b(it nhat|toi thieu|tren|khoang|duoi|khong qua|toi da)\s+\d")
_MEANS: dict[str, tuple[Comparator, ...]] = {
    "it nhat": (Comparator.AT_LEAST,),
    "toi thieu": (Comparator.AT_LEAST,),
    "tren": (Comparator.MORE_THAN,),
    "khoang": (Comparator.ABOUT, Comparator.RANGE),
    "duoi": (Comparator.LESS_THAN,),
    "khong qua": (Comparator.AT_MOST,),
    "toi da": (Comparator.AT_MOST,),
}
_UPWARDS = (Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.RANGE, Comparator.ABOUT)
_DOWNWARDS = (Comparator.LESS_THAN, Comparator.AT_MOST)
_WITHOUT_FIGURE = {"deu": 100.0, "khong con": 0.0}


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what contradicts itself in the decisions, and what two decisions promise without naming each other."""
    for programme in facts.programmes:
        for target in programme.targets:
            yield from _figure(target)
            yield from _strength(target)
            yield from _direction(target, known)
        yield from _reporting_day(programme)
        yield from _offices(programme, facts)
    yield from _promised_twice(facts)


def check_days(facts: Facts, today: date) -> Iterator[Issue]:
    """Yield documents and publications of days to come: a slip in the year, by which they would be shown nowhere."""
    dated: list[tuple[Located[Any], str, date | None]] = [
        (programme.head, "document", programme.head.value.document.issued_on) for programme in facts.programmes
    ]
    dated += [(row, "published_on", row.value.published_on) for row in facts.figures]
    dated += [(row, "corrected_on", row.value.corrected_on) for row in facts.corrections]
    dated += [(row, "decided_on", row.value.decided_on) for row in facts.judgements]
    for row, field, day in dated:
        if day is not None and day > today:
            yield row.issue(f"ngày {day_text(day)} ở sau hôm nay, {day_text(today)}", "Sửa ngày", field)


def _figure(row: Located[TargetEntry]) -> Iterator[Issue]:
    """The figure stands in the wording as printed, unless a note says how it was converted."""
    target, wording = row.value, fold(row.value.wording)
    printed = {float(text.replace(".", "").replace(",", ".")) for text in _FIGURE.findall(target.wording)}
    printed |= {figure for words, figure in _WITHOUT_FIGURE.items() if re.search(rf"\b{words}\b", wording)}
    for field, figure in (("low", target.low), ("high", target.high)):
        if figure is not None and figure not in printed and not target.note:
            what = f'lời cam kết "{target.wording}" không có con số {figure:.15g} ghi ở "{field}"'
            yield row.issue(what, f"Sửa {field} hoặc wording; nếu đã đổi đơn vị thì ghi cách đổi ở note", field)


def _strength(row: Located[TargetEntry]) -> Iterator[Issue]:
    found = _STRENGTH.search(fold(row.value.wording))
    allowed = _MEANS[found[1]] if found else ()
    if found and row.value.comparator not in allowed:
        what = f'lời cam kết "{row.value.wording}" khác "{row.value.comparator}"'
        yield row.issue(what, f"Ghi comparator: {' hoặc '.join(allowed)}, hoặc sửa wording", "comparator")


def _direction(row: Located[TargetEntry], known: DefinedCodes) -> Iterator[Issue]:
    indicator = known.indicators.get(row.value.indicator)
    if indicator is None:
        return
    wrong = {"lower": _UPWARDS, "higher": _DOWNWARDS}.get(indicator.direction, ())
    if row.value.comparator in wrong:
        better = "càng thấp càng tốt" if indicator.direction == "lower" else "càng cao càng tốt"
        what = f'"{row.value.comparator}" trái chiều của chỉ tiêu "{indicator.code}" ({better})'
        yield row.issue(what, "Sửa comparator, hoặc direction trong indicators.yaml", "comparator")


def _reporting_day(programme: ProgrammeFacts) -> Iterator[Issue]:
    reporting = programme.head.value.reporting
    printed = read_deadline(reporting.text) if reporting else None
    due = printed.turns[-1].due if printed and printed.turns else None
    if reporting and due and due != (reporting.month, reporting.last_day):
        month, day = due
        what = (
            f'"{reporting.text}" có nghĩa là hết ngày {day}/{month}, không phải {reporting.last_day}/{reporting.month}'
        )
        yield programme.head.issue(what, f"Ghi month: {month}, last_day: {day}", "reporting")


def _offices(programme: ProgrammeFacts, facts: Facts) -> Iterator[Issue]:
    """An office that did not exist on the day of the decision cannot be named by it."""
    lives = {row.value.code: row.value for row in facts.agencies}
    issued = programme.head.value.document.issued_on
    rows: list[Located[Any]] = [*programme.tasks, *programme.duties]
    named = [
        (row, field, code) for row in rows for field in ("leads", "coordinators") for code in getattr(row.value, field)
    ]
    head = programme.head.value
    named += [(programme.head, "reporting", head.reporting.to)] if head.reporting else []
    named += [(programme.head, "document", head.document.issuer)] if head.document.issuer else []
    for row, field, code in named:
        agency = lives.get(code)
        if agency is not None and not _lived(agency.valid_from, agency.valid_to, issued):
            what = f'"{agency.name}" không tồn tại vào ngày ban hành {day_text(issued)}'
            yield row.issue(what, f"Ghi cơ quan mang tên in trong văn bản ({field})", field)


def _lived(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _promised_twice(facts: Facts) -> Iterator[Issue]:
    """Two decisions of one place that promise the same thing: the later one must name what it replaces."""
    ordered = sorted(facts.programmes, key=lambda programme: programme.head.value.document.issued_on)
    earlier: dict[tuple[object, ...], str] = {}
    for programme in ordered:
        head = programme.head.value
        for row in programme.targets:
            target = row.value
            key = (head.place, target.indicator, target.definition, target.horizon)
            older = earlier.get(key)
            if older is not None and not older.startswith(f"{head.slug}/") and target.amends is None:
                what = f'địa bàn này đã có cam kết "{older}" về cùng chỉ tiêu, cách tính và mốc'
                yield row.issue(what, f'Ghi amends: "{older}" nếu văn bản này thay con số đó; nếu không, xem lại mốc')
            earlier[key] = f"{head.slug}/{target.indicator}/{target.horizon}"
