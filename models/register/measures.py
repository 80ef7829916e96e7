"""Figures counted from the register: each indicator that organisations, reports and ratings can tell.

A counted figure carries the definition "register" and never joins a published line by itself: an officer
marks it official first. What cannot be counted is None with the reason.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from models.register.measure_list import ESTIMATED, FROM_REPORTS, RULES
from models.register.measure_rules import Counted
from models.register.register_places import choose_place
from models.register.register_tallies import Keep, Tallies, read_anew
from models.targets.reading import read_places

REGISTER = "register"


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


def read_measures(
    session: Session,
    place: str,
    year: int,
    *,
    indicators: Collection[str] | None = None,
    demo: bool = False,
    recorded_at: datetime | None = None,
    keep: Keep = read_anew,
) -> dict[str, Measure]:
    """Count the register of one place at the end of a year, by indicator in a stable order.

    `place` is a slug and stands for its own boundary: a merged place asked for an earlier year needs the
    lists of all its parts, a former place asked for a later year needs to know where each organisation lay.
    Official figures never see invented organisations; `demo` counts those alone. `recorded_at` looks from a
    frozen instant. `keep` gives what somebody keeps of a year: each is asked for with the year before it.
    Raises KeyError for an unknown place.
    """
    rules = {code: rule for code, rule in RULES.items() if indicators is None or code in indicators}
    places = read_places(session)
    read = Tallies(session, demo, recorded_at, keep)
    chosen = choose_place(
        session, places, place, year, demo=demo, recorded_at=recorded_at, stated=lambda: read.stated(year)
    )
    if chosen.reason:
        return {code: Measure(code, place, year, None, note=chosen.reason) for code in rules}
    now = read.now(chosen, place, year)
    is_growth = any(rule.before for rule in rules.values())
    before = read.before(chosen, place, year - 1) if is_growth else {}
    estimates = int(now[ESTIMATED][0])
    return {
        code: as_measure(code, place, year, rule.tell(now, before), chosen.note, estimates)
        for code, rule in rules.items()
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
