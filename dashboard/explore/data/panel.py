"""The panel of a choice of places and indicators, built once a data version where it is small enough to keep."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.db.cache import remembered
from dashboard.db.published import value_counts
from dashboard.db.read_session import repository
from dashboard.explore.panel import panel_frame
from models.rows import gap_rows, observation_rows
from models.targets.reading import Moment
from models.targets.views import Names

MOST_KEPT = 20_000  # values: some 20 MB as a frame; a larger one is built for whoever asks


@dataclass(frozen=True, slots=True)
class PanelChoice:
    """What a reader chose; empty means all, `years` are the first and the last of the dates."""

    horizon: int
    places: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)


def panel_of(moment: Moment, choice: PanelChoice) -> pd.DataFrame:
    """The rows of a choice within the viewer's places; years leave out the promises that have no value yet."""
    if sum(value_counts(moment).values()) > MOST_KEPT:
        frame = _read(moment, choice)
    else:
        whole = PanelChoice(choice.horizon)
        with repository().session() as session:
            frame = remembered(session, ("panel", moment, choice.horizon), lambda: _read(moment, whole))
        for column, chosen in (("place", choice.places), ("indicator", choice.indicators)):
            frame = frame[frame[column].isin(chosen)] if chosen else frame
    first, last = choice.years
    if first is None and last is None:
        return frame
    dated = frame[frame["period_end"].notna()]
    years = dated["period_end"].map(lambda day: day.year)
    return dated[(years >= (first or years.min())) & (years <= (last or years.max()))]


def horizons_of(moment: Moment) -> list[int]:
    """The years that somebody promised for."""
    return sorted({view.gap.target.horizon for view in repository().snapshot(moment).gaps if view.gap.target})


def _read(moment: Moment, choice: PanelChoice) -> pd.DataFrame:
    seen = repository().snapshot(moment)
    views = [
        view
        for view in seen.gaps_in_force
        if view.gap.target is not None
        and view.gap.target.horizon == choice.horizon
        and (not choice.places or view.place in choice.places)
        and (not choice.indicators or view.indicator in choice.indicators)
    ]
    with repository().session() as session:
        values = observation_rows(session, moment, {"place": choice.places, "indicator": choice.indicators})
        promises = gap_rows(session, moment, views, Names(seen.places, seen.indicators, seen.programmes))
    return panel_frame(values, views, promises)
