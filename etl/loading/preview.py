"""What a load will do, in words and as plain values: rows, changed values, figures and statuses, problems."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from etl.loading.causes import KEPT_TEXT, cause_lines, cause_values
from etl.loading.question_lines import question_lines, taken_lines
from etl.loading.question_values import question_values, taken_values
from etl.loading.recipe import ImportResult
from etl.tables.findings import HIDDEN, Finding, Severity
from etl.writing.changes_written import FieldChange, plain
from etl.writing.effects import PROMISE, Effect
from models.base.facts import Changes
from models.gaps.answer import STATUS_WORDS, Status

SHOWN = 40
REFERENCES = {"commune": "Xã, phường, đặc khu", "commune_succession": "Xã cũ chuyển sang xã mới"}


def preview_lines(outcome: ImportResult) -> Iterator[str]:
    """The preview as lines of text for the command line."""
    written = outcome.written
    first = [cause for cause in outcome.causes if cause.first.rule in HIDDEN]
    causes = [cause for cause in outcome.causes if cause.first.rule not in HIDDEN]
    yield from map(str, (cause.first for cause in first))
    yield from question_lines(outcome.questions, outcome.more_questions)
    for cause in causes[: 5 * SHOWN]:
        yield from cause_lines(cause)
    hidden = len(causes) - 5 * SHOWN
    if hidden > 0:
        yield f"… và {hidden} vấn đề nữa (dùng --marked để xem hết)"
    yield from taken_lines(outcome.taken)
    if outcome.stops_file:
        return
    yield from _row_lines(outcome)
    if unread := outcome.counts.get(Severity.UNREAD):
        yield f"Giá trị chưa đọc được: {unread}. {KEPT_TEXT}."
    yield from (_change_line(change) for change in written.changes[:SHOWN])
    if written.change_count > SHOWN:
        yield f"… và {written.change_count - SHOWN} giá trị thay đổi nữa"
    yield from _effect_lines(outcome.effects)


def _row_lines(outcome: ImportResult) -> Iterator[str]:
    """Rows by fate; communes and successions apart, for one line of a file may bring several."""
    written = outcome.written
    if not any(table in written.tables for table in REFERENCES):
        yield (
            f"Dòng mới {written.new}, dòng thay đổi {written.changed}, giữ nguyên {written.untouched}, "
            f"để ngoài {outcome.left_out}."
        )
        return
    for table, name in REFERENCES.items():
        changes = written.tables.get(table, Changes())
        yield f"{name}: mới {changes.added}, thay đổi {changes.changed}, giữ nguyên {changes.untouched}."
    yield f"Dòng để ngoài: {outcome.left_out}."


def _change_line(change: FieldChange) -> str:
    where = f'trang "{change.sheet}", dòng {change.row}: ' if change.sheet else ""
    return f"  {where}{change.name}: {change.words} {change.old or '(trống)'} -> {change.new or '(trống)'}"


def _effect_lines(effects: Iterable[Effect]) -> Iterator[str]:
    moved = [effect for effect in effects if effect.is_changed]
    if not moved:
        yield "Các chỉ tiêu được so sánh với cam kết: không giá trị và trạng thái nào đổi."
        return
    yield "Chỉ tiêu và trạng thái thay đổi (trước -> sau):"
    for effect in moved:
        source = "cam kết" if effect.source == PROMISE else "theo sổ đăng ký"
        yield f"  {effect.name} ({source}): {_said(effect.before, effect.status_before)} -> " + _said(
            effect.after, effect.status_after
        )


def _said(value: float | None, status: str) -> str:
    word = STATUS_WORDS[Status(status)] if status in set(Status) else status
    number = "chưa có" if value is None else plain(float(f"{value:.6g}") if abs(value) < 1000 else round(value, 1))
    return f"{number} [{word}]" if word else number


def preview_values(outcome: ImportResult) -> dict[str, Any]:
    """The preview as plain values that can be kept as JSON."""
    written = outcome.written
    return {
        "rows": {
            "new": written.new,
            "changed": written.changed,
            "untouched": written.untouched,
            "left_out": outcome.left_out,
        },
        "new_names": written.new_names[:SHOWN],
        "changes": [asdict(change) | {"words": change.words} for change in written.changes],
        "change_count": written.change_count,
        "effects": [asdict(effect) | {"is_changed": effect.is_changed} for effect in outcome.effects],
        "pairs": [asdict(pair) for pair in outcome.pairs],
        "problems": [problem_values(finding) for finding in outcome.findings],
        "problem_counts": outcome.counts,
        "causes": [cause_values(cause) for cause in outcome.causes],
        "stops_file": outcome.stops_file,
        "is_opened": outcome.is_opened,
        "has_personal": outcome.has_personal,
        "questions": question_values(outcome.questions, outcome.more_questions),
        "taken": taken_values(outcome.taken),
        "is_empty": written.is_empty,
        "nothing": nothing_to_load(outcome) if written.is_empty else "",
    }


def problem_values(finding: Finding) -> dict[str, str]:
    """One problem as plain values."""
    return {**{name: str(value) for name, value in asdict(finding).items()}, "where": finding.where}


def nothing_to_load(outcome: ImportResult) -> str:
    """Why a file brings nothing, without a full stop: rows that are there already, rows that must stay out."""
    untouched, left_out = outcome.written.untouched, outcome.left_out
    there = f"{untouched} dòng đã có sẵn y như trong tệp" if untouched else ""
    if left_out:
        return f"Không còn dòng nào để nạp: {there}{', ' if there else ''}{left_out} dòng phải để ngoài"
    if untouched:
        return "Dữ liệu đã có sẵn y như trong tệp, không có gì để nạp"
    if outcome.is_blank_template:
        return "Biểu mẫu chưa điền, không có gì thay đổi"
    return "Không dòng nào của tệp cho số liệu để nạp"
