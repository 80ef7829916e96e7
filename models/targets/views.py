"""From where one looks, and what one sees: plain values that screens, exports and papers share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.gaps.gap import Gap
from models.places.agency import AgencySuccession
from models.places.place_life import PlaceView
from models.targets.indicator import Indicator
from models.targets.programme import Programme


@dataclass(frozen=True, slots=True)
class Moment:
    """From where one looks: gaps as of a day, values known up to a day, rows stored up to an instant."""

    as_of: date
    known_on: date
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as named then, and who does its work on the day one looks (`main` first, then parts)."""

    code: str
    name: str
    short_name: str
    level: str
    kind: str
    valid_from: date | None
    valid_to: date | None
    remark: str
    successions: tuple[AgencySuccession, ...]

    def main_succession(self, on: date) -> AgencySuccession | None:
        """The succession of the main part of its work, when it has happened by that day."""
        return next((link for link in self.successions if link.effective_on <= on), None)


@dataclass(frozen=True, slots=True)
class GapView:
    """One promise (or, without a target, one indicator of a programme that sets none) and its gap."""

    key: str
    place: str
    programme: str
    indicator: str
    position: int
    gap: Gap
    amended_on: date | None = None
    amended_by: str | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Names that rows carry beside their codes."""

    places: Mapping[str, PlaceView]
    indicators: Mapping[str, Indicator]
    programmes: Mapping[str, Programme]
