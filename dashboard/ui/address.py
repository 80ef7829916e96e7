"""What the address bar says: horizon, filters and as-known-on date, read strictly and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import quote, urlencode

from dashboard.ui.arguments import first, read_day
from models.base.day_limits import day_to_look_from
from models.targets.reading import Moment

HORIZONS = (2030, 2045)


@dataclass(frozen=True, slots=True)
class View:
    """The part of an address that every page shares."""

    moment: Moment
    horizon: int
    is_today: bool

    @property
    def recorded_at(self) -> datetime | None:
        """The end of the day one looks from, on this machine's clock: what was stored later is left out. None today."""
        return None if self.is_today else datetime.combine(self.moment.known_on, time.max).astimezone()

    def query(self, **more: object) -> str:
        """The query string that keeps this view, with `more` added; a list repeats its name, nothing said is empty."""
        parts: dict[str, object] = {}
        if self.horizon != HORIZONS[0]:
            parts["nam"] = self.horizon
        if not self.is_today:
            parts["biet-den"] = self.moment.known_on.isoformat()
        parts.update({name.replace("_", "-"): value for name, value in more.items() if value})
        return "?" + urlencode(parts, doseq=True) if parts else ""

    def link(self, path: str, **more: object) -> str:
        """A path that keeps this view; places and codes are quoted."""
        return quote(path) + self.query(**more)

    def at_horizon(self, horizon: int) -> View:
        """The same view of another horizon."""
        return View(self.moment, horizon, self.is_today)


def read_view(args: Mapping[str, object], today: date) -> View:
    """Read the shared part of an address; what cannot be understood falls back to today and 2030.

    A day in the future counts as today, one before the first day of models/base/day_limits.py as that one.
    """
    known_on = day_to_look_from(read_day(args.get("biet-den")) or today, today)
    horizon = {str(year): year for year in HORIZONS}.get(first(args.get("nam")), HORIZONS[0])
    return View(
        Moment(as_of=known_on, known_on=known_on),
        horizon,
        known_on == today,
    )
