"""Checks of indicators.yaml, thresholds.yaml and relations.yaml."""

from __future__ import annotations

from collections.abc import Iterator

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts
from etl.facts.schema import IndicatorEntry, RelationEntry, StepEntry, ThresholdsFile
from etl.facts.shape import Located
from etl.parsing.issues import Issue


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the indicators, the cut-offs, the relations between promises and the steps."""
    yield from repeated(((row.value.code, row) for row in facts.indicators), "mã chỉ tiêu", "code")
    for row in facts.indicators:
        yield from _references(row, known)
        yield from _aggregation(row)
    if facts.thresholds is not None:
        yield from _thresholds(facts.thresholds)
    yield from _relations(facts, known)


def _references(row: Located[IndicatorEntry], known: DefinedCodes) -> Iterator[Issue]:
    entry = row.value
    yield from known.agencies.check(row, "owner", entry.owner)
    for field, code in (("numerator", entry.numerator), ("denominator", entry.denominator)):
        yield from known.indicator_codes.check(row, field, code)
    for related in entry.related:
        yield from known.indicator_codes.check(row, "related", related.code)
        if related.code == entry.code:
            yield row.issue(f'"{entry.code}" tự so với chính nó', "Xóa dòng này trong related", "related")
    if not entry.definitions:
        yield row.issue(f'chỉ tiêu "{entry.code}" chưa có định nghĩa nào', "Thêm ít nhất một mục", "definitions")
    codes = [(definition.code, row) for definition in entry.definitions]
    yield from repeated(codes, f'định nghĩa của "{entry.code}"', "definitions")


def _aggregation(row: Located[IndicatorEntry]) -> Iterator[Issue]:
    entry = row.value
    if entry.aggregation == "sum" and entry.kind in ("share", "growth"):
        what = f'chỉ tiêu "{entry.code}" là tỷ lệ nhưng ghi cộng được'
        yield row.issue(what, "Ghi aggregation: none hoặc weighted_mean", "aggregation")
    if entry.aggregation == "weighted_mean" and not (entry.numerator and entry.denominator):
        what = f'chỉ tiêu "{entry.code}" tính lại từ tử số và mẫu số nhưng thiếu mã'
        yield row.issue(what, "Ghi numerator và denominator, hoặc aggregation: none", "aggregation")


def _thresholds(file: Located[ThresholdsFile]) -> Iterator[Issue]:
    value = file.value
    rules = (
        ("slow_ratio", 0 < value.slow_ratio.value < value.on_track_ratio.value, "phải trên 0 và dưới on_track_ratio"),
        ("on_track_ratio", 0 < value.on_track_ratio.value <= 1, "phải trên 0 và không quá 1"),
        ("about_tolerance", 0 <= value.about_tolerance.value < 1, "phải từ 0 đến dưới 1"),
        ("dispute_tolerance", 0 <= value.dispute_tolerance.value < 1, "phải từ 0 đến dưới 1"),
        ("merge_days", _is_count(value.merge_days.value, 0), "phải là số ngày nguyên, không âm"),
        ("stale_days", _is_count(value.stale_days.value, 1), "phải là số ngày nguyên, từ 1"),
        ("projection_min_points", _is_count(value.projection_min_points.value, 2), "phải là số nguyên từ 2"),
    )
    for field, holds, rule in rules:
        if not holds:
            yield file.issue(f'ngưỡng "{field}" {rule}', "Sửa giá trị", field)


def _is_count(value: float, lowest: int) -> bool:
    return isinstance(value, int) and value >= lowest


def _relations(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Relations between promises, and steps between horizons."""
    indicators = {row.value.code: row.value for row in facts.indicators}
    yield from repeated(((row.value.code, row) for row in facts.relations), "mã quan hệ", "code")
    yield from repeated(((row.value.code, row) for row in facts.steps), "mã bước", "code")
    for relation in facts.relations:
        yield from known.indicator_codes.check(relation, "whole", relation.value.whole)
        for code in relation.value.parts:
            yield from known.indicator_codes.check(relation, "parts", code)
        yield from _relation(relation, indicators)
    for step in facts.steps:
        yield from _step(step, known)


def _relation(row: Located[RelationEntry], indicators: dict[str, IndicatorEntry]) -> Iterator[Issue]:
    entry = row.value
    if entry.whole in entry.parts or len(set(entry.parts)) < len(entry.parts):
        yield row.issue(f'quan hệ "{entry.code}" nhắc một chỉ tiêu hai lần', "Mỗi chỉ tiêu ghi một lần", "parts")
    if entry.kind == "sum" and len(entry.parts) < 2:
        yield row.issue(f'quan hệ "{entry.code}" cộng lại mà chỉ có một phần', "Ghi ít nhất hai phần", "parts")
    if entry.kind == "average" and len(entry.parts) != 1:
        yield row.issue(f'quan hệ "{entry.code}" chia mà không có đúng một số chia', "Ghi đúng một mã", "parts")
    named = [indicators[code] for code in (entry.whole, *entry.parts) if code in indicators]
    if entry.kind != "average" and len({item.unit for item in named}) > 1:
        yield row.issue(
            f'quan hệ "{entry.code}" cộng, so các đơn vị khác nhau', "Chọn các chỉ tiêu cùng đơn vị", "parts"
        )
    if any(item.aggregation != "sum" for item in named):
        yield row.issue(f'quan hệ "{entry.code}" dùng chỉ tiêu không cộng được', "Chỉ dùng số đếm được", "parts")


def _step(row: Located[StepEntry], known: DefinedCodes) -> Iterator[Issue]:
    entry = row.value
    for field, code in (("later", entry.later), ("share_of", entry.share_of), ("also_of", entry.also_of)):
        yield from known.indicator_codes.check(row, field, code)
    for code in (code for group in entry.counts for code in group):
        yield from known.indicator_codes.check(row, "counts", code)
    if (entry.share_of is None) == (not entry.other_measure):
        what = f'bước "{entry.code}" phải có đúng một trong hai: share_of hoặc other_measure'
        yield row.issue(what, "Ghi mẫu số, hoặc ghi lý do không trừ được", "other_measure")
