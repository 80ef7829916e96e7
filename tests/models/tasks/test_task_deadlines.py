"""Deadlines in official language mean exactly these days, and mean them for every printed row."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from models.config.settings import ROOT
from models.tasks.deadline import Deadline, read_deadline
from models.tasks.deadline_rhythms import YearlyTurn
from models.tasks.task_state import DeadlineKind

ROWS = [
    row
    for path in sorted((ROOT / "data" / "programmes").glob("*.yaml"))
    for row in yaml.safe_load(path.read_text(encoding="utf-8"))["tasks"]["rows"]
]


def _yearly(due: tuple[int, int] | None = None) -> Deadline:
    return Deadline(DeadlineKind.YEARLY, turns=(YearlyTurn(12, due),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thường xuyên", Deadline(DeadlineKind.CONTINUOUS)),
        ("Hàng năm", _yearly()),
        ("Hằng năm", _yearly()),
        ("Hàng năm, giai đoạn", _yearly()),
        ("Kế hoạch hàng năm", Deadline(DeadlineKind.PLAN, turns=(YearlyTurn(12),))),
        ("2023", Deadline(DeadlineKind.YEAR, date(2023, 1, 1), date(2023, 12, 31))),
        ("Năm 2023", Deadline(DeadlineKind.YEAR, date(2023, 1, 1), date(2023, 12, 31))),
        ("2023-2025", Deadline(DeadlineKind.PERIOD, date(2023, 1, 1), date(2025, 12, 31))),
        ("Giai đoạn 2023 - 2030", Deadline(DeadlineKind.PERIOD, date(2023, 1, 1), date(2030, 12, 31))),
        ("Giai đoạn 2023 – 2030", Deadline(DeadlineKind.PERIOD, date(2023, 1, 1), date(2030, 12, 31))),
        ("Quý I/2023", Deadline(DeadlineKind.QUARTER, date(2023, 1, 1), date(2023, 3, 31))),
        ("Quý IV/2022", Deadline(DeadlineKind.QUARTER, date(2022, 10, 1), date(2022, 12, 31))),
        ("tháng 2 năm 2024", Deadline(DeadlineKind.MONTH, date(2024, 2, 1), date(2024, 2, 29))),
        ("trước ngày 15/12", _yearly((12, 14))),
        ("Hàng năm (trước ngày 15/12)", _yearly((12, 14))),
        ("Hằng năm, trước ngày 01 tháng 12", _yearly((11, 30))),
        ("trước ngày 01/3/2024", Deadline(DeadlineKind.DAY, due_on=date(2024, 2, 29))),
        ("Theo quy định", Deadline(DeadlineKind.CONDITIONAL, condition="Theo quy định")),
        ("", Deadline(DeadlineKind.NONE)),
    ],
)
def test_the_words_of_a_deadline_mean_these_days(text: str, expected: Deadline) -> None:
    assert read_deadline(text) == expected


def test_decomposed_letters_are_read_like_composed_ones() -> None:
    import unicodedata

    assert read_deadline(unicodedata.normalize("NFD", "Thường xuyên")) == Deadline(DeadlineKind.CONTINUOUS)


@pytest.mark.parametrize("text", ["sớm", "Quý V/2023", "2025-2023", "trước ngày 31/13", "tháng 13/2024", "20233"])
def test_words_without_a_rule_are_not_guessed(text: str) -> None:
    assert read_deadline(text) is None


def test_a_condition_in_the_title_outranks_the_years_printed_beside_it() -> None:
    title = "Xây dựng kế hoạch triển khai Đề án (sau khi Thủ tướng Chính phủ ban hành)"
    found = read_deadline("2022-2023", title)
    assert found == Deadline(DeadlineKind.CONDITIONAL, condition="sau khi Thủ tướng Chính phủ ban hành")


def test_every_printed_deadline_of_the_120_rows_is_read_as_it_was_entered() -> None:
    assert len(ROWS) == 120
    for row in ROWS:
        if row["deadline_kind"] in ("conditional", "unreadable"):
            continue  # the condition stands in the full title; the lost column has no words
        found = read_deadline(row["deadline_text"])
        assert found is not None, row
        assert (found.kind, found.starts_on, found.due_on) == (row["deadline_kind"], row["starts_on"], row["due_on"])


def test_no_lost_deadline_has_words() -> None:
    assert all(not row["deadline_text"] for row in ROWS if row["deadline_kind"] == "unreadable")
