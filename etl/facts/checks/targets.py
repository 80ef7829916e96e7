"""Checks of the promises of one decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.programme_schema import TargetEntry
from etl.facts.rows.programmes import target_key
from etl.facts.shape import Located
from etl.parsing.issues import Issue
from models.gaps.promise import Comparator

MOST_WORDS = 12
MOST_PERCENT = 100
SUMS = {"htx_count": ("htx_agri_count", "htx_nonagri_count")}
UPPER_ONLY = (Comparator.LESS_THAN, Comparator.AT_MOST)


def check(programme: ProgrammeFacts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the figures promised and with the promises in words."""
    slug = programme.head.value.slug
    issued = programme.head.value.document.issued_on
    yield from repeated(((target_key(slug, row.value), row) for row in programme.targets), "cam kết", "indicator")
    promised = {row.value.indicator for row in programme.targets}
    for row in programme.targets:
        yield from _names(row, known, promised)
        yield from _figures(row)
        yield from _meaning(row, known)
        yield from _horizon(row, row.value.horizon, issued)
    for promise in programme.promises:
        if promise.value.horizon is not None:
            yield from _horizon(promise, promise.value.horizon, issued)
    if programme.head.file not in known.broken:
        yield from _sums(programme)


def _names(row: Located[TargetEntry], known: DefinedCodes, promised: set[str]) -> Iterator[Issue]:
    target = row.value
    yield from known.indicator_codes.check(row, "indicator", target.indicator)
    yield from known.check_definition(row, target.indicator, target.definition, "definition")
    if target.nested_in is not None and target.nested_in not in promised and row.file not in known.broken:
        what = f'nhóm "{target.nested_in}" không có cam kết nào trong chương trình này'
        yield row.issue(what, "Sửa nested_in hoặc thêm cam kết của nhóm", "nested_in")
    if target.nested_in == target.indicator:
        yield row.issue("cam kết nằm trong chính nó", "Sửa nested_in", "nested_in")
    if len(target.wording.split()) > MOST_WORDS:
        yield row.issue(f"lời cam kết dài quá {MOST_WORDS} từ", "Chỉ giữ từ chỉ mức và con số", "wording")


def _figures(row: Located[TargetEntry]) -> Iterator[Issue]:
    target = row.value
    if target.comparator == Comparator.RANGE:
        if target.low is None or target.high is None or target.low >= target.high:
            yield row.issue("khoảng phải có low nhỏ hơn high", "Ghi cả low và high", "comparator")
    elif target.comparator == Comparator.EQUAL:
        if target.low is None or target.low != target.high:
            yield row.issue("cam kết đúng bằng phải có low bằng high", "Ghi low và high như nhau", "comparator")
    elif target.comparator in UPPER_ONLY:
        if target.high is None or target.low is not None:
            yield row.issue(f'"{target.comparator}" chỉ có high', "Ghi high, để low: null", "comparator")
    elif target.low is None or target.high is not None:
        yield row.issue(f'"{target.comparator}" chỉ có low', "Ghi low, để high: null", "comparator")


def _meaning(row: Located[TargetEntry], known: DefinedCodes) -> Iterator[Issue]:
    target = row.value
    indicator = known.indicators.get(target.indicator)
    if indicator is None:
        return
    if indicator.direction == "none":
        what = f'chỉ tiêu "{target.indicator}" có cam kết nhưng không khai chiều nào là tốt'
        yield row.issue(what, "Ghi direction: higher hoặc lower trong indicators.yaml", "indicator")
    if target.unit != indicator.unit:
        what = f'đơn vị "{target.unit}" khác đơn vị "{indicator.unit}" của chỉ tiêu "{target.indicator}"'
        yield row.issue(what, "Ghi đúng đơn vị của chỉ tiêu", "unit")
    figures = [figure for figure in (target.low, target.high) if figure is not None]
    if indicator.kind == "share" and any(not 0 <= figure <= MOST_PERCENT for figure in figures):
        yield row.issue("tỷ lệ cam kết phải từ 0 đến 100", "Sửa low hoặc high", "low")
    if indicator.decimals == 0 and any(figure != int(figure) for figure in figures):
        yield row.issue("cam kết về số đếm có phần lẻ", "Bỏ dấu nhóm nghìn, ví dụ 1280 chứ không 1.280", "low")


def _horizon(row: Located[Any], horizon: int, issued: date) -> Iterator[Issue]:
    if date(horizon, 12, 31) <= issued:
        yield row.issue(f"mốc {horizon} không sau ngày ban hành {issued}", "Sửa horizon", "horizon")


def _sums(programme: ProgrammeFacts) -> Iterator[Issue]:
    figures = {(row.value.indicator, row.value.horizon): row for row in programme.targets}
    for row in programme.targets:
        parts = [figures.get((code, row.value.horizon)) for code in SUMS.get(row.value.indicator, ())]
        amounts = [part.value.low for part in parts if part is not None]
        if not parts or len(amounts) != len(parts) or row.value.low is None:
            continue
        total = sum(amount for amount in amounts if amount is not None)
        if total != row.value.low:
            what = f"các nhóm cộng lại là {total:g}, tổng cam kết là {row.value.low:g}"
            yield row.issue(what, "Đối chiếu văn bản rồi sửa con số sai", "low")
