"""`python -m etl read-decision`: the promises and tasks of a document as a draft to be confirmed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from etl.commands.command import Command, operand, option
from etl.commands.console import DATA_PROBLEM, DONE, put, say
from etl.documents.decision_draft import DecisionDraft, draft_columns, read_decision
from etl.documents.document_text import read_document_text
from etl.facts.facts_reader import read_facts
from etl.programmes.draft_book import draft_book
from models.base.day_text import day_text
from models.config.settings import Settings


def run_read_decision(choice: argparse.Namespace, settings: Settings) -> int:
    """Print the draft, or write it as a workbook (--out X.xlsx); nothing is stored.

    Exit 1 where the text holds neither a promise nor a task.
    """
    draft = read_decision(read_document_text(choice.file))
    if choice.out is not None and choice.out.suffix == ".xlsx":
        choice.out.write_bytes(draft_book(draft, read_facts(settings.data_dir)))
        say(f"Đã ghi {choice.out}: ghi đúng, sửa hoặc bỏ ở cột Xác nhận từng dòng, rồi nạp bằng --as programme.")
    elif choice.format == "json":
        put(json.dumps(draft_columns(draft), ensure_ascii=False, indent=2) + "\n", choice.out)
    else:
        put("\n".join(_lines(draft)) + "\n", choice.out)
    if draft.promises or draft.tasks:
        return DONE
    say("Không thấy cam kết có số và nhiệm vụ nào trong văn bản này: kiểm tra lại tệp, hoặc nhập bằng tay.")
    return DATA_PROBLEM


def _lines(draft: DecisionDraft) -> Iterator[str]:
    facts = draft.facts
    yield f"Văn bản: {facts.number or 'không đọc được số'}, {facts.issued_text or 'không đọc được ngày'}"
    yield f"Cơ quan ban hành: {facts.issuer_text or 'không đọc được'}"
    for word, named in (("Căn cứ", facts.bases), ("Thay thế", facts.replaces)):
        yield from (f"{word}: {item.number}, {day_text(item.issued_on) if item.issued_on else '-'}" for item in named)
    yield f"{len(draft.promises)} cam kết có số (bản nháp, chưa ai xác nhận):"
    for promise in draft.promises:
        code = promise.indicator or "CHƯA RÕ CHỈ TIÊU"
        note = f" | {promise.note}" if promise.note else ""
        yield f"  {promise.horizon} | {code} | {promise.wording} | {promise.clause}{note}"
    yield f"{len(draft.tasks)} nhiệm vụ:"
    for row in draft.tasks:
        yield f"  {row.section}.{row.number} | {row.leads_text or '-'} | {row.deadline_text or '-'} | {row.title[:80]}"


COMMAND = Command(
    "read-decision",
    "đọc một quyết định thành bản nháp: cam kết có số và nhiệm vụ, kèm câu văn; không ghi gì",
    run_read_decision,
    (
        operand("tệp", "file", type=Path, metavar="TỆP", help="văn bản có chữ: .docx, .pdf, .html, .txt"),
        option("--format", choices=("text", "json"), default="text", help="dạng kết quả"),
        option("--out", type=Path, metavar="TỆP", help="ghi ra tệp; X.xlsx: tệp chương trình để xác nhận"),
    ),
)
