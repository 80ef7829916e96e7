"""Checks of corrections.csv: each one mends a figure that still says what it said when it was corrected."""

from __future__ import annotations

from collections.abc import Iterator

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import Facts
from etl.facts.schema import CorrectionRow
from etl.facts.shape import Located
from etl.parsing.issues import Issue


def check(facts: Facts, _known: DefinedCodes) -> Iterator[Issue]:
    """Yield corrections of unknown figures, those that change nothing, and those the publisher has made needless."""
    yield from repeated(((row.value.key, row) for row in facts.corrections), "khóa", "key")
    if "figures.csv" in facts.broken_files:
        return
    values = {row.value.key: row.value.value for row in facts.figures}
    for row in facts.corrections:
        yield from _one(row, values.get(row.value.key))


def _one(row: Located[CorrectionRow], published: float | None) -> Iterator[Issue]:
    correction = row.value
    if published is None:
        what = f'không có số liệu nào mang khóa "{correction.key}" trong figures.csv'
        yield row.issue(what, "Sửa khóa, hoặc xóa dòng sửa số này")
    elif published != correction.source_says:
        what = f"nguồn nay ghi {published:g}, dòng sửa số dựa vào {correction.source_says:g}"
        yield row.issue(what, "Nơi công bố đã sửa: xóa dòng sửa số này, hoặc xem lại nguồn rồi ghi lại")
    if correction.we_use == correction.source_says:
        yield row.issue("số dùng bằng số nguồn ghi, không sửa gì", "Xóa dòng sửa số này")
