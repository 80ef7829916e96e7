"""Promises held against each other: whether parts make their whole, and what one promise means for another.

Pure arithmetic over plain values. Which promises belong together is a reviewed rule (data/relations.yaml).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from models.gaps.promise import Comparator, TargetRecord
from models.gaps.series import Point
from models.targets.views import GapView

_EPSILON = 1e-9


class RuleKind(StrEnum):
    """How promises belong together."""

    SUM = "sum"
    AVERAGE = "average"
    WITHIN = "within"


class ConsistencyVerdict(StrEnum):
    """What holding them together says. An average has nothing to agree with and is only `told`."""

    AGREES = "agrees"
    NEARLY = "nearly"
    DIFFERS = "differs"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class ConsistencyRule:
    """One reviewed relation: parts of a whole, a total over a count, or a part that cannot pass its whole.

    `sum`: the `parts` together make `whole`. `average`: `whole` divided by the one part, in `unit`.
    `within`: no part may be more than `whole`.
    """

    code: str
    kind: RuleKind
    whole: str
    parts: tuple[str, ...]
    unit: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Span:
    """A figure, or a range of figures where `low` and `high` differ."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ActualAverage:
    """The average that published values of one day give, with the two values."""

    value: float
    whole: Point
    part: Point


@dataclass(frozen=True, slots=True)
class Consistency:
    """One rule applied to one programme and horizon, with every promise that went in.

    `computed` is the sum of the parts, the average, or the largest part. `stated` is the whole as promised; None
    for an average. `difference` is computed minus stated at the nearest edges, 0 while they overlap.
    """

    rule: ConsistencyRule
    programme: str
    place: str
    horizon: int
    whole: TargetRecord
    parts: tuple[TargetRecord, ...]
    computed: Span
    stated: Span | None
    difference: float | None
    verdict: ConsistencyVerdict
    actual: ActualAverage | None = None


def rules_of(content: Mapping[str, Any]) -> tuple[ConsistencyRule, ...]:
    """The reviewed rules as the settings of the method hold them."""
    return tuple(
        ConsistencyRule(**{**row, "kind": RuleKind(row["kind"]), "parts": tuple(row["parts"])})
        for row in content.get("relations", ())
    )


def span_of(target: TargetRecord) -> Span:
    """The promised figure; both ends of a promised range."""
    if target.comparator is Comparator.RANGE and target.low is not None and target.high is not None:
        return Span(target.low, target.high)
    return Span(target.goal, target.goal)


def check_all(rules: Sequence[ConsistencyRule], views: Iterable[GapView], about_tolerance: float) -> list[Consistency]:
    """Every rule for every programme and horizon where all its promises exist, in the order of the rules."""
    groups: dict[tuple[str, int], dict[str, GapView]] = {}
    for view in views:
        if view.gap.target is not None:
            groups.setdefault((view.programme, view.gap.target.horizon), {})[view.indicator] = view
    return [
        _check(rule, found, about_tolerance)
        for found in groups.values()
        for rule in rules
        if all(code in found for code in (rule.whole, *rule.parts))
    ]


def _check(rule: ConsistencyRule, found: Mapping[str, GapView], tolerance: float) -> Consistency:
    views = [found[code] for code in (rule.whole, *rule.parts)]
    whole, *parts = [view.gap.target for view in views if view.gap.target is not None]
    computed = _computed(rule, whole, parts)
    stated = None if rule.kind is RuleKind.AVERAGE else span_of(whole)
    difference = None if stated is None else _difference(rule, computed, stated)
    return Consistency(
        rule=rule,
        programme=views[0].programme,
        place=views[0].place,
        horizon=whole.horizon,
        whole=whole,
        parts=tuple(parts),
        computed=computed,
        stated=stated,
        difference=difference,
        verdict=_verdict([whole, *parts], stated, difference, tolerance),
        actual=_actual(views[0], views[1]) if rule.kind is RuleKind.AVERAGE else None,
    )


def _computed(rule: ConsistencyRule, whole: TargetRecord, parts: Sequence[TargetRecord]) -> Span:
    spans = [span_of(part) for part in parts]
    if rule.kind is RuleKind.SUM:
        return Span(sum(span.low for span in spans), sum(span.high for span in spans))
    if rule.kind is RuleKind.WITHIN:
        return max(spans, key=lambda span: span.low)
    top, below = span_of(whole), spans[0]
    if below.low <= 0:
        raise ValueError(f"{rule.code}: {parts[0].programme} promises none of {parts[0].indicator} to divide by")
    return Span(top.low / below.high, top.high / below.low)


def _difference(rule: ConsistencyRule, computed: Span, stated: Span) -> float:
    if computed.low > stated.high:
        return computed.low - stated.high
    if computed.high < stated.low and rule.kind is RuleKind.SUM:
        return computed.high - stated.low
    return 0.0


def _verdict(
    targets: Sequence[TargetRecord], stated: Span | None, difference: float | None, tolerance: float
) -> ConsistencyVerdict:
    if stated is None or difference is None:
        return ConsistencyVerdict.TOLD
    if abs(difference) <= _EPSILON * max(1.0, abs(stated.high)):
        return ConsistencyVerdict.AGREES
    is_rounded = any(target.comparator is Comparator.ABOUT for target in targets)
    return (
        ConsistencyVerdict.NEARLY
        if is_rounded and abs(difference) <= tolerance * abs(stated.high)
        else ConsistencyVerdict.DIFFERS
    )


def _actual(whole: GapView, part: GapView) -> ActualAverage | None:
    """The newest day on which both values are known; without one no average is made up."""
    counts: dict[date, Point] = {point.period_end: point for point in part.gap.series.points if point.value > 0}
    for point in reversed(whole.gap.series.points):
        if point.period_end in counts:
            below = counts[point.period_end]
            return ActualAverage(point.value / below.value, point, below)
    return None
