"""What the rating page shows, as plain values; every share keeps its numerator and denominator."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from dashboard.register.values import OrganizationLine
from models.register.organization import RatingClass

CLASSES = (RatingClass.GOOD, RatingClass.FAIR, RatingClass.AVERAGE, RatingClass.WEAK)
WORST_FIRST = (*reversed(CLASSES), RatingClass.NOT_RATED)


@dataclass(frozen=True, slots=True)
class RatingFilter:
    """Which ratings: one year of one scheme, so that two ratings of one organisation are never added."""

    year: int
    scheme: str
    place: str = ""
    sector: str = ""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many stand in each class, and how many stood to be rated at the end of that year."""

    label: str
    counts: Counter[str]
    eligible: int

    @property
    def rated(self) -> int:
        """How many have a class; not rated is not a class."""
        return sum(self.counts[name] for name in CLASSES)

    @property
    def good_or_fair(self) -> int:
        """How many are good or fair."""
        return self.counts[RatingClass.GOOD] + self.counts[RatingClass.FAIR]

    @property
    def silent(self) -> int:
        """How many stood to be rated and have no result at all; never below zero."""
        return max(0, self.eligible - self.rated - self.counts[RatingClass.NOT_RATED])

    @property
    def share(self) -> float | None:
        """Good and fair in percent of the rated; None while nobody is rated."""
        return 100 * self.good_or_fair / self.rated if self.rated else None

    @property
    def coverage(self) -> float | None:
        """The rated in percent of those who stood to be rated."""
        return 100 * self.rated / self.eligible if self.eligible else None


@dataclass(frozen=True, slots=True)
class RatedOrganization:
    """One organisation with its class, and the class of the year before where there is one."""

    line: OrganizationLine
    now: str
    before: str | None
    points: float | None


@dataclass(frozen=True, slots=True)
class RatingsPage:
    """One year of one scheme, narrowed by place and sector, beside the other years."""

    chosen: RatingFilter
    years: tuple[int, ...]
    schemes: tuple[str, ...]
    tally: Tally
    reasons: tuple[tuple[str, int], ...]
    by_year: tuple[Tally, ...]
    by_place: tuple[Tally, ...]
    by_sector: tuple[Tally, ...]
    previous: int | None
    moves: tuple[tuple[str, str, int], ...]
    movers: tuple[RatedOrganization, ...]
    weak: tuple[RatedOrganization, ...]
    weak_count: int
    contradicting: int
