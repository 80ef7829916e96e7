"""`python -m etl status`: how the installation is doing, the same as the page `/van-hanh` shows."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from datetime import UTC, datetime

from etl.commands.command import Command
from etl.commands.console import DATA_PROBLEM, DONE, put, reading
from etl.loading.import_file import KIND_NAMES
from models.config.settings import Settings
from models.operation.operation import read_operation
from models.operation.operation_lines import RUN_KINDS, StatusGroup, StatusVerdict, bad_lines, operation_groups

WORDS = {StatusVerdict.FINE: "      ", StatusVerdict.NOTE: "Lưu ý ", StatusVerdict.BAD: "CẦN LÀM"}


def run_status(_choice: argparse.Namespace, settings: Settings) -> int:
    """Print every value with what to do; exit 1 while something has to be done."""
    with reading(settings) as session:
        found = read_operation(session, settings, os.environ, datetime.now(UTC))
    groups = operation_groups(found, lambda kind: KIND_NAMES.get(kind) or RUN_KINDS.get(kind, kind))
    put("\n".join(_lines(groups)) + "\n", None)
    return DATA_PROBLEM if bad_lines(groups) else DONE


def _lines(groups: tuple[StatusGroup, ...]) -> Iterator[str]:
    for group in groups:
        yield group.title
        for line in group.lines:
            remedy = f" -> {line.remedy}" if line.remedy else ""
            yield f"  {WORDS[line.verdict]:<7} {line.what}: {line.value}{remedy}"
        if not group.lines:
            yield f"          {group.nothing}"
        yield ""
    yield f"{len(bad_lines(groups))} việc cần làm."


COMMAND = Command(
    "status",
    "tình trạng vận hành: lần nạp, kỳ báo cáo, sao lưu, phiên bản; mã thoát 1 khi có việc cần làm",
    run_status,
)
