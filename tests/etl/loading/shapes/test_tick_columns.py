"""A class or state given as several columns of which one is ticked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from etl.loading.recipe import ImportResult
from models.register.organization import Organization, OrganizationState, Rating, YearReport
from tests.etl.loading.desk import CODES, Desk
from tests.etl.loading.test_cases import case

Rules = Callable[[ImportResult], set[str]]
HEAD = ["TT", "Tên HTX", "Mã số thuế", "Xếp loại", None, None, None]
CLASSES = [None, None, None, "Tốt", "Khá", "Trung bình", "Yếu"]


def rows(*ticks: list[object]) -> list[list[object]]:
    """Organisations with these ticks."""
    return [[n, f"HTX số {n}", CODES[n], *marks] for n, marks in enumerate(ticks, start=1)]


def classes(desk: Desk) -> dict[str, str]:
    """The class of each organisation that has one."""
    names = {row.id: row.name for row in desk.all(Organization)}
    return {names[row.organization_id]: row.rating_class for row in desk.all(Rating)}


@pytest.mark.parametrize("tick", ["x", "X", 1, "✓", "ü", "v", "Tốt"])
def test_the_ticked_column_is_the_class(desk: Desk, tick: object) -> None:
    book = desk.book([["KẾT QUẢ XẾP LOẠI HTX NĂM 2023"], HEAD, CLASSES, *rows([tick], [None, None, "x"])])
    assert desk.load(book).run_id
    assert classes(desk) == {"HTX số 1": "good", "HTX số 2": "average"}


def test_a_row_without_a_tick_is_not_rated_and_two_ticks_leave_it_unknown(desk: Desk, rules: Rules) -> None:
    book = desk.book([HEAD, CLASSES, *rows(["x"], [None, None, None, 0], ["x", "x"], [None, 85])])
    outcome = desk.load(book)
    assert {"ticks.none", "ticks.several", "ticks.odd"} <= rules(outcome)
    assert classes(desk) == {"HTX số 1": "good"}
    assert outcome.run_id and outcome.left_out == 0 and len(desk.all(Organization)) == 4
    assert {"ticks.several", "ticks.odd"} <= {cause.first.rule for cause in outcome.causes}
    assert [f.cell for f in outcome.findings if f.rule in ("ticks.several", "ticks.odd")] == ["D5", "D6"]


def test_the_heading_above_may_bear_a_year_or_be_missing(desk: Desk) -> None:
    one = [[*HEAD[:3], "Xếp loại năm 2023", None, None, None], CLASSES, *rows([None, "x"])]
    assert desk.load(desk.book(one)).run_id and classes(desk) == {"HTX số 1": "fair"}
    two = [[*HEAD[:3], "Loại tốt", "Loại khá", "Loại trung bình", "Loại yếu"], *rows([None, None, None, "x"])]
    assert desk.load(desk.book(two, "two.xlsx")).run_id and classes(desk) == {"HTX số 1": "weak"}


def test_states_and_sectors_may_be_ticked_too(desk: Desk) -> None:
    head = ["TT", "Tên HTX", "Mã số thuế", "Tình trạng hoạt động", None, "Lĩnh vực", None]
    under = [None, None, None, "Đang hoạt động", "Ngừng hoạt động", "Nông nghiệp", "Vận tải"]
    assert desk.load(desk.book([head, under, *rows(["x", None, "x"], [None, "x", None, "x"])])).run_id
    assert sorted(row.state for row in desk.all(OrganizationState)) == ["active", "stopped"]
    assert sorted(str(row.sector) for row in desk.all(Organization)) == ["agriculture", "transport"]


def test_the_published_layout(desk: Desk) -> None:
    known = [["TT", "Tên HTX"], *([n, f"HTX Nông nghiệp Suối Biếc {n}"] for n in range(1, 5))]
    assert desk.load(desk.book(known), year=2024).run_id
    assert desk.load(case("L08e"), "ratings", "gia-lai", 2024).run_id
    assert sorted(classes(desk).values()) == ["average", "fair", "good", "weak"]


@pytest.mark.parametrize("head", [[*HEAD[:3], "Xếp loại", None, None, None], [*HEAD[:3], None, None, None, None]])
def test_short_classes_beside_each_other_are_classes(desk: Desk, rules: Rules, head: list[str | None]) -> None:
    short = [*(None if head[3] else name for name in HEAD[:3]), "T", "K", "TB", "Y"]
    block = [head, short] if head[3] else [short]
    outcome = desk.load(desk.book([*block, *rows(["x"], [None, "x"], [None, None, "x", "x"])]))
    assert outcome.run_id and "ticks.several" in rules(outcome)
    assert classes(desk) == {"HTX số 1": "good", "HTX số 2": "fair"}


@pytest.mark.parametrize(("words", "asked"), [("1 2 3 4", ["1", "2"]), ("Tốt Khá TB Kém", ["Kém"])])
def test_ticked_words_that_nobody_knows_are_asked(desk: Desk, words: str, asked: list[str]) -> None:
    ticked = [["x"], [None, "x"]] if asked == ["1", "2"] else [["x"], [None, None, None, "x"]]
    outcome = desk.load(desk.book([HEAD, [None, None, None, *words.split()], *rows(*ticked)]))
    assert outcome.run_id and [question.text for question in outcome.questions] == asked
    assert set(classes(desk).values()) <= {"good"}


def test_yes_and_no_as_two_columns_of_ticks(desk: Desk, rules: Rules) -> None:
    head = [*HEAD[:3], "Ứng dụng công nghệ cao", None]
    book = desk.book([head, [None, None, None, "Có", "Không"], *rows(["x"], [None, "x"], ["x", "x"], [None, None])])
    outcome = desk.load(book)
    assert outcome.run_id and {"ticks.several", "ticks.none"} <= rules(outcome)
    names = {row.id: row.name for row in desk.all(Organization)}
    said = {names[row.organization_id]: row.has_high_tech for row in desk.all(YearReport)}
    assert said == {"HTX số 1": True, "HTX số 2": False}


def test_a_second_row_of_headings_is_known_by_the_names_it_lacks(desk: Desk) -> None:
    head = [*HEAD[:3], "Doanh thu", "Lợi nhuận", "Máy móc", None]
    below = [None, None, None, "(tr.đ)", "(tr.đ)", "Có", "Không"]
    outcome = desk.load(desk.book([head, below, *rows([5, 6, "x"], [7, 8, None, "x"])]), leave_out=True)
    assert outcome.run_id and len(desk.all(Organization)) == 2 and outcome.left_out == 0
    assert sorted(row.revenue_mn for row in desk.all(YearReport)) == [5, 7]
