"""What a choice holds: its places and indicators, and the tidy frame of them with the words that figures write."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

import pandas as pd

from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.choice import Choice, PlaceGroup
from dashboard.explore.data.panel import PanelChoice, panel_of
from dashboard.targets.parts.source_note import definition_name
from dashboard.ui import words
from models.config.settings import ROOT
from models.gaps.answer import Status
from models.gaps.promise import Comparator
from models.places.place import COUNTRY
from models.places.place_life import PlaceView
from models.targets.reading import GapView

SHOWN_LEVELS = ("country", "province")
ORDER = [status.value for status in Status]


@dataclass(frozen=True, slots=True)
class Explored:
    """A choice with what it means: `frame` has one row a place, indicator, definition and date (see panel_frame)."""

    choice: Choice
    horizon: int
    places: tuple[str, ...]
    indicators: tuple[str, ...]
    frame: pd.DataFrame

    @property
    def promises(self) -> pd.DataFrame:
        """One row a promise, with the value that decided its status or without one."""
        return self.frame[self.frame["status"].notna()]

    @property
    def values(self) -> pd.DataFrame:
        """The rows with a value within the chosen years."""
        first, last = self.choice.years
        dated = self.frame[self.frame["value"].notna()]
        years = dated["period_end"].map(lambda day: day.year)
        return dated[(years >= (first or 0)) & (years <= (last or 9999))] if first or last else dated

    @property
    def lines(self) -> pd.DataFrame:
        """The values that lines are drawn of."""
        return self.values.loc[[self.is_drawn_in_lines(slug) for slug in self.values["place"]]]

    def is_drawn_in_lines(self, place: str) -> bool:
        """The whole country would press provinces flat: it stands beside them only where somebody ticked it."""
        return place != COUNTRY or place in self.choice.places or self.places == (COUNTRY,)


def explore(snapshot: Snapshot, choice: Choice, horizon: int) -> Explored:
    """The frame of a choice; without indicators those that the places promised, else those with a value there."""
    places = places_of(snapshot, choice, horizon)
    promised = [view for view in _promised(snapshot, horizon) if view.place in places]
    indicators = choice.indicators or tuple(dict.fromkeys(view.indicator for view in promised))
    frame = panel_of(snapshot.moment, PanelChoice(horizon, places or ("",), indicators))
    order = {code: index for index, code in enumerate(snapshot.indicators)}
    kept = sorted(indicators or frame["indicator"].unique(), key=lambda code: order[code])
    return Explored(choice, horizon, places, tuple(kept), with_words(frame, snapshot))


def is_known(snapshot: Snapshot, choice: Choice) -> bool:
    """Whether every code of the choice is one of ours."""
    places, indicators = {*choice.places, choice.place} - {""}, {*choice.indicators, choice.indicator} - {""}
    return places <= set(snapshot.places) and indicators <= set(snapshot.indicators)


def places_of(snapshot: Snapshot, choice: Choice, horizon: int) -> tuple[str, ...]:
    """The places meant, the country first: those ticked with those of the group, else those with a promise."""
    meant = {*choice.places, *_of_group(snapshot, choice)}
    if not meant:
        meant = {view.place for view in _promised(snapshot, horizon)}
    return tuple(slug for slug in choosable(snapshot) if slug in meant)


def choosable(snapshot: Snapshot) -> list[str]:
    """The country, then provinces by name, those of today before former ones."""
    shown = [place for place in snapshot.places.values() if place.level in SHOWN_LEVELS]
    return [place.slug for place in sorted(shown, key=lambda p: (p.slug != COUNTRY, p.valid_to is not None, p.name))]


def is_former(place: PlaceView) -> bool:
    """Whether a province is one of the 63 until 30/6/2025."""
    return place.level == "province" and (place.valid_to is not None or not place.predecessors)


def is_of_today(place: PlaceView) -> bool:
    """Whether a province is one of the 34 of today."""
    return place.level == "province" and place.valid_to is None


def regions(snapshot: Snapshot) -> dict[str, str]:
    """The region of each province by slug; a former province stands in the region of what it became."""
    by_code = _regions_by_code()
    today = {slug: by_code.get(place.code or "", "") for slug, place in snapshot.places.items() if is_of_today(place)}
    former = {slug: today.get(place.successors[0], "") for slug, place in snapshot.places.items() if place.successors}
    return today | former


def _of_group(snapshot: Snapshot, choice: Choice) -> set[str]:
    is_meant = is_former if choice.group in (PlaceGroup.FORMER, PlaceGroup.REGION_FORMER) else is_of_today
    found = {slug for slug, place in snapshot.places.items() if is_meant(place)}
    if choice.group is PlaceGroup.TICKED:
        return set()
    if choice.group in (PlaceGroup.TODAY, PlaceGroup.FORMER):
        return found
    of = regions(snapshot)
    wanted = {of.get(slug, "") for slug in choice.places} - {""}
    return {slug for slug in found if of.get(slug) in wanted}


def _promised(snapshot: Snapshot, horizon: int) -> list[GapView]:
    return [
        view
        for view in snapshot.gaps_in_force
        if view.gap.target is not None
        and view.gap.target.horizon == horizon
        and snapshot.places[view.place].level in SHOWN_LEVELS
    ]


@cache
def _regions_by_code() -> dict[str, str]:
    with (ROOT / "data" / "regions.csv").open(encoding="utf-8", newline="") as lines:
        return {row["code"]: row["region"] for row in csv.DictReader(lines)}


def with_words(frame: pd.DataFrame, snapshot: Snapshot) -> pd.DataFrame:
    """The frame with what figures write beside codes: short names, the promise, the definition, the day."""
    rows: list[dict[str, Any]] = [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
    indicators = snapshot.indicators
    return frame.assign(
        short_name=[indicators[row["indicator"]].short_name for row in rows],
        definition_name=[definition_name(indicators[row["indicator"]], row["definition"]) for row in rows],
        goal=pd.Series([_goal(row) for row in rows], index=frame.index, dtype=object),
        goal_text=[_goal_text(row) for row in rows],
        period_text=[words.day(row["period_end"]) for row in rows],
    )


def differing(promises: pd.DataFrame) -> set[str]:
    """The indicators whose values are counted by different definitions in these places: not to be ranked."""
    measured = promises[promises["value"].notna()]
    counts: Mapping[str, int] = measured.groupby("indicator")["definition"].nunique().to_dict()
    return {code for code, count in counts.items() if count > 1}


def worst_first(promises: pd.DataFrame) -> pd.DataFrame:
    """Promises by status, the worst first, within one status by how much of the promise is fulfilled."""
    rank = promises["status"].map(ORDER.index)
    shares = pd.to_numeric(promises["percent"]).fillna(float("inf"))
    return promises.assign(rank=rank, shares=shares).sort_values(["rank", "shares"], kind="stable")


def counted_statuses(promises: pd.DataFrame) -> list[tuple[Status, int]]:
    """How many promises stand where, worst first."""
    counts = promises["status"].value_counts().to_dict()
    return [(status, counts[status.value]) for status in Status if status.value in counts]


def years_of(frame: pd.DataFrame) -> list[int]:
    """The years that have a value."""
    return sorted({day.year for day in chain(frame["period_end"].dropna())})


def _goal(row: Mapping[str, Any]) -> float | None:
    if row["comparator"] is None:
        return None
    is_ceiling = row["comparator"] in (Comparator.LESS_THAN, Comparator.AT_MOST)
    goal: float | None = row["high"] if is_ceiling else row["low"]
    return goal


def _goal_text(row: Mapping[str, Any]) -> str:
    if row["comparator"] is None:
        return ""
    return words.goal_sign(Comparator(row["comparator"]), row["low"], row["high"])
