"""Checks of the annex of one decision."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from etl.facts.checks.known import DefinedCodes, repeated
from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.programme_schema import DutyEntry
from etl.facts.shape import Located
from etl.parsing.issues import Issue
from models.base.text import fold
from models.tasks.deadline import read_deadline
from models.tasks.task_state import DATED, RECURRING, DeadlineKind

COMMON_YEAR = 2023


def check(programme: ProgrammeFacts, known: DefinedCodes) -> Iterator[Issue]:
    """Yield what is wrong with the sections and rows of the annex."""
    yield from repeated(((row.value.number, row) for row in programme.sections), "phần", "number")
    numbers = [((row.value.section, row.value.number), row) for row in programme.tasks]
    yield from repeated(numbers, "nhiệm vụ", "number")
    sections = {row.value.number for row in programme.sections}
    duties = [((row.value.origin, row.value.section, row.value.number), row) for row in programme.duties]
    yield from repeated(duties, "việc trong thân văn bản", "number")
    issued_on = programme.head.value.document.issued_on
    for duty in programme.duties:
        yield from _agencies(duty, known)
        yield from _dates(duty, issued_on)
        yield from _yearly_on(duty)
    for row in programme.tasks:
        if row.value.section not in sections and row.file not in known.broken:
            what = f'không có phần "{row.value.section}" trong phụ lục'
            yield row.issue(what, "Sửa section hoặc thêm vào sections", "section")
        yield from _agencies(row, known)
        yield from _dates(row, issued_on)
    if programme.head.file not in known.broken:
        yield from _family(programme)


def _agencies(row: Located[Any], known: DefinedCodes) -> Iterator[Issue]:
    for code in row.value.indicators:
        yield from known.indicator_codes.check(row, "indicators", code)
    for field, codes in (("leads", row.value.leads), ("coordinators", row.value.coordinators)):
        for code in codes:
            yield from known.agencies.check(row, field, code)
    both = sorted(set(row.value.leads) & set(row.value.coordinators) & set(known.offices.values()))
    if both:
        what = f"cơ quan {', '.join(both)} vừa chủ trì vừa phối hợp"
        yield row.issue(what, "Ghi mỗi cơ quan ở một bên", "coordinators")
    yield from _printed_leads(row, known)
    if not getattr(row.value, "heading", False) and not row.value.leads:
        yield row.issue("nhiệm vụ không có cơ quan chủ trì", "Ghi leads, hoặc heading: true", "leads")


def _printed_leads(row: Located[Any], known: DefinedCodes) -> Iterator[Issue]:
    """Every office that the printed words name stands among the leads; longer names are looked for first.

    "Ban Chỉ đạo ... các cấp" is a collective name of its own and does not name the provincial committee.
    """
    printed = fold(getattr(row.value, "leads_text", None) or "")
    for name in sorted({*known.offices, *known.collectives}, key=len, reverse=True):
        if re.search(rf"\b{re.escape(name)}\b", printed):
            printed = printed.replace(name, " ")
            if name in known.offices and known.offices[name] not in row.value.leads:
                what = f'văn bản ghi "{row.value.leads_text[:60]}", leads không có {known.offices[name]}'
                yield row.issue(what, "Ghi đủ các cơ quan chủ trì đã in", "leads")


def _dates(row: Located[Any], issued_on: date) -> Iterator[Issue]:
    """What contradicts itself is told first; only a sound entry is compared with the printed words."""
    found = list(_deadline(row))
    yield from found or _printed(row, issued_on)


def _deadline(row: Located[Any]) -> Iterator[Issue]:
    task = row.value
    is_dated, is_limited = task.deadline_kind in DATED, task.deadline_kind in RECURRING
    if is_dated and task.due_on is None:
        yield row.issue(f'thời hạn "{task.deadline_kind}" cần ngày cuối', "Ghi due_on", "due_on")
    if not is_dated and not is_limited and task.due_on is not None:
        what = f'thời hạn "{task.deadline_kind}" không có ngày cuối nhưng ghi {task.due_on}'
        yield row.issue(what, "Để due_on: null hoặc sửa deadline_kind", "due_on")
    if task.starts_on and task.due_on and task.starts_on > task.due_on:
        yield row.issue("ngày bắt đầu sau ngày cuối", "Sửa starts_on hoặc due_on", "starts_on")
    is_conditional = task.deadline_kind == DeadlineKind.CONDITIONAL
    if is_conditional != (task.condition is not None):
        remedy = "Ghi condition" if is_conditional else "Để condition: null hoặc ghi deadline_kind: conditional"
        yield row.issue("điều kiện và loại thời hạn không khớp", remedy, "condition")
    if getattr(task, "heading", False) and task.deadline_kind != DeadlineKind.NONE:
        yield row.issue("dòng tiêu đề có thời hạn", "Ghi deadline_kind: none", "deadline_kind")


def _printed(row: Located[Any], issued_on: date) -> Iterator[Issue]:
    """Compare what was entered with what the printed words mean; a condition may stand in the full title."""
    task = row.value
    printed = read_deadline(task.deadline_text, issued_on=issued_on)
    if task.deadline_kind == DeadlineKind.CONDITIONAL or (
        task.deadline_kind == DeadlineKind.UNREADABLE and not task.deadline_text
    ):
        return
    if printed is None:
        what = f'không hiểu thời hạn "{task.deadline_text}"'
        yield row.issue(what, "Ghi đúng lời văn bản; lời mới cần thêm quy tắc đọc", "deadline_text")
    elif (printed.kind, printed.starts_on, printed.due_on) != (task.deadline_kind, task.starts_on, task.due_on):
        what = f'"{task.deadline_text}" có nghĩa là {printed.kind.value}, {printed.starts_on} đến {printed.due_on}'
        yield row.issue(what, "Sửa deadline_kind, starts_on, due_on cho khớp", "deadline_kind")


def _yearly_on(row: Located[DutyEntry]) -> Iterator[Issue]:
    day = row.value.yearly_on
    if day is None:
        return
    if row.value.deadline_kind != DeadlineKind.YEARLY:
        yield row.issue("yearly_on chỉ dùng cho việc hằng năm", "Xóa yearly_on hoặc sửa deadline_kind", "yearly_on")
    try:
        date.fromisoformat(f"{COMMON_YEAR}-{day}")
    except ValueError:
        yield row.issue(f'yearly_on "{day}" không phải ngày', "Ghi THÁNG-NGÀY, ví dụ 12-14", "yearly_on")


def _family(programme: ProgrammeFacts) -> Iterator[Issue]:
    rows = {(row.value.section, row.value.number): row for row in programme.tasks}
    parents = {(row.value.section, row.value.parent) for row in programme.tasks if row.value.parent is not None}
    for row in programme.tasks:
        task = row.value
        if task.parent is not None and (task.section, task.parent) not in rows:
            what = f'dòng "{task.number}" thuộc dòng "{task.parent}" không có trong phần "{task.section}"'
            yield row.issue(what, "Sửa parent hoặc thêm dòng đó", "parent")
        if task.parent is None and "." in task.number:
            yield row.issue(f'dòng con "{task.number}" không ghi dòng cha', "Ghi parent", "parent")
        if task.heading and (task.section, task.number) not in parents:
            yield row.issue(f'dòng tiêu đề "{task.number}" không có dòng con', "Ghi heading: false", "heading")
