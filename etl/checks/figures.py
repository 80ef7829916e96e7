"""Checks of figures.csv and series.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from etl.checks.known import Known, repeated
from etl.facts_reader import Facts
from etl.issues import Issue
from etl.schema import FigureRow
from etl.shape import Located
from models.series import ValueKind

LENGTHS = {
    "month": (28, 31),
    "quarter": (90, 92),
    "half_year": (181, 184),
    "nine_months": (273, 275),
    "year": (365, 366),
}
MOST_PERCENT = 100


def check(facts: Facts, known: Known) -> Iterator[Issue]:
    """Yield what is wrong with the published values, the breaks and the judgements."""
    yield from repeated(((row.value.key, row) for row in facts.figures), "khóa", "key")
    for before, after in pairwise(facts.figures):
        if before.value.key > after.value.key:
            yield after.issue(f'khóa "{after.value.key}" không theo thứ tự', "Xếp các dòng theo cột key")
    for row in facts.figures:
        yield from known.places.check(row, "place", row.value.place)
        yield from known.indicator_codes.check(row, "indicator", row.value.indicator)
        yield from known.check_definition(row, row.value.indicator, row.value.definition, "definition")
        yield from _value(row, known)
        yield from _period(row)
    yield from _series(facts, known)


def _value(row: Located[FigureRow], known: Known) -> Iterator[Issue]:
    figure = row.value
    indicator = known.indicators.get(figure.indicator)
    if indicator is None:
        return
    if figure.unit != indicator.unit:
        what = f'đơn vị "{figure.unit}" khác đơn vị "{indicator.unit}" của chỉ tiêu "{figure.indicator}"'
        yield row.issue(what, "Đổi giá trị sang đơn vị của chỉ tiêu rồi ghi đúng đơn vị")
    if indicator.decimals == 0 and indicator.kind in ("stock", "flow") and figure.value != int(figure.value):
        what = f"giá trị {figure.value} có phần lẻ trong khi chỉ tiêu là số đếm"
        yield row.issue(what, "Bỏ dấu nhóm nghìn, ví dụ 1280 chứ không 1.280")
    if indicator.kind != "growth" and indicator.kind != "amount" and figure.value < 0:
        yield row.issue(f"giá trị {figure.value} âm", "Sửa giá trị")
    if indicator.kind == "share" and figure.value > MOST_PERCENT:
        yield row.issue(f"tỷ lệ {figure.value} vượt 100%", "Ghi tỷ lệ từ 0 đến 100")


def _period(row: Located[FigureRow]) -> Iterator[Issue]:
    figure = row.value
    if figure.period_start > figure.period_end:
        yield row.issue("ngày đầu kỳ sau ngày cuối kỳ", "Sửa period_start hoặc period_end")
    if figure.period_kind == "point" and figure.period_start != figure.period_end:
        yield row.issue("số liệu tại một ngày nhưng kỳ có hai ngày", "Ghi hai ngày như nhau hoặc sửa period_kind")
    shortest, longest = LENGTHS.get(figure.period_kind, (0, None))
    days = (figure.period_end - figure.period_start).days + 1
    if longest is not None and not shortest <= days <= longest:
        yield row.issue(f'kỳ "{figure.period_kind}" dài {days} ngày', "Sửa ngày hoặc period_kind")
    published = figure.published_on
    if published and figure.period_end > published and figure.value_kind != ValueKind.ESTIMATE:
        what = f"công bố ngày {published}, trước ngày cuối kỳ {figure.period_end}, mà không ghi là ước"
        yield row.issue(what, "Ghi value_kind là estimate hoặc sửa ngày")


def _series(facts: Facts, known: Known) -> Iterator[Issue]:
    rows: list[Located[Any]] = [*facts.breaks, *facts.judgements]
    for row in rows:
        yield from known.places.check(row, "place", row.value.place)
        yield from known.indicator_codes.check(row, "indicator", row.value.indicator)
    for judgement in facts.judgements:
        for definition in judgement.value.definitions:
            yield from known.check_definition(judgement, judgement.value.indicator, definition, "definitions")
    breaks = [((row.value.place, row.value.indicator, row.value.on), row) for row in facts.breaks]
    yield from repeated(breaks, "chỗ gãy", "place")
    judgements = [((row.value.place, row.value.indicator), row) for row in facts.judgements]
    yield from repeated(judgements, "nhận định", "place")
