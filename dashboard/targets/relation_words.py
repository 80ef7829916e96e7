"""Sentences about promises held against each other, the step to the later horizon and projections, for all media."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import words
from models.gaps.projection import Projection
from models.gaps.promise import TargetRecord
from models.gaps.series import ValueKind
from models.places.place import COUNTRY
from models.targets.consistency import ActualAverage, Consistency, ConsistencyVerdict, RuleKind, Span
from models.targets.indicator import Indicator
from models.targets.later_step import Base, LaterStep, StepState
from models.targets.promise_checks import check_promises, measure_steps, project_view
from models.targets.reading import GapView

Indicators = Mapping[str, Indicator]
SMALL = 20  # an average below it keeps one decimal
VERDICT_WORDS: dict[ConsistencyVerdict, str] = {
    ConsistencyVerdict.AGREES: "Khớp",
    ConsistencyVerdict.NEARLY: "Khớp trong dung sai của “khoảng”",
    ConsistencyVerdict.DIFFERS: "Không khớp",
    ConsistencyVerdict.TOLD: "Để đối chiếu",
}
IF_REPEATED = "nếu nhịp tăng các năm qua lặp lại"


@dataclass(frozen=True, slots=True)
class Told:
    """One relation or step in words: what was found, the arithmetic behind it, what must be known, and where from."""

    title: str
    finding: str
    arithmetic: str
    cautions: tuple[str, ...]
    source: str
    bars: tuple[tuple[str, float], ...] = ()


def average_text(value: float) -> str:
    """An average for reading: whole from twenty on, one decimal below."""
    return words.number(value, 0 if value >= SMALL else 1)


def span_text(span: Span, *, average: bool = False) -> str:
    """A figure, or "105 đến 122"."""
    text = average_text if average else words.number
    low, high = text(span.low), text(span.high)
    return low if low == high else f"{low} đến {high}"


def tell_consistency(item: Consistency, indicators: Indicators) -> Told:
    """One relation in words; where promises do not add up both numbers stand in the finding."""
    telling = {RuleKind.SUM: _sum, RuleKind.AVERAGE: _average, RuleKind.WITHIN: _within}[item.rule.kind]
    finding, sums = telling(item, indicators)
    clauses = "; ".join(dict.fromkeys(target.clause for target in (item.whole, *item.parts)))
    bars = _bars(item, indicators)
    return Told(item.rule.text, finding, sums, _average_cautions(item.actual), f"Điều khoản {clauses}", bars)


def _bars(item: Consistency, indicators: Indicators) -> tuple[tuple[str, float], ...]:
    """What a chart shows: the parts beside their whole, or the average now beside the promised one."""
    if item.rule.kind is RuleKind.SUM:
        targets = (*item.parts, item.whole)
        return tuple((indicators[target.indicator].short_name, target.goal) for target in targets)
    if item.rule.kind is RuleKind.AVERAGE and item.actual is not None and item.computed.low == item.computed.high:
        day = words.when(item.actual.whole)
        shown = [round(v, 0 if v >= SMALL else 1) for v in (item.actual.value, item.computed.low)]
        return ((f"Thực tế {day}", shown[0]), (f"Cam kết {item.horizon}", shown[1]))
    return ()


def _sum(item: Consistency, indicators: Indicators) -> tuple[str, str]:
    parts = " + ".join(f"{_goal(part)} {indicators[part.indicator].short_name}" for part in item.parts)
    sums = f"{parts} = {words.with_unit(span_text(item.computed), item.rule.unit)}"
    stated = words.goal_phrase(item.whole)
    if item.verdict is ConsistencyVerdict.AGREES:
        return f"Các phần cộng lại đúng bằng cam kết tổng {item.horizon}: {stated}", sums
    if item.verdict is ConsistencyVerdict.NEARLY:
        apart = words.signed(item.difference)
        return f"Các phần cộng lại lệch {apart} so với cam kết tổng {stated}, trong dung sai của “khoảng”", sums
    told = words.with_unit(words.signed(item.difference), item.rule.unit)
    return f"Các phần cộng lại được {span_text(item.computed)} nhưng cam kết tổng là {stated}: lệch {told}", sums


def _within(item: Consistency, indicators: Indicators) -> tuple[str, str]:
    names = " và ".join(indicators[part.indicator].short_name for part in item.parts)
    sums = f"{span_text(item.computed)} so với {words.goal_phrase(item.whole)}"
    if item.verdict is ConsistencyVerdict.DIFFERS:
        more = words.with_unit(words.number(item.difference), item.rule.unit)
        return f"{names} nhiều hơn cả tổng {more}: hai cam kết không thể cùng đúng", sums
    return f"{names} không vượt tổng số", sums


def _average(item: Consistency, indicators: Indicators) -> tuple[str, str]:
    unit = item.rule.unit
    promised = f"{span_text(item.computed, average=True)} {unit}"
    sums = f"{words.goal_text(item.whole)} / {words.goal_text(item.parts[0])} = {promised}"
    if item.actual is None:
        return f"Cam kết {item.horizon} tương ứng {promised}; chưa có hai số cùng ngày để so", sums
    now = average_text(item.actual.value)
    day = words.when(item.actual.whole)
    whole, part = words.value_text(item.actual.whole), words.value_text(item.actual.part)
    sums += f"; {day}: {whole} / {part} = {now}"
    return f"Cam kết {item.horizon} tương ứng {promised}, trong khi {day} là {now}", sums


def _average_cautions(actual: ActualAverage | None) -> tuple[str, ...]:
    if actual is None:
        return ()
    points = (actual.whole, actual.part)
    return ("Số hiện có là số ước.",) if any(p.value_kind is ValueKind.ESTIMATE for p in points) else ()


def _goal(target: TargetRecord) -> str:
    return words.goal_text(target).removeprefix("≥ ").removeprefix("≈ ")


def tell_step(item: LaterStep, indicators: Indicators) -> Told:
    """The step to the later horizon in words; where it cannot be told the reason stands in the finding."""
    later, name = item.later_target, indicators[item.rule.later].name
    title = f"Từ {nearer_horizon(item)} đến {later.horizon}: {name}"
    source = f"Điều khoản {'; '.join(dict.fromkeys(t.clause for t in (*item.nearer_targets, later)))}"
    if item.state is StepState.OTHER_MEASURE:
        told = f"Không tính được bước từ {nearer_horizon(item)} đến {later.horizon}"
        return Told(title, f"{told}: {item.rule.other_measure}", _both(item, indicators), (), source)
    if item.state is StepState.NO_BASE:
        where = "của cả nước" if item.place == COUNTRY else "của địa bàn này"
        told = f"Chưa tính được số cần thêm mỗi năm đến {later.horizon}: chưa có dân số trung bình {where}"
        return Told(title, told, _both(item, indicators), (), source)
    return Told(title, _needed(item), _step_sums(item), _step_cautions(item, indicators), source)


def nearer_horizon(item: LaterStep) -> int:
    """The year of the nearer promises."""
    return max(target.horizon for target in item.nearer_targets)


def _needed(item: LaterStep) -> str:
    if item.nearer is None or item.per_year is None:
        raise ValueError(f"{item.rule.code}: a computed step has figures")
    unit, nearer = item.rule.unit, nearer_horizon(item)
    start = f"Nếu đạt đúng mục tiêu {nearer} ({words.with_unit(span_text(item.nearer), unit)})"
    if not item.per_year.low and not item.per_year.high:
        return f"{start}, đến {item.later_target.horizon} không cần thêm nữa"
    pace = span_text(Span(*(float(round(abs(edge))) for edge in (item.per_year.low, item.per_year.high))))
    word = "thêm" if item.per_year.high > 0 else "giảm"
    return f"{start}, đến {item.later_target.horizon} cần {word} {words.with_unit(pace, unit)} mỗi năm"


def _step_sums(item: LaterStep) -> str:
    if item.base is None:
        return _division(item, words.number(item.goal), item.per_year)
    share = words.percent(item.later_target.goal, None)
    base, when = words.number(item.base.point.value), words.when(item.base.point)
    first = f"{share} × {base} người (dân số trung bình {when}) = {words.number(round(item.base.goal))}"
    told = f"{first}; {_division(item, words.number(round(item.base.goal)), item.base.per_year)}"
    return told + (f". {_other(item, item.other)}" if item.other else "")


def _division(item: LaterStep, goal: str, per_year: Span | None) -> str:
    if item.nearer is None or per_year is None:
        return ""
    edges = item.nearer if item.nearer.low == item.nearer.high else Span(item.nearer.high, item.nearer.low)
    starts = [edges.low] if edges.low == edges.high else [edges.low, edges.high]
    paces = [per_year.low] if edges.low == edges.high else [per_year.low, per_year.high]
    years = words.number(item.years)
    return "; ".join(
        f"({goal} − {words.number(start)}) / {years} năm = {words.number(round(pace))}"
        for start, pace in zip(starts, paces, strict=True)
    )


def _other(item: LaterStep, other: Base) -> str:
    pace = span_text(Span(round(other.per_year.low), round(other.per_year.high)))
    base, day = words.number(other.point.value), words.when(other.point)
    return (
        f"Nếu lấy quy mô dân số trong nghị quyết ({base} người, {day}) thì mốc là {words.number(round(other.goal))} "
        f"và cần {pace} {item.rule.unit} mỗi năm"
    )


def _step_cautions(item: LaterStep, indicators: Indicators) -> tuple[str, ...]:
    nearer = nearer_horizon(item)
    absent = tuple(
        f"Chương trình không giao {_inside(indicators[code].name)} cho {nearer}: phần đó chưa có trong phép tính."
        for code in item.missing
    )
    return absent + ((item.rule.caution,) if item.rule.caution else ())


def _inside(name: str) -> str:
    """A name in the middle of a sentence; an abbreviation keeps its capitals."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name


def _both(item: LaterStep, indicators: Indicators) -> str:
    targets = (*item.nearer_targets, item.later_target)
    return "; ".join(f"{t.horizon}: {indicators[t.indicator].name} {words.goal_phrase(t)}" for t in targets)


def tell_projection(found: Projection, unit: str, horizon: int) -> str:
    """What the band says and what it is not; estimates among the points are told."""
    end = found.end
    soft = f", trong đó {found.estimates} số ước" if found.estimates else ""
    low, high = words.number(round(end.low)), words.number(round(end.high))
    band = f" (dải {low} đến {high})" if low != high else ""
    return (
        f"Dự phóng, {IF_REPEATED}: đến hết {horizon} khoảng {words.with_unit(words.number(round(end.value)), unit)}"
        f"{band}, từ {found.points} số so sánh được{soft}. Không phải xác suất."
    )


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
