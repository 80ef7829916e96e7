"""What must hold before something is written about a task, a request or a petition. Pure; sentences in Vietnamese."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base.day_text import day_text
from models.tasks.periods import period_text, year_of
from models.tasks.task_state import ReportOutcome

MAX_TEXT = 2000


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """A report as typed in, before it is accepted. `periods` are those the task may be reported for; empty = none.

    A period is the code of a year ("2024") or of a part of one ("2024-Q2").

    `office` and `product` say which of several offices and ordered documents it is about.
    `ordered_on` is the day the task was ordered: no work on it and no document about it is older.
    """

    outcome: ReportOutcome
    reported_on: date
    period: str | None = None
    periods: Sequence[str] = ()
    done_on: date | None = None
    document_number: str = ""
    document_date: date | None = None
    progress: str = ""
    ordered_on: date | None = None
    office: str | None = None
    product: str | None = None

    @property
    def kept_period(self) -> dict[str, int | str | None]:
        """The columns of a report: the year, and the part of the year where the period is one."""
        is_part = self.period is not None and not self.period.isdigit()
        return {"year": year_of(self.period) if self.period else None, "period": self.period if is_part else None}


def report_problems(draft: ReportDraft, today: date) -> list[str]:
    """What keeps a report from being accepted; finishing needs a document with number and date."""
    found = _about_period(draft) + _about_days(draft, today)
    if draft.outcome is ReportOutcome.DONE:
        needed = (
            (draft.document_number, "số, ký hiệu văn bản"),
            (draft.document_date, "ngày văn bản"),
            (draft.done_on, "ngày hoàn thành"),
        )
        missing = [name for value, name in needed if not value]
        found += [f"Muốn ghi hoàn thành cần {', '.join(missing)}: bổ sung rồi gửi lại."] if missing else []
        if draft.document_number and not any(letter.isdigit() for letter in draft.document_number):
            found.append(f'"{draft.document_number[:40]}" không phải số của văn bản: ghi như 12/QĐ-UBND.')
    elif draft.done_on is not None:
        found.append("Có ngày hoàn thành nhưng kết quả chưa phải hoàn thành: sửa một trong hai.")
    if draft.outcome is not ReportOutcome.DONE and not draft.progress.strip():
        found.append("Chưa ghi tình hình thực hiện: viết một câu nói rõ đang ở đâu.")
    return found


def _about_period(draft: ReportDraft) -> list[str]:
    if draft.periods and draft.period not in draft.periods:
        first, last = period_text(draft.periods[0]), period_text(draft.periods[-1])
        by, one = ("theo năm", "một năm") if draft.periods[0].isdigit() else ("theo kỳ", "một kỳ")
        return [f"Việc này báo cáo {by}: chọn {one} từ {first.removeprefix('năm ')} đến {last.removeprefix('năm ')}."]
    if not draft.periods and draft.period is not None:
        return ["Việc này không lặp lại hằng năm: để trống năm."]
    return []


def _about_days(draft: ReportDraft, today: date) -> list[str]:
    found = []
    if draft.reported_on > today:
        found.append("Ngày báo cáo ở sau hôm nay: sửa ngày.")
    for day, name in ((draft.done_on, "Ngày hoàn thành"), (draft.document_date, "Ngày văn bản")):
        if day is not None and day > draft.reported_on:
            found.append(f"{name} ở sau ngày báo cáo: sửa ngày.")
        if day is not None and draft.ordered_on is not None and day < draft.ordered_on:
            found.append(f"{name} ở trước ngày giao việc ({day_text(draft.ordered_on)}): sửa ngày.")
    return found


def text_problems(fields: Sequence[tuple[str, str]]) -> list[str]:
    """Required texts that are empty or too long; each field is (name, text)."""
    found = [f"Chưa ghi {name}: điền rồi gửi lại." for name, text in fields if not text.strip()]
    return found + [f"{name} dài quá {MAX_TEXT} ký tự: rút gọn." for name, text in fields if len(text) > MAX_TEXT]


def day_problems(first: date, first_name: str, later: date | None, later_name: str) -> list[str]:
    """A later day that comes before the first."""
    if later is None or later >= first:
        return []
    return [f"{later_name} ở trước {first_name}: sửa ngày."]
