"""What changed in one promise between two moments, split by cause; the parts add up exactly to the change.

Pure functions over the two answers. The causes are told apart by what moved: the promise itself, the area, the
definition, the value that counts, or only what is known about the same period.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from models.gaps.answer import Gap, Status
from models.gaps.series import Point


class Cause(StrEnum):
    """Why a value or a status is not what it was."""

    REAL = "real"
    REPORT = "report"
    RECLASSIFIED = "reclassified"
    TERRITORY = "territory"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Part:
    """A share of the change, in the promise's unit."""

    cause: Cause
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Change:
    """One promise at two moments. `parts` sum exactly to `amount`; without two values there is no amount.

    `cause` is the one that explains most: of the parts the largest, else what else moved (status only).
    """

    key: str
    before: Gap
    now: Gap
    parts: tuple[Part, ...]
    cause: Cause

    @property
    def amount(self) -> Fraction | None:
        """The whole change of the value, exact; None when the value came or went."""
        if self.before.value is None or self.now.value is None:
            return None
        return Fraction(self.now.value) - Fraction(self.before.value)

    @property
    def status_changed(self) -> bool:
        """Whether the word beside the promise is another one."""
        return self.before.status is not self.now.status


def compare(key: str, before: Gap, now: Gap, *, known_by: date) -> Change | None:
    """The change of one promise, or None when neither value nor status moved.

    `known_by` is the earlier moment's day of knowledge: a value about a time before it that was not known then is a
    late report, however much it moves the figure.
    """
    if before.value == now.value and before.status is now.status:
        return None
    parts = _parts(before, now, known_by)
    return Change(key, before, now, parts, _main_cause(before, now, parts, known_by))


def compare_all(before: dict[str, Gap], now: dict[str, Gap], *, known_by: date) -> list[Change]:
    """The changes of the promises that stand at both moments, in the order of the later one."""
    found = [compare(key, before[key], gap, known_by=known_by) for key, gap in now.items() if key in before]
    return [change for change in found if change is not None]


def _parts(before: Gap, now: Gap, known_by: date) -> tuple[Part, ...]:
    """Walk from the old value to the new one: what is corrected, what came late, what grew."""
    if before.value is None or now.value is None or before.latest is None or now.latest is None:
        return ()
    if before.value == now.value:
        return ()
    cause = _structural(before, now)
    if cause is not None:
        return (_part(cause, before.value, now.value),)
    if _is_mean(before) or _is_mean(now):
        return (_part(_plain_cause(before, now, known_by), before.value, now.value),)
    parts, value = [], before.value
    for cause, point in _steps(before.latest, now, known_by):
        parts.append(_part(cause, value, point.value))
        value = point.value
    parts.append(_part(_plain_cause(before, now, known_by), value, now.value))
    return tuple(part for part in parts if part.amount != 0)


def _steps(old: Point, now: Gap, known_by: date) -> Iterator[tuple[Cause, Point]]:
    """The stops between the value that counted then and the one that counts now."""
    latest_on = now.latest.period_end if now.latest else date.min
    known_now = [point for point in now.series.points if point.period_end < latest_on]
    same = next((point for point in known_now if point.period_end == old.period_end), None)
    if same is not None:
        yield _correction_cause(old, same), same
    late = [point for point in known_now if old.period_end < point.period_end <= known_by]
    if late:
        yield Cause.REPORT, late[-1]


def _part(cause: Cause, start: float, end: float) -> Part:
    return Part(cause, Fraction(end) - Fraction(start))


def _structural(before: Gap, now: Gap) -> Cause | None:
    """A change of area or definition cannot be split: the two values do not speak of the same thing."""
    old, new = before.target, now.target
    if old is not None and new is not None and (old.place, old.place_ended_on) != (new.place, new.place_ended_on):
        return Cause.TERRITORY
    if old is not None and new is not None and old.definition != new.definition:
        return Cause.DEFINITION
    if before.latest is not None and now.latest is not None and before.latest.definition != now.latest.definition:
        return Cause.DEFINITION
    return None


def _is_mean(gap: Gap) -> bool:
    """A mean of years is not the value of one period."""
    return gap.latest is not None and gap.value != gap.latest.value


def _correction_cause(old: Point, new: Point) -> Cause:
    """A corrected record is a report; where another record or another official value counts, it is a reclassification.

    A record is told by its key.
    """
    if old.official_because != new.official_because or (old.key and new.key and old.key != new.key):
        return Cause.RECLASSIFIED
    return Cause.REPORT


def _plain_cause(before: Gap, now: Gap, known_by: date) -> Cause:
    """A newer period is a real change, unless it was over and simply not yet reported when one last looked."""
    new = now.latest
    if before.latest is None or new is None:
        return Cause.REPORT
    if new.period_end == before.latest.period_end:
        return _correction_cause(before.latest, new)
    if new.period_end < before.latest.period_end:
        return Cause.RECLASSIFIED
    return Cause.REPORT if new.period_end <= known_by else Cause.REAL


def _main_cause(before: Gap, now: Gap, parts: tuple[Part, ...], known_by: date) -> Cause:
    if parts:
        return max(parts, key=lambda part: abs(part.amount)).cause
    structural = _structural(before, now)
    if structural is not None:
        return structural
    if before.target != now.target:
        return Cause.RECLASSIFIED
    if Status.NOT_COMPARABLE in (before.status, now.status):
        return Cause.DEFINITION
    return _cause_of_status(before, now, known_by)


def _cause_of_status(before: Gap, now: Gap, known_by: date) -> Cause:
    """The value stands and only the word moved: new points of the past came in, or a horizon or a year went by."""
    if before.value is None or now.value is None:
        point = now.latest or before.latest
        return Cause.REAL if point is not None and point.period_end > known_by else Cause.REPORT
    known = {(p.period_end, p.value) for p in before.series.points}
    return Cause.REPORT if any((p.period_end, p.value) not in known for p in now.series.points) else Cause.REAL
