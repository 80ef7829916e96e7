"""Plain values from the tables, as known at one moment: what screens, exports and papers all read.

Nothing that leaves this module is tied to a session. A `Moment` says from where one looks: the day
gaps are measured at, the day up to which values count as known, and (for a frozen meeting) the
instant up to which rows count as stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from models.base.facts import Fact, in_force
from models.gaps.gap import Flag, measure_gap
from models.gaps.promise import Direction, Thresholds
from models.gaps.series import Elsewhere, Judgement, Series, comparable_series
from models.places.agency import Agency, AgencySuccession
from models.places.place import Place, PlaceSuccession
from models.places.place_life import PlaceView
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.observation import Observation, SeriesBreak, SeriesJudgement
from models.targets.official import OfficialValue
from models.targets.official_reading import read_officials, with_officials, without_rivals
from models.targets.programme import Programme, QualitativePromise, Target
from models.targets.stored import newest_points, point_of, read_newest, read_points, target_record
from models.targets.views import AgencyView, GapView, Moment

__all__ = [
    "OTHER_AREA",
    "AgencyView",
    "GapView",
    "Moment",
    "PlaceView",
    "current",
    "detached",
    "known_values",
    "point_of",
    "read_agencies",
    "read_gaps",
    "read_indicators",
    "read_observations",
    "read_places",
    "read_programmes",
    "read_promises",
    "read_thresholds",
    "target_record",
    "thresholds_of",
]
OTHER_AREA = "other_area"
PLACE_COLUMNS = ("slug", "name", "level", "code", "place_type", "valid_from", "valid_to", "legal_basis")  # as PlaceView
RowT = TypeVar("RowT", bound=SQLModel)
FactT = TypeVar("FactT", bound=Fact)


def current(model: type[FactT], moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the rows of a fact table in force at the moment."""
    return in_force(model, moment.recorded_at)


def read_places(session: Session) -> dict[str, PlaceView]:
    """Every place by slug, with its predecessors and successors."""
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for link in session.scalars(select(PlaceSuccession).order_by(col(PlaceSuccession.predecessor))):
        before[link.successor].append(link.predecessor)
        after[link.predecessor].append(link.successor)
    columns = [getattr(Place, name) for name in PLACE_COLUMNS]
    rows: Any = session.execute(select(*columns).order_by(col(Place.slug)))
    return {row[0]: PlaceView(*(*row, tuple(before[row[0]]), tuple(after[row[0]]))) for row in rows}


def read_agencies(session: Session) -> dict[str, AgencyView]:
    """Every agency by code, with its successions, the main part of the work first."""
    links: dict[str, list[AgencySuccession]] = defaultdict(list)
    order = (col(AgencySuccession.predecessor), col(AgencySuccession.scope), col(AgencySuccession.successor))
    for link in detached(session, select(AgencySuccession).order_by(*order)):
        links[link.predecessor].append(link)
    return {
        row.code: AgencyView(**row.model_dump(exclude={"run_id"}), successions=tuple(links[row.code]))
        for row in session.scalars(select(Agency).order_by(col(Agency.code)))
    }


def read_indicators(session: Session) -> dict[str, Indicator]:
    """Every indicator by code in reviewed order (detached rows, read-only by convention)."""
    return {row.code: row for row in detached(session, select(Indicator).order_by(col(Indicator.position)))}


def read_programmes(session: Session, moment: Moment) -> dict[str, Programme]:
    """The programmes issued by then, by slug, oldest first: none promises anything before its day."""
    by_then = col(Programme.issued_on) <= min(moment.known_on, moment.as_of)
    statement = select(Programme).where(by_then, not_withdrawn(moment)).order_by(col(Programme.issued_on))
    return {row.slug: row for row in detached(session, statement)}


