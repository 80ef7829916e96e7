"""What the promises of a snapshot say about each other and about later years: plain values for screens and papers."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from models.gaps.projection import Projection
from models.targets.consistency import Consistency, ConsistencyVerdict, RuleKind
from models.targets.later_step import LaterStep
from models.targets.promise_checks import check_promises, measure_steps, project_view
from models.targets.reading import GapView


def relations_of(snapshot: Snapshot, programme: str) -> tuple[Consistency, ...]:
    """The relations of one programme; those that do not add up come first."""
    found = check_promises(snapshot.thresholds.content, _promises(snapshot, programme))
    return tuple(sorted(found, key=lambda item: item.verdict is not ConsistencyVerdict.DIFFERS))


def worth_saying(relations: tuple[Consistency, ...]) -> tuple[Consistency, ...]:
    """Without what goes without saying: a part that is indeed no more than its whole."""
    return tuple(
        item
        for item in relations
        if item.rule.kind is not RuleKind.WITHIN or item.verdict is ConsistencyVerdict.DIFFERS
    )


def steps_of(snapshot: Snapshot, programme: str) -> tuple[LaterStep, ...]:
    """The steps between the horizons of one programme."""
    views = _promises(snapshot, programme)
    return tuple(measure_steps(snapshot.thresholds.content, views, snapshot.points, snapshot.moment.as_of))


def projection_of(snapshot: Snapshot, view: GapView) -> Projection | None:
    """The projection of one promise; None where none can be made honestly."""
    return project_view(snapshot.thresholds.content, view)


def about(relation: Consistency | LaterStep, indicator: str) -> bool:
    """Whether a relation or a step speaks of an indicator."""
    if isinstance(relation, Consistency):
        return indicator in (relation.rule.whole, *relation.rule.parts)
    return indicator in (relation.rule.later, *(target.indicator for target in relation.nearer_targets))


def _promises(snapshot: Snapshot, programme: str) -> list[GapView]:
    return [view for view in snapshot.gaps_in_force if view.programme == programme]
