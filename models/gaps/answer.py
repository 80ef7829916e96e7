"""The answer about one promise: status, flags and every input that decided them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from models.gaps.promise import Direction, TargetRecord
from models.gaps.series import Point, Series


class Status(StrEnum):
    """The answer, worst first; `no_target` stands outside the order."""

    MISSED = "missed"
    MOVING_AWAY = "moving_away"
    AT_RISK = "at_risk"
    SLOW = "slow"
    SHORT_SERIES = "short_series"
    NO_DATA = "no_data"
    NOT_COMPARABLE = "not_comparable"
    ON_TRACK = "on_track"
    REACHED = "reached"
    NO_TARGET = "no_target"


WORST_FIRST: tuple[Status, ...] = tuple(Status)
STATUS_WORDS: dict[Status, str] = {
    Status.MISSED: "Không đạt",
    Status.MOVING_AWAY: "Đi lùi",
    Status.AT_RISK: "Nguy cơ không đạt",
    Status.SLOW: "Chậm",
    Status.SHORT_SERIES: "Chưa đủ chuỗi số liệu",
    Status.NO_DATA: "Chưa có số liệu",
    Status.NOT_COMPARABLE: "Không so sánh được",
    Status.ON_TRACK: "Đúng tiến độ",
    Status.REACHED: "Đạt",
    Status.NO_TARGET: "Không giao chỉ tiêu",
}


class Flag(StrEnum):
    """What a reader must know beside the status."""

    SLIPPING = "slipping"
    STALE = "stale"
    ESTIMATE = "estimate"
    DISPUTED = "disputed"
    TERRITORY_ENDED = "territory_ended"
    AWAITING_FINAL = "awaiting_final"
    BEFORE_PROGRAMME = "before_programme"
    ABOVE_RANGE = "above_range"
    OFFICIAL = "official"


@dataclass(frozen=True, slots=True)
class YearResult:
    """Whether an `annual` promise held in one closed year; `held` is None when the year has no value."""

    year: int
    point: Point | None
    held: bool | None


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a place is from one promise, with every input that decided the status.

    `gap` is in the target's unit, negative while something is still missing. `percent` is of the
    target, `percent_of_distance` of the way from the baseline, `percent_of_time` of the time from
    the programme's issue to the horizon; all three run from 0 to 100 and may pass it.
    `needed_per_year` and `actual_per_year` carry the sign of the change. None means "not known".
    """

    target: TargetRecord | None
    status: Status
    direction: Direction = Direction.HIGHER
    flags: tuple[Flag, ...] = ()
    latest: Point | None = None
    value: float | None = None
    goal: float | None = None
    floor: float | None = None
    gap: float | None = None
    percent: float | None = None
    percent_of_distance: float | None = None
    percent_of_time: float | None = None
    years_left: float | None = None
    needed_per_year: float | None = None
    actual_per_year: float | None = None
    last_change_per_year: float | None = None
    ratio: float | None = None
    baseline: Point | None = None
    pace_points: tuple[Point, ...] = ()
    years: tuple[YearResult, ...] = ()
    age_days: int | None = None
    as_of: date | None = None
    thresholds_version: str = ""
    series: Series = field(default_factory=Series)

    @property
    def years_held(self) -> int:
        """In how many closed years with a value an `annual` promise held."""
        return sum(1 for year in self.years if year.held)

    @property
    def years_known(self) -> int:
        """How many closed years since the programme have a value."""
        return sum(1 for year in self.years if year.point is not None)


def worst_first(gap: Gap) -> tuple[int, float]:
    """Sort key: the worst status first, within one status the smaller percent of target first."""
    return WORST_FIRST.index(gap.status), _attained(gap)


def _attained(gap: Gap) -> float:
    """How much of the promise is fulfilled, in percent, whichever way is better; unknown stands last."""
    if gap.percent is None:
        return float("inf")
    if gap.direction is Direction.HIGHER:
        return gap.percent
    return 10_000 / gap.percent if gap.percent > 0 else float("inf")


def share_of_all(nested: float, group: float) -> float:
    """The other reading of "trong đó": the nested share (0-100, of the group) as a share of all (0-100)."""
    return nested * group / 100
