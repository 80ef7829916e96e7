"""Figures counted from the register: each indicator that organisations, reports and ratings can tell.

A counted figure carries the definition "register" and never joins a published line by itself: an officer
marks it official first. What cannot be counted is None with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.measure_list import FROM_REPORTS, RULES
from models.measure_rules import Counted, Group, evaluate
from models.reading import read_places
from models.register_groups import read_groups
from models.register_places import Chosen, choose_place

REGISTER = "register"
GroupsOf = Callable[[Chosen, int, Callable[[int], list[Group]]], list[Group]]


@dataclass(frozen=True, slots=True)
class Measure:
    """One indicator counted from the register at the end of a year; `coverage` 0 to 100, `note` for readers.

    `value` is None when it cannot be counted and `note` then says why. Shares run from 0 to 100.
    """

    indicator: str
    place: str
    year: int
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    coverage: float | None = None
    definition: str = REGISTER
    note: str = ""

    @property
    def period_end(self) -> date:
        """The day the figure is about."""
        return date(self.year, 12, 31)


def measurable() -> tuple[str, ...]:
    """The codes of every indicator that the register can tell."""
    return tuple(RULES)


def read_measures(
    session: Session,
    place: str,
    year: int,
    *,
    indicators: Collection[str] | None = None,
    demo: bool = False,
    recorded_at: datetime | None = None,
    groups_of: GroupsOf | None = None,
) -> dict[str, Measure]:
    """Count the register of one place at the end of a year, by indicator in a stable order.

    `place` is a slug and stands for its own boundary: a merged place asked for an earlier year needs the
    lists of all its parts, a former place asked for a later year needs to know where each organisation lay.
    Official figures never see invented organisations; `demo` counts those alone. `recorded_at` looks from a
    frozen instant. `groups_of` gives the groups of a year that somebody keeps: a year is asked for with the year
    before it. Raises KeyError for an unknown place.
    """
    rules = {code: rule for code, rule in RULES.items() if indicators is None or code in indicators}
    places = read_places(session)
    chosen = choose_place(session, places, place, year, demo=demo, recorded_at=recorded_at)
    if chosen.reason:
        return {code: Measure(code, place, year, None, note=chosen.reason) for code in rules}

    def read(when: int) -> list[Group]:
        return [group for _, group in read_groups(session, chosen.ids, when, demo=demo, recorded_at=recorded_at)]

    groups, before = (groups_of(chosen, when, read) if groups_of else read(when) for when in (year, year - 1))
    estimates = sum(group.count for group in groups if group.is_estimate)
    return {
        code: as_measure(code, place, year, counted, chosen.note, estimates)
        for code, counted in evaluate(rules, groups, before)
    }


def as_measure(code: str, place: str, year: int, counted: Counted, note: str = "", estimates: int = 0) -> Measure:
    """A counted figure with its remark: what part of the organisations it rests on, and what else to know."""
    remarks = [counted.reason]
    if counted.value is not None:
        if counted.covered < counted.total:
            remarks.append(f"Dựa trên {counted.covered}/{counted.total} tổ chức có ghi; phần còn lại chưa biết.")
        remarks.append(note)
        remarks.append(f"Gồm {estimates} báo cáo ước." if estimates and code in FROM_REPORTS else "")
    return Measure(
        indicator=code,
        place=place,
        year=year,
        value=counted.value,
        numerator=counted.numerator,
        denominator=counted.denominator,
        coverage=counted.coverage,
        note=" ".join(filter(None, remarks)),
    )
