"""Which places a run may have changed the gaps of: what is kept of the others stays true."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.facts import Fact
from models.base.source import ReferenceChange, Run
from models.targets.observation import Observation, SeriesBreak, SeriesJudgement
from models.targets.official import OfficialValue
from models.targets.programme import Target

WITH_PLACES: tuple[type[Any], ...] = (Observation, OfficialValue, SeriesBreak, SeriesJudgement, Target)
REVIEWED = "init"  # brings places, indicators, programmes and cut-offs: everything may be different after it
WHOLE = {"whole": True}  # of all places, whoever reads


@dataclass(frozen=True, slots=True)
class RunState:
    """The finished runs as far as somebody has looked: the newest and how many."""

    newest: int
    count: int


def run_state(session: Session) -> RunState:
    """What has been finished by now."""
    statement = select(func.max(col(Run.id)), func.count(col(Run.id))).where(col(Run.status) == "done")
    newest, count = session.execute(statement, execution_options=WHOLE).one()
    return RunState(newest or 0, count)


def is_followed_in_order(session: Session, since: RunState, until: RunState) -> bool:
    """Whether each run finished between two looks has a higher number than those finished before."""
    newer = (col(Run.id) > since.newest, col(Run.id) <= until.newest)
    statement = select(func.count(col(Run.id))).where(col(Run.status) == "done", *newer)
    return until.count == since.count + session.execute(statement, execution_options=WHOLE).scalar_one()


def touched_places(session: Session, since: RunState) -> frozenset[str] | None:
    """The places about which runs finished since then said or withdrew something; None when anything may differ."""
    statement = select(col(Run.id), col(Run.kind)).where(col(Run.status) == "done", col(Run.id) > since.newest)
    runs = session.execute(statement, execution_options=WHOLE).all()
    is_late = run_state(session).count != since.count + len(runs)  # a run of a lower number ended after a higher one
    if is_late or any(kind == REVIEWED for _, kind in runs):
        return None
    ids = [run_id for run_id, _ in runs]
    changed = select(col(ReferenceChange.id)).where(col(ReferenceChange.run_id).in_(ids)).limit(1)
    if session.execute(changed, execution_options=WHOLE).first() is not None:
        return None
    parts = [part for model in WITH_PLACES for part in _places_of(model, ids)]
    return frozenset(session.scalars(union(*parts), execution_options=WHOLE))


def _places_of(model: type[Fact], ids: list[int | None]) -> list[Any]:
    place = col(model.place)  # type: ignore[attr-defined]
    return [select(place).where(col(column).in_(ids)) for column in (model.run_id, model.superseded_by)]
