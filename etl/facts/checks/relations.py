"""Checks of relations.yaml: what is named exists, can be added or divided, and no relation stands twice."""

from __future__ import annotations

from collections.abc import Iterator

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts
from etl.facts.schema import IndicatorEntry, RelationEntry, StepEntry
from etl.facts.shape import Located
from etl.parsing.issues import Issue


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the relations between promises and with the steps between horizons."""
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
