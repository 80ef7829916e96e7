"""What remains between two horizons: the change a year to the farther one if the nearer is met exactly.

Pure arithmetic over plain values. Which promises of the two horizons speak of the same thing is a reviewed rule
(data/relations.yaml): most promises for 2045 are of another measure than those for 2030, and then no sum is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from models.gaps.promise import Direction, PromiseKind, TargetRecord
from models.gaps.series import Point
from models.targets.consistency import Span, span_of
from models.targets.views import GapView

Population = Callable[[str, str], Point | None]


class StepState(StrEnum):
    """Whether the step can be told, and if not, why."""

    COMPUTED = "computed"
    OTHER_MEASURE = "other_measure"
    NO_BASE = "no_base"


@dataclass(frozen=True, slots=True)
class StepRule:
    """One reviewed pair of horizons.

    `counts` are the nearer promises that make up what the farther one speaks of; of each inner list the first
    one promised is taken. `share_of` is the indicator whose value turns the farther share into a count, `also_of`
    another reading of it. Where `other_measure` says why, the two are only named beside each other.
    """

    code: str
    later: str
    counts: tuple[tuple[str, ...], ...]
    share_of: str | None
    also_of: str | None
    unit: str
    other_measure: str
    caution: str
    source: str


@dataclass(frozen=True, slots=True)
class Base:
    """A population and what the step is with it."""

    point: Point
    goal: float
    per_year: Span


@dataclass(frozen=True, slots=True)
class LaterStep:
    """The step of one programme. `nearer` is what the nearer promises add up to, `per_year` the change a year.

    `missing` names the counts that the programme does not promise for the nearer horizon; `other` the step by the
    other reading of the population.
    """

    rule: StepRule
    programme: str
    place: str
    state: StepState
    nearer_targets: tuple[TargetRecord, ...]
    later_target: TargetRecord
    years: float
    nearer: Span | None = None
    goal: float | None = None
    per_year: Span | None = None
    base: Base | None = None
    other: Base | None = None
    missing: tuple[str, ...] = ()


def step_rules_of(content: Mapping[str, Any]) -> tuple[StepRule, ...]:
    """The reviewed pairs as the settings of the method hold them."""
    return tuple(
        StepRule(**{**row, "counts": tuple(tuple(group) for group in row["counts"])})
        for row in content.get("steps", ())
    )


def steps_of(rules: Sequence[StepRule], views: Iterable[GapView], population: Population) -> list[LaterStep]:
    """Every step that a programme's promises allow: same measure first, then the reviewed pairs.

    `population` gives the newest value of an indicator at a place, None where none is known.
    """
    programmes: dict[str, list[GapView]] = {}
    for view in views:
        if view.gap.target is not None:
            programmes.setdefault(view.programme, []).append(view)
    found: list[LaterStep] = []
    for items in programmes.values():
        found += _same_measure(items)
        found += [step for rule in rules if (step := _reviewed(rule, items, population)) is not None]
    return found


def _same_measure(items: Sequence[GapView]) -> list[LaterStep]:
    """An indicator and definition promised as a level at two horizons needs no reviewed rule."""
    levels: dict[tuple[str, str], list[TargetRecord]] = {}
    for view in items:
        target = view.gap.target
        if target is not None and target.kind is PromiseKind.BY:
            levels.setdefault((target.indicator, target.definition), []).append(target)
    directions = {view.indicator: view.gap.direction for view in items}
    found = []
    for (code, _), targets in levels.items():
        if len(targets) < 2:
            continue
        first, last = sorted(targets, key=lambda target: target.horizon)[:2]
        rule = StepRule(f"same_{code}", code, ((code,),), None, None, last.unit, "", "", "")
        found.append(_measured(rule, (first,), last, last.goal, directions[code]))
    return found


def _reviewed(rule: StepRule, items: Sequence[GapView], population: Population) -> LaterStep | None:
    targets = [view.gap.target for view in items if view.gap.target is not None]
    later = next((target for target in targets if target.indicator == rule.later), None)
    if later is None:
        return None
    nearer = [target for target in targets if target.horizon < later.horizon]
    chosen = [_first(group, nearer) for group in rule.counts]
    kept = tuple(target for target in chosen if target is not None)
    if not kept:
        return None
    missing = tuple(group[0] for group, target in zip(rule.counts, chosen, strict=True) if target is None)
    if rule.other_measure or rule.share_of is None:
        return _step(rule, kept, later, StepState.OTHER_MEASURE)
    point = population(later.place, rule.share_of)
    if point is None:
        return _step(rule, kept, later, StepState.NO_BASE, missing=missing)
    return _with_base(rule, kept, later, point, population, missing)


def _with_base(
    rule: StepRule,
    kept: tuple[TargetRecord, ...],
    later: TargetRecord,
    point: Point,
    population: Population,
    missing: tuple[str, ...],
) -> LaterStep:
    base = _base(point, kept, later)
    other = population(later.place, rule.also_of) if rule.also_of else None
    told: dict[str, Any] = {"nearer": _sum(kept), "goal": base.goal, "per_year": base.per_year, "base": base}
    return _step(rule, kept, later, missing=missing, other=_base(other, kept, later) if other else None, **told)


def _base(point: Point, kept: Sequence[TargetRecord], later: TargetRecord) -> Base:
    goal = later.goal / 100 * point.value
    return Base(point, goal, _per_year(_sum(kept), goal, _years(kept, later), Direction.HIGHER))


def _measured(
    rule: StepRule, kept: tuple[TargetRecord, ...], later: TargetRecord, goal: float, direction: Direction
) -> LaterStep:
    nearer = _sum(kept)
    per_year = _per_year(nearer, goal, _years(kept, later), direction)
    return _step(rule, kept, later, nearer=nearer, goal=goal, per_year=per_year)


def _step(
    rule: StepRule,
    kept: tuple[TargetRecord, ...],
    later: TargetRecord,
    state: StepState = StepState.COMPUTED,
    **told: Any,
) -> LaterStep:
    years = _years(kept, later)
    return LaterStep(rule, later.programme, later.place, state, kept, later, years, **told)


def _first(group: Sequence[str], targets: Sequence[TargetRecord]) -> TargetRecord | None:
    by_code = {target.indicator: target for target in targets}
    return next((by_code[code] for code in group if code in by_code), None)


def _sum(targets: Sequence[TargetRecord]) -> Span:
    spans = [span_of(target) for target in targets]
    return Span(sum(span.low for span in spans), sum(span.high for span in spans))


def _years(nearer: Sequence[TargetRecord], later: TargetRecord) -> float:
    return float(later.horizon - max(target.horizon for target in nearer))


def _per_year(nearer: Span, goal: float, years: float, direction: Direction) -> Span:
    """The change a year from either edge of the nearer promise; 0 where nothing more is needed."""
    ends = sorted((goal - edge) / years for edge in (nearer.low, nearer.high))
    if direction is Direction.HIGHER:
        return Span(max(0.0, ends[0]), max(0.0, ends[1]))
    return Span(min(0.0, ends[0]), min(0.0, ends[1]))
