"""Checks of agencies, their succession, and the list of provinces."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts
from etl.facts.rows.places import MERGER, build_places
from etl.facts.schema import AgencyRow, AgencySuccessionRow
from etl.facts.shape import Located
from etl.parsing.issues import Issue


def check(facts: Facts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with agencies.csv, agency_successions.csv and provinces.csv."""
    yield from _agencies(facts)
    agencies = {row.value.code: row.value for row in facts.agencies}
    for row in facts.agency_successions:
        yield from known.agencies.check(row, "predecessor", row.value.predecessor)
        yield from known.agencies.check(row, "successor", row.value.successor)
        yield from _succession_dates(row, agencies)
    pairs = [((row.value.predecessor, row.value.successor), row) for row in facts.agency_successions]
    yield from repeated(pairs, "cặp cơ quan kế thừa", "predecessor")
    yield from _circles(facts.agency_successions)
    yield from _provinces(facts)


def _agencies(facts: Facts) -> Iterator[Issue]:
    yield from repeated(((row.value.code, row) for row in facts.agencies), "mã cơ quan", "code")
    for row in facts.agencies:
        if row.value.valid_from and row.value.valid_to and row.value.valid_from > row.value.valid_to:
            yield row.issue(f'cơ quan "{row.value.code}" kết thúc trước khi bắt đầu', "Sửa valid_from hoặc valid_to")


def _succession_dates(row: Located[AgencySuccessionRow], agencies: dict[str, AgencyRow]) -> Iterator[Issue]:
    before, after = agencies.get(row.value.predecessor), agencies.get(row.value.successor)
    day = row.value.effective_on
    if before is not None and before.valid_to != day - timedelta(days=1):
        what = f'ngày kế thừa {day} không liền sau ngày cuối của "{before.code}" ({before.valid_to or "để trống"})'
        yield row.issue(what, f"Sửa effective_on, hoặc ghi valid_to = {day - timedelta(days=1)} trong agencies.csv")
    if after is not None and after.valid_from is not None and after.valid_from > day:
        what = f'ngày kế thừa {day} trước ngày đầu của "{after.code}" ({after.valid_from})'
        yield row.issue(what, "Sửa effective_on hoặc valid_from trong agencies.csv")
    if after is not None and after.valid_to is not None and after.valid_to < day:
        what = f'"{after.code}" đã kết thúc ngày {after.valid_to}, trước ngày kế thừa {day}'
        yield row.issue(what, "Sửa successor hoặc effective_on")


def _circles(rows: list[Located[AgencySuccessionRow]]) -> Iterator[Issue]:
    successors: dict[str, set[str]] = {}
    for row in rows:
        successors.setdefault(row.value.predecessor, set()).add(row.value.successor)
    for row in rows:
        if row.value.predecessor in _reachable(row.value.successor, successors):
            what = f'kế thừa vòng tròn: "{row.value.predecessor}" lại đứng sau "{row.value.successor}"'
            yield row.issue(what, "Xóa một dòng của vòng")


def _reachable(start: str, successors: dict[str, set[str]]) -> set[str]:
    found, waiting = set[str](), [start]
    while waiting:
        code = waiting.pop()
        if code not in found:
            found.add(code)
            waiting += successors.get(code, ())
    return found


def _provinces(facts: Facts) -> Iterator[Issue]:
    rows = facts.provinces
    keys = [((row.value.old_code, row.value.old_name, row.value.effective_date), row) for row in rows]
    yield from repeated(keys, "đơn vị và ngày", "old_code")
    merged = {(row.value.new_code, row.value.new_name) for row in rows if row.value.effective_date == MERGER}
    names: dict[str, str] = {}
    for row in rows:
        value = row.value
        if (value.new_code, value.new_name) not in merged:
            what = f'"{value.new_code} {value.new_name}" không có trong các dòng ngày {MERGER}'
            yield row.issue(what, "Thêm dòng của ngày đó hoặc sửa mã, tên")
        if names.setdefault(value.new_code, value.new_name) != value.new_name:
            yield row.issue(f'mã mới "{value.new_code}" mang hai tên', "Sửa new_code hoặc new_name")
    if "provinces.csv" not in facts.broken_files and rows:
        slugs = [place["slug"] for place in build_places([row.value for row in rows]).places]
        for slug in sorted({slug for slug in slugs if slugs.count(slug) > 1}):
            yield rows[0].issue(f'hai địa bàn cùng mã đường dẫn "{slug}"', "Sửa tên đơn vị để không trùng")
