"""The workbook's formulas, recalculated by LibreOffice, say what our own arithmetic says."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.reports import excel
from dashboard.reports.formulas import NAMES
from dashboard.reports.values import PaperContent, PaperRow
from dashboard.ui import words
from models.gaps.answer import Status
from models.gaps.gap import measure_gap
from models.gaps.promise import Comparator, Direction, PromiseKind, TargetRecord, Thresholds
from models.gaps.series import Elsewhere, Point, Series, ValueKind
from models.targets.reading import thresholds_of

TODAY = date(2026, 11, 21)
Recalculated = Callable[[bytes], list[list[str]]]


@pytest.fixture(scope="session")
def thresholds(snapshot: Snapshot) -> Thresholds:
    return thresholds_of(snapshot.thresholds)


def ours(row: PaperRow) -> dict[str, float | None]:
    gap = row.gap
    is_level = gap.target is not None and gap.target.kind is PromiseKind.BY
    return {
        "goal": gap.goal,
        "gap": gap.gap,
        "percent": gap.percent,
        "needed": gap.needed_per_year if is_level else None,
        "actual": gap.actual_per_year if is_level else None,
        "ratio": gap.ratio,
    }


def differences(lines: list[list[str]], rows: list[PaperRow]) -> list[tuple[str, str, object, object]]:
    """Where a recalculated cell is not our value, to nine digits."""
    found: list[tuple[str, str, object, object]] = []
    for line, row in zip(lines[excel.FIRST_ROW :], rows, strict=True):
        cells = dict(zip(NAMES, line, strict=True))
        for name, mine in ours(row).items():
            theirs = None if cells[name] == "" else float(cells[name])
            same = theirs == mine if None in (theirs, mine) else theirs == pytest.approx(mine, rel=1e-9, abs=1e-9)
            if not same:
                found.append((row.key, name, theirs, mine))
        if cells["status"] != (word := words.STATUS_WORDS[row.gap.status]):
            found.append((row.key, "status", cells["status"], word))
    return found


def test_every_promise_recalculates_to_our_own_values(
    papers: list[PaperContent], thresholds: Thresholds, recalculated: Recalculated
) -> None:
    rows = [row for paper in papers for row in paper.rows]
    assert len(rows) == 60
    assert differences(recalculated(excel.workbook(papers, thresholds, TODAY)), rows) == []


# --- made-up promises that reach every status ---------------------------------------------------


def made_up_promise(chance: random.Random) -> tuple[TargetRecord, Series, Direction, date]:
    kind = chance.choice([PromiseKind.BY] * 5 + [PromiseKind.ANNUAL, PromiseKind.ANNUAL_AVERAGE])
    direction = chance.choice([Direction.HIGHER, Direction.HIGHER, Direction.LOWER])
    upward = [Comparator.AT_LEAST, Comparator.MORE_THAN, Comparator.RANGE, Comparator.ABOUT, Comparator.EQUAL]
    comparator = chance.choice(
        upward if direction is Direction.HIGHER else [Comparator.LESS_THAN, Comparator.AT_MOST, Comparator.EQUAL]
    )
    goal = chance.choice([5, 60, 180, 1280] + ([0, 0.3] if direction is Direction.LOWER else []))
    target = TargetRecord(
        place="thanh-hoa", indicator="htx_count", definition="published", horizon=chance.choice([2025, 2026, 2030]),
        comparator=comparator, kind=kind, low=goal, high=goal * 1.1 if comparator is Comparator.RANGE else goal,
        unit="HTX", clause="1", wording="w", programme="p", issued_on=date(chance.choice([2020, 2023]), 3, 21),
    )  # fmt: skip
    days: set[date] = set()
    for _ in range(chance.randrange(5)):
        year = chance.randrange(2018, 2027)
        days.add(
            chance.choice(
                [date(year, 12, 31), date(year, 12, 14), date(year, 11, 30), date(year, 6, 30), date(year, 10, 31)]
            )
        )
    points = tuple(
        Point(day, chance.choice([goal, goal * 0.96, goal * chance.uniform(0, 1.3), goal + chance.randrange(0, 9)]),
              period_kind=chance.choice(["point", "year"]), value_kind=chance.choice(list(ValueKind)[:2]))
        for day in sorted(days)
    )  # fmt: skip
    other = Elsewhere(Point(date(2024, 12, 31), 7.0), "htx_count", "other_area", is_same_measure=True)
    elsewhere = (other,) if chance.random() < 0.2 else ()
    as_of = chance.choice([TODAY, TODAY, TODAY + timedelta(days=60), date(2031, 2, 1)])
    return target, Series(points=points, elsewhere=elsewhere), direction, as_of


@pytest.mark.parametrize("as_of", [TODAY, date(2026, 12, 31), date(2031, 2, 1)])
def test_made_up_promises_of_every_status_recalculate_to_our_own_values(
    papers: list[PaperContent], thresholds: Thresholds, recalculated: Recalculated, as_of: date
) -> None:
    chance = random.Random(20)
    pattern = papers[-1].rows[0]
    rows = []
    for number in range(400):
        target, series, direction, _ = made_up_promise(chance)
        gap = measure_gap(target, series, as_of=as_of, direction=direction, thresholds=thresholds)
        name = f"{number} {target.kind} {target.comparator}"
        rows.append(replace(pattern, key=name, gap=gap, horizon=target.horizon))
    if as_of == TODAY:
        assert {row.gap.status for row in rows} == set(Status) - {Status.NO_TARGET}
    book = excel.workbook([replace(papers[-1], rows=tuple(rows))], thresholds, as_of)
    found = differences(recalculated(book), rows)
    assert found == [], "\n".join(map(str, found[:20]))


def test_a_changed_input_changes_the_recalculated_answer(
    papers: list[PaperContent], thresholds: Thresholds, recalculated: Recalculated
) -> None:
    """The formulas are alive: the file keeps our answers, and the office does not merely repeat them."""
    book = excel.workbook(papers[-1:], thresholds, TODAY)
    stricter = excel.workbook(papers[-1:], replace(thresholds, about_tolerance=0.5, slow_ratio=0.0), TODAY)
    stale = _with_kept_answers(stricter, "9999")
    assert "9999" not in {cell for line in recalculated(stale)[excel.FIRST_ROW :] for cell in line}
    assert recalculated(book)[excel.FIRST_ROW - 1] == recalculated(stale)[excel.FIRST_ROW - 1]


def _with_kept_answers(content: bytes, value: str) -> bytes:
    """The workbook with every kept answer of a number formula replaced by nonsense."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                text = re.sub(rb"(</f><v>)[^<]*(</v>)", rb"\g<1>" + value.encode() + rb"\g<2>", text)
            new.writestr(name, text)
    return out.getvalue()


def test_no_text_becomes_a_formula(papers: list[PaperContent], thresholds: Thresholds) -> None:
    row = replace(papers[-1].rows[0], name="=1+1", source='=HYPERLINK("x")', clause="@SUM(1)")
    book = excel.workbook([replace(papers[-1], rows=(row,))], thresholds, TODAY)
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        sheets = b"".join(parts.read(name) for name in parts.namelist() if "worksheets/sheet" in name)
        assert b"<f>1+1</f>" not in sheets and b"HYPERLINK" not in sheets and b"<f>@SUM" not in sheets
        assert "=1+1" in parts.read("xl/sharedStrings.xml").decode()
