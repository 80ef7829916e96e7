"""Checks of figures.csv, corrections.csv and series.yaml."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts
from etl.facts.schema import CorrectionRow, FigureRow
from etl.facts.shape import Located
from etl.parsing.issues import Issue
from models.gaps.series import ValueKind
from models.places.place_life import PlaceView, is_told_ahead
from models.targets.value_rules import value_problem

LENGTHS = {
    "month": (28, 31),
    "quarter": (90, 92),
    "half_year": (181, 184),
    "nine_months": (273, 275),
    "year": (365, 366),
}


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the published values, the breaks and the judgements."""
    yield from repeated(((row.value.key, row) for row in facts.figures), "khóa", "key")
    by_key = {row.value.key: row for row in facts.figures}
    yield from repeated(
        ((_said(row.value), row) for row in by_key.values()),
        "giá trị của cùng nơi, chỉ tiêu, định nghĩa, kỳ và nơi công bố",
        "key",
    )
    for before, after in pairwise(facts.figures):
        if before.value.key > after.value.key:
            yield after.issue(f'khóa "{after.value.key}" không theo thứ tự', "Xếp các dòng theo cột key")
    for row in facts.figures:
        yield from known.places.check(row, "place", row.value.place)
        yield from known.indicator_codes.check(row, "indicator", row.value.indicator)
        yield from known.check_definition(row, row.value.indicator, row.value.definition, "definition")
        yield from _life(row, known)
        yield from _value(row, known)
        yield from _period(row)
    yield from _series(facts, known)
    yield from _corrections(facts)


def _said(figure: FigureRow) -> tuple[str, ...]:
    """What a value is of and who published it when: two of these under two keys would contradict each other."""
    period = (str(figure.period_start), str(figure.period_end), str(figure.period_kind), str(figure.value_kind))
    who = (figure.publisher, str(figure.published_on or ""), figure.source_title)
    return (figure.place, figure.indicator, figure.definition, *period, *who)


def _life(row: Located[FigureRow], known: DefinedCodes) -> Iterator[Issue]:
    figure = row.value
    place = known.lives.get(figure.place)
    if place is None or (figure.period_end > (place.valid_to or figure.period_end) and _is_ahead(figure, place)):
        return
    yield from known.check_life(row, figure.place, figure.period_end, "ngày cuối kỳ của số liệu", "place")


def _is_ahead(figure: FigureRow, place: PlaceView) -> bool:
    return is_told_ahead(place, str(figure.value_kind), figure.published_on)


def _value(row: Located[FigureRow], known: DefinedCodes) -> Iterator[Issue]:
    figure = row.value
    indicator = known.indicators.get(figure.indicator)
    if indicator is None:
        return
    if figure.unit != indicator.unit:
        what = f'đơn vị "{figure.unit}" khác đơn vị "{indicator.unit}" của chỉ tiêu "{figure.indicator}"'
        yield row.issue(what, "Đổi giá trị sang đơn vị của chỉ tiêu rồi ghi đúng đơn vị")
    if problem := value_problem(indicator.kind, indicator.decimals, figure.value):
        yield row.issue(*problem)


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
    if published and figure.period_end > published and figure.value_kind == ValueKind.ACTUAL:
        what = f"công bố ngày {published}, trước ngày cuối kỳ {figure.period_end}, mà không ghi là ước hay kế hoạch"
        yield row.issue(what, "Ghi value_kind là estimate (ước) hoặc plan (kế hoạch), hoặc sửa ngày")


def _series(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    rows: list[Located[Any]] = [*facts.breaks, *facts.judgements]
    for gap in facts.breaks:
        yield from known.check_life(gap, gap.value.place, gap.value.on, "ngày của chỗ gãy", "place")
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


def _corrections(facts: Facts) -> Iterator[Issue]:
    """Each mends a known figure and changes it, and the figure still says what it said when it was corrected."""
    yield from repeated(((row.value.key, row) for row in facts.corrections), "khóa", "key")
    if "figures.csv" in facts.broken_files:
        return
    values = {row.value.key: row.value.value for row in facts.figures}
    for row in facts.corrections:
        yield from _correction(row, values.get(row.value.key))


def _correction(row: Located[CorrectionRow], published: float | None) -> Iterator[Issue]:
    correction = row.value
    if published is None:
        what = f'không có số liệu nào mang khóa "{correction.key}" trong figures.csv'
        yield row.issue(what, "Sửa khóa, hoặc xóa dòng sửa số này")
    elif published != correction.source_says:
        what = f"nguồn nay ghi {published:g}, dòng sửa số dựa vào {correction.source_says:g}"
        yield row.issue(what, "Nơi công bố đã sửa: xóa dòng sửa số này, hoặc xem lại nguồn rồi ghi lại")
    if correction.we_use == correction.source_says:
        yield row.issue("số dùng bằng số nguồn ghi, không sửa gì", "Xóa dòng sửa số này")
