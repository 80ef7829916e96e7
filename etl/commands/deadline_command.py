"""`python -m etl deadline`: what a printed deadline means, and the next days of what recurs."""

from __future__ import annotations

import argparse
import json
from datetime import date
from typing import Any

from etl.commands.command import Command, operand, option
from etl.commands.console import DATA_PROBLEM, DONE, put, say
from models.base.day_text import day_text
from models.config.settings import Settings
from models.tasks.deadline import Deadline, read_deadline
from models.tasks.periods import DEADLINE_WORDS, period_text
from models.tasks.task_rules import Duty, instances
from models.tasks.task_state import RECURRING


def run_deadline(choice: argparse.Namespace, settings: Settings) -> int:
    """Print kind, days and the instances after the signing (after today without one); exit 1 for unknown words.

    Instances run to the end of the year after that day, or of the first year of a period that begins later.
    """
    found = read_deadline(choice.text, issued_on=choice.issued)
    if found is None:
        say(f'Không hiểu thời hạn "{choice.text}": không đoán. Ghi như trong văn bản, hoặc xác nhận ngày khi nạp.')
        return DATA_PROBLEM
    described = _described(found, choice.issued or settings.as_of)
    text = json.dumps(described, ensure_ascii=False, indent=2) if choice.format == "json" else _lines(described)
    put(text + "\n", None)
    return DONE


def _described(found: Deadline, after: date) -> dict[str, Any]:
    duty = Duty(found.kind, after, found.due_on, starts_on=found.starts_on, turns=found.turns)
    last_year = max(after.year + 1, found.starts_on.year if found.starts_on else 0)
    coming = instances(duty, last_year) if found.kind in RECURRING else []
    return {
        "kind": found.kind.value,
        "starts_on": found.starts_on and found.starts_on.isoformat(),
        "due_on": found.due_on and found.due_on.isoformat(),
        "condition": found.condition,
        "instances": [
            {"period": item.period or str(item.year), "due_on": item.due_on and item.due_on.isoformat()}
            for item in coming
        ],
    }


def _lines(described: dict[str, Any]) -> str:
    lines = [f"Loại: {DEADLINE_WORDS[described['kind']]}"]
    days = (("Từ ngày", described["starts_on"]), ("Đến hết ngày", described["due_on"]))
    lines += [f"{name}: {_day(value) or 'không ghi'}" for name, value in days]
    lines += [f"Chờ: {described['condition']}"] if described["condition"] else []
    named = [f"{period_text(item['period'])}: hết ngày {_day(item['due_on'])}" for item in described["instances"]]
    return "\n".join([*lines, *named])


def _day(text: str | None) -> str | None:
    return day_text(date.fromisoformat(text)) if text else None


COMMAND = Command(
    "deadline",
    "thời hạn ghi trong văn bản có nghĩa là ngày nào; lời không hiểu được thì mã thoát 1",
    run_deadline,
    (
        operand("lời", "text", metavar="LỜI", help='lời ghi thời hạn, ví dụ "Hằng quý, trước ngày 15 tháng cuối quý"'),
        option("--issued", type=date.fromisoformat, metavar="NGÀY", help="ngày ký văn bản, dạng 2026-11-30"),
        option("--format", choices=("text", "json"), default="text", help="dạng kết quả"),
    ),
)