def not_withdrawn(moment: Moment) -> ColumnElement[bool]:
    """The condition that leaves out programmes whose load had been taken back by the moment."""
    since = col(Programme.withdrawn_at)
    return since.is_(None) if moment.recorded_at is None else since.is_(None) | (since > moment.recorded_at)


def read_promises(session: Session, moment: Moment) -> list[QualitativePromise]:
    """The promises without figures in printed order."""
    statement = select(QualitativePromise).where(*current(QualitativePromise, moment))
    return detached(session, statement.order_by(col(QualitativePromise.programme), col(QualitativePromise.position)))


def read_observations(
    session: Session, moment: Moment, *narrowed: ColumnElement[bool], limit: int | None = None
) -> list[Observation]:
    """Values known by then by key, `limit` at most; conditions narrow them. All values of a country are very many."""
    statement = select(Observation).where(*known_values(moment), *narrowed)
    return detached(session, statement.order_by(col(Observation.key)).limit(limit))


def known_values(moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """The conditions that pick the values in force at the moment and known by then."""
    return (*current(Observation, moment), col(Observation.known_on) <= moment.known_on)


def read_thresholds(session: Session, moment: Moment) -> ThresholdSet:
    """The cut-offs in force on the day; raises LookupError when the database holds none."""
    statement = select(ThresholdSet).order_by(col(ThresholdSet.valid_from).desc())
    sets: list[ThresholdSet] = detached(session, statement)
    if not sets:
        raise LookupError("threshold_set is empty")
    return next((row for row in sets if row.valid_from <= moment.as_of), sets[-1])


def thresholds_of(row: ThresholdSet) -> Thresholds:
    """The numbers of a threshold set."""
    value = {name: row.content[name]["value"] for name in Thresholds.__dataclass_fields__ if name != "version"}
    return Thresholds(version=row.version, **value)


def read_gaps(session: Session, moment: Moment, within: Collection[str] | None = None) -> list[GapView]:
    """Every promise in force with its gap, and for programmes without figures the trend of each indicator.

    `within` narrows to the programmes of these places. Promises come first, by programme and printed order.
    """
    reader = _GapReader(session, moment, within)
    return reader.promised() + reader.unpromised()


class _GapReader:
    """Holds what one pass over promises needs, read once: of the values only the series that promises look at."""

    def __init__(self, session: Session, moment: Moment, within: Collection[str] | None) -> None:
        self.moment = moment
        self.places = read_places(session)
        self.indicators = read_indicators(session)
        self.programmes = read_programmes(session, moment)
        self.thresholds = thresholds_of(read_thresholds(session, moment))
        self.alike = {
            row.code: [(other["code"], other["why"], bool(other.get("other_base"))) for other in row.related]
            for row in self.indicators.values()
        }
        statement = select(Target).where(*current(Target, moment)).order_by(col(Target.programme), col(Target.position))
        targets = [row for row in detached(session, statement) if row.programme in self.programmes]
        self.promised_indicators = {row.indicator for row in targets}
        if within is not None:
            self.programmes = {slug: row for slug, row in self.programmes.items() if row.place in within}
        self.targets = [row for row in targets if row.programme in self.programmes]
        own, beside = self._series_needed()
        self.points = read_points(session, own, *known_values(moment))
        self.newest = newest_points(self.points, moment.as_of)
        self.newest |= read_newest(session, beside - own, moment.as_of, *known_values(moment))
        published = {point.key: point for points in self.points.values() for point in points}
        self.officials = read_officials(session, published, current(OfficialValue, moment), moment.known_on)
        self.breaks: dict[tuple[str, str], list[date]] = defaultdict(list)
        for row in session.scalars(select(SeriesBreak).where(*current(SeriesBreak, moment))):
            self.breaks[row.place, row.indicator].append(row.on)
        self.judgements = {
            (row.place, row.indicator): Judgement(frozenset(row.definitions.split()), row.reason)
            for row in session.scalars(select(SeriesJudgement).where(*current(SeriesJudgement, moment)))
        }

    def _series_needed(self) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """What is promised or followed, and what stands beside it: look-alikes there, the same elsewhere."""
        own = {(row.place, row.indicator) for row in self.targets}
        followed = {programme.place for programme in self._without_figures()}
        own |= {(place, indicator) for place in followed for indicator in self.promised_indicators}
        alike = {(place, other["code"]) for place, code in own for other in self.indicators[code].related}
        return own, alike | {(other, code) for place, code in own for other in self._neighbours(place)}

    def _neighbours(self, place: str) -> tuple[str, ...]:
        return (*self.places[place].successors, *self.places[place].predecessors)

    def _without_figures(self) -> list[Programme]:
        with_figures = {row.programme for row in self.targets}
        return [row for row in self.programmes.values() if row.slug not in with_figures]

    def promised(self) -> list[GapView]:
        return [self._measure(row) for row in self.targets]

    def unpromised(self) -> list[GapView]:
        """Programmes that set no figures at all: the trend of every indicator that others promise."""
        return [
            self._trend(programme, indicator)
            for programme in self._without_figures()
            for indicator in self.indicators
            if indicator in self.promised_indicators and (programme.place, indicator) in self.points
        ]

    def _measure(self, row: Target) -> GapView:
        record = target_record(row, self.programmes[row.programme], self.places[row.place])
        gap = measure_gap(
            record,
            self._series(row.place, row.indicator, row.definition),
            as_of=self.moment.as_of,
            direction=Direction(self.indicators[row.indicator].direction),
            thresholds=self.thresholds,
        )
        return GapView(
            row.key, row.place, row.programme, row.indicator, row.position, gap, row.amended_on, row.amended_by
        )

    def _trend(self, programme: Programme, indicator: str) -> GapView:
        place = programme.place
        newest = max(self.points[place, indicator], key=lambda point: point.period_end)
        gap = measure_gap(
            None,
            self._series(place, indicator, newest.definition),
            as_of=self.moment.as_of,
            direction=Direction(self.indicators[indicator].direction),
            thresholds=self.thresholds,
        )
        ended_on = self.places[place].valid_to
        if ended_on is not None and ended_on < self.moment.as_of:
            gap = replace(gap, flags=(*gap.flags, Flag.TERRITORY_ENDED))
        position = list(self.indicators).index(indicator)
        return GapView(f"{programme.slug}/{indicator}", place, programme.slug, indicator, position, gap)

    def _series(self, place: str, indicator: str, definition: str) -> Series:
        officials, breaks = self.officials.get((place, indicator), {}), self.breaks.get((place, indicator), ())
        points, rivals = without_rivals(self.points.get((place, indicator), ()), officials)
        series = comparable_series(
            points,
            definition=definition,
            as_of=self.moment.as_of,
            breaks=breaks,
            judgement=self.judgements.get((place, indicator)),
            elsewhere=self._elsewhere(place, indicator),
            dispute_tolerance=self.thresholds.dispute_tolerance,
            approx_tolerance=self.thresholds.about_tolerance,
        )
        return with_officials(series, officials, rivals, as_of=self.moment.as_of, breaks=breaks)

    def _elsewhere(self, place: str, indicator: str) -> list[Elsewhere]:
        """The newest value of each series that looks alike: readers are told that one, older ones need not be kept."""
        alike = [
            Elsewhere(self.newest[place, code], code, why, is_other_base)
            for code, why, is_other_base in self.alike[indicator]
            if (place, code) in self.newest
        ]
        areas = [
            Elsewhere(self.newest[neighbour, indicator], indicator, OTHER_AREA, is_same_measure=True)
            for neighbour in self._neighbours(place)
            if (neighbour, indicator) in self.newest
        ]
        return alike + areas


def detached(session: Session, statement: Any) -> list[Any]:
    """Rows that live on without their session."""
    rows = list(session.scalars(statement))
    for row in rows:
        session.expunge(row)
    return rows
