"""Deadlines as officials write them mean these days; what no rule knows wholly is not read in part."""

from __future__ import annotations

import csv
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.config.settings import ROOT
from models.tasks.deadline import Deadline, read_deadline
from models.tasks.periods import period_code, period_text, read_period
from models.tasks.task_rules import Duty, instances
from models.tasks.task_state import DeadlineKind

SIGNED = date(2024, 3, 1)
WORDINGS = list(csv.DictReader((ROOT / "tests" / "files" / "deadlines.csv").open(encoding="utf-8")))
A_YEAR = {"an instance a month": 12, "an instance a quarter": 4, "two instances a year": 2, "an instance a year": 1}
PRINTED_DAY = re.compile(r"(starts|due) (\d{1,2}/\d{1,2}/\d{4})")
MONTHS_OF = {
    DeadlineKind.MONTHLY: range(1, 13),
    DeadlineKind.QUARTERLY: (3, 6, 9, 12),
    DeadlineKind.HALF_YEARLY: (6, 12),
}


def read(text: str) -> Deadline:
    found = read_deadline(text, issued_on=SIGNED)
    assert found is not None, text
    return found


def duty_of(text: str) -> Duty:
    found = read(text)
    return Duty(found.kind, SIGNED, found.due_on, starts_on=found.starts_on, turns=found.turns)


def days_of(text: str, year: int = 2026) -> list[str]:
    return [str(item.due_on) for item in instances(duty_of(text), year) if item.year == year]


@pytest.mark.parametrize("row", WORDINGS, ids=[row["text"] for row in WORDINGS])
def test_each_wording_means_what_the_list_says(row: dict[str, str]) -> None:
    found, meaning = read(row["text"]), row["meaning"]
    assert found.kind == row["kind"]
    for name, text in PRINTED_DAY.findall(meaning):
        day, month, year = (int(part) for part in text.split("/"))
        assert {"starts": found.starts_on, "due": found.due_on}[name] == date(year, month, day)
    counted = [count for words, count in A_YEAR.items() if words in meaning]
    assert [len(days_of(row["text"]))] == counted if counted else found.turns == ()
    named = [
        f"2026-{int(m):02d}-{int(d):02d}" for d, m in re.findall(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?!\d|/)", meaning)
    ]
    assert not (counted and named) or days_of(row["text"]) == named


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Hằng tháng, trước ngày 20", ["2026-01-19", "2026-02-19"]),
        ("Hằng tháng", ["2026-01-31", "2026-02-28"]),
        ("Chậm nhất ngày 05 của tháng sau, hằng tháng", ["2026-02-05", "2026-03-05"]),
        ("Hằng quý, trước ngày 15 tháng cuối quý", ["2026-03-14", "2026-06-14"]),
        ("Trước ngày 15 tháng đầu quý sau, hằng quý", ["2026-04-14", "2026-07-14"]),
        ("Hằng quý, 6 tháng, năm", ["2026-03-31", "2026-06-30"]),
        ("15/6 và 15/12", ["2026-06-15", "2026-12-15"]),
        ("Báo cáo 6 tháng trước ngày 15/6, báo cáo năm trước ngày 15/12", ["2026-06-14", "2026-12-14"]),
        ("Tháng 6, 9, 12 hằng năm", ["2026-06-30", "2026-09-30"]),
        ("Hằng năm, trước ngày 20/01 năm sau", ["2027-01-19"]),
    ],
)
def test_what_recurs_has_these_days_in_a_year(text: str, first: list[str]) -> None:
    assert days_of(text)[: len(first)] == first


