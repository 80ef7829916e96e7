"""The bullet bar: what is, held against what was promised, in plain HTML so that it is there with the words."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.marks import MARKS
from dashboard.ui.markup import spoken
from models.gaps.answer import Gap
from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from models.gaps.series import Qualifier, ValueKind

HEADROOM = 1.1


def bullet(gap: Gap, also: Sequence[TargetRecord] = ()) -> Element:
    """A track up to a tenth over the largest figure; the bar is the value, ticks or a band the promises.

    `also` holds further promises of the same indicator (2045), drawn as lighter ticks on the same track.
    A value that is an estimate or rounded is hatched. Without a value the track stays empty.
    """
    targets = [gap.target, *also] if gap.target else list(also)
    top = _top(gap, targets)
    marks: list[Element] = [html.Span(className="bullet-track")]
    if gap.baseline is not None and gap.baseline is not gap.latest:
        marks.append(html.Span(className="bullet-start", style={"left": _share(gap.baseline.value, top)}))
    if gap.value is not None and not _is_part_year(gap):
        marks.append(html.Span(className=_bar_class(gap), style={"width": _share(gap.value, top)}))
    for index, target in enumerate(targets):
        marks.append(_promise_mark(target, top, "later" if index and gap.target else ""))
    return html.Div(marks, className=f"bullet {MARKS[gap.status][0]}", role="img", **spoken(describe(gap)))


def describe(gap: Gap) -> str:
    """The bar in words, for a reader who does not see it."""
    goal = f"cam kết {words.goal_phrase(gap.target)} đến {gap.target.horizon}" if gap.target else "không giao chỉ tiêu"
    if gap.latest is None:
        return f"Chưa có số liệu; {goal}"
    return f"Thực tế {words.value_text(gap.latest)}, {words.when(gap.latest)}; {goal}"


def _is_part_year(gap: Gap) -> bool:
    """A part of a year is not drawn against a whole year's promise."""
    return (
        gap.target is not None
        and gap.target.kind is not PromiseKind.BY
        and gap.latest is not None
        and gap.latest.period_kind not in ("year", "point")
    )


def _top(gap: Gap, targets: Sequence[TargetRecord]) -> float:
    figures = [gap.value or 0.0]
    for target in targets:
        figures += [target.low or 0.0, target.high or 0.0]
    if gap.baseline:
        figures.append(gap.baseline.value)
    top = max(figures) * HEADROOM
    if targets and targets[0].unit == "%":
        top = min(top, 100 * HEADROOM) if max(figures) <= 100 else top
    return top or 1.0


def _share(value: float, top: float) -> str:
    return f"{max(0.0, min(1.0, value / top)) * 100:.2f}%"


def _bar_class(gap: Gap) -> str:
    point = gap.latest
    soft = point is not None and (point.value_kind is ValueKind.ESTIMATE or point.qualifier is not Qualifier.EXACT)
    return "bullet-bar soft" if soft else "bullet-bar"


def _promise_mark(target: TargetRecord, top: float, extra: str) -> Element:
    if target.comparator is Comparator.RANGE and target.low is not None and target.high is not None:
        style = {"left": _share(target.low, top), "width": _share(target.high - target.low, top)}
        return html.Span(className=f"bullet-band {extra}", style=style)
    return html.Span(className=f"bullet-tick {extra}", style={"left": _share(target.goal, top)})