@pytest.mark.parametrize(
    ("text", "kind", "starts_on", "due_on"),
    [
        ("Quý II/2024 - Quý IV/2025", "period", date(2024, 4, 1), date(2025, 12, 31)),
        ("Tháng 6 đến tháng 9/2024", "period", date(2024, 6, 1), date(2024, 9, 30)),
        ("9 tháng đầu năm 2024", "period", date(2024, 1, 1), date(2024, 9, 30)),
        ("Hoàn thành chậm nhất trong quý I/2025", "quarter", None, date(2025, 3, 31)),
        ("Ngày 30 tháng 6 năm 2024", "day", None, date(2024, 6, 30)),
        ("30.6.2024", "day", None, date(2024, 6, 30)),
        ("Trong 3 tháng kể từ ngày ban hành Quyết định", "day", None, date(2024, 6, 1)),
        ("Hằng năm, giai đoạn 2025-2030", "yearly", date(2025, 1, 1), date(2030, 12, 31)),
        ("Trước kỳ họp Hội đồng nhân dân tỉnh cuối năm 2024", "conditional", None, None),
        ("Trong 10 ngày làm việc kể từ ngày ký", "conditional", None, None),
    ],
)
def test_other_wordings_of_the_same_kinds(text: str, kind: str, starts_on: date | None, due_on: date | None) -> None:
    found = read(text)
    assert (found.kind, found.starts_on, found.due_on) == (kind, starts_on, due_on)


@pytest.mark.parametrize(
    "text",
    [
        "Đầu năm 2024",
        "Từ năm 2024",
        "Năm 2024 và các năm tiếp theo",
        "Quý IV/2024 và năm 2025",
        "20/12",
        "Trong tháng 12",
        "Trước 31/6/2024",
        "Thường xuyên; báo cáo trước ngày 15/12",
        "Hằng năm khi có kinh phí",
        "Giai đoạn 2026-2030 và tầm nhìn đến năm 2045",
        "Trước ngày 1 hằng tháng",
        "Hằng quý, trước ngày 15",
    ],
)
def test_what_is_not_understood_wholly_is_not_read_in_part(text: str) -> None:
    assert read_deadline(text) is None


def test_a_day_counted_from_the_signing_needs_the_signing() -> None:
    assert read_deadline("Trong 30 ngày kể từ ngày ký") == Deadline(DeadlineKind.DAY)


def test_the_provinces_own_days_count_where_the_words_name_none() -> None:
    reporting = {"month": 12, "last_day": 14, "last_days": {"quarterly": 20, "monthly": 31}}
    quarterly = Duty(DeadlineKind.QUARTERLY, SIGNED, reporting=reporting)
    assert [f"{item.due_on}" for item in instances(quarterly, 2024)] == [
        "2024-03-20",
        "2024-06-20",
        "2024-09-20",
        "2024-12-14",
    ]
    assert instances(Duty(DeadlineKind.MONTHLY, SIGNED, reporting=reporting), 2024)[-1].due_on == date(2024, 12, 31)


def test_a_rhythm_ends_with_its_period() -> None:
    found = instances(duty_of("Hằng quý, giai đoạn 2025-2026"), 2030)
    assert [item.period for item in found] == [f"{year}-Q{quarter}" for year in (2025, 2026) for quarter in range(1, 5)]


@given(kind=st.sampled_from([*MONTHS_OF, DeadlineKind.YEARLY]), year=st.integers(2000, 2100), data=st.data())
def test_a_period_is_read_from_its_code_and_from_its_words(kind: DeadlineKind, year: int, data: st.DataObject) -> None:
    code = period_code(kind, year, data.draw(st.sampled_from(MONTHS_OF.get(kind, (12,)))))
    assert read_period(code) == read_period(period_text(code)) == code


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: date) -> None:
    for text in (
        f"{day.day}/{day.month}/{day.year}",
        f"Ngày {day.day} tháng {day.month} năm {day.year}",
        f"{day:%d-%m-%Y}",
    ):
        assert read(text).due_on == read(f"Chậm nhất {text}").due_on == day
    before = read(f"Trước ngày {day:%d/%m/%Y}").due_on
    assert before is not None
    assert (day - before).days == 1
