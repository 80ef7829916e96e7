"""The commands around received workbooks: load, runs, undo, the list of organisations, invented registers."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from etl.commands.command import Command, operand, option, switch
from etl.commands.console import DATA_PROBLEM, DONE, actor, opened, put, reading, say
from etl.demo.sample import write_register
from etl.demo.sample_fill import fill
from etl.export.import_answers import ANSWERS, answer_rows, spelling_rows
from etl.export.organizations import organization_rows
from etl.files.storage import MAX_BYTES, checksum_of, keep_file, label_of
from etl.loading.answer_file import read_answer_file, write_questions
from etl.loading.import_file import ImportService, decisions_of
from etl.loading.import_values import left_out_words
from etl.loading.marked_copy import marked_copy
from etl.loading.preview import nothing_to_load, preview_lines
from etl.loading.recipe import KINDS, ImportRequest, ImportResult, ImportSettings, carry_out
from etl.loading.runs import RunView, list_runs, undo_run
from etl.parsing.issues import LoadError
from etl.questions.question import Unanswered
from etl.tables.findings import Severity
from models.base.day_text import moment_text
from models.base.row_text import to_csv, to_json
from models.config.settings import Settings


def run_load(choice: argparse.Namespace, settings: Settings) -> int:
    """Read, check, preview and (without --dry-run) load one file; exit 1 while rows stop without --yes."""
    with opened(settings) as engine:
        content = _content(choice.file)
        checksum = checksum_of(content) if choice.dry_run else keep_file(engine, choice.file.name, content)
        order = ImportRequest(
            kind=choice.kind,
            place=choice.place,
            year=choice.year,
            actor=actor(),
            label=label_of(choice.file.name),
            checksum=checksum,
            is_demo=choice.demo,
            marked_demo=settings.is_demo,
            answers=tuple(read_answer_file(choice.answers)) if choice.answers else (),
            decisions=decisions_of(choice.same, choice.different, [_spelling(text) for text in choice.commune]),
        )
        import_settings = ImportSettings(engine, settings.data_dir, settings.as_of, progress=say)
        try:
            outcome = carry_out(import_settings, order, choice.file, commit=not choice.dry_run, leave_out=choice.yes)
        finally:
            if not choice.dry_run:
                ImportService(engine, settings.data_dir).let_go(checksum)
        if choice.marked is not None:
            choice.marked.write_bytes(marked_copy(choice.file, outcome.findings))
            say(f"Đã ghi bản đánh dấu {choice.marked}")
        if choice.questions is not None:
            write_questions(choice.questions, outcome.questions)
            say(f"Đã ghi {len(outcome.questions)} câu hỏi ra {choice.questions}")
    sys.stdout.write("\n".join([*preview_lines(outcome), _last_line(outcome, choice)]) + "\n")
    return _exit_code(outcome, agreed=choice.yes)


def _content(path: Path) -> bytes:
    if path.stat().st_size > MAX_BYTES:
        raise LoadError(f"Tệp lớn hơn {MAX_BYTES // 1024**2} MB. Chia tệp nhỏ hơn rồi nộp lại")
    return path.read_bytes()


def _spelling(text: str) -> tuple[str, str]:
    spelling, mark, code = text.rpartition("=")
    if not mark or not spelling or not code:
        raise LoadError(f'--commune "{text}" sai mẫu. Ghi "cách viết=mã xã"')
    return spelling, code


def _last_line(outcome: ImportResult, choice: argparse.Namespace) -> str:
    demo = " Dữ liệu mô phỏng, không tính vào số liệu chính thức." if choice.demo else ""
    if outcome.stops_file and any(question.unanswered is Unanswered.FILE for question in outcome.questions):
        return "Chưa ghi gì: còn câu hỏi phải trả lời. Ghi câu hỏi: --questions TỆP; điền rồi nạp với --answers TỆP."
    if outcome.stops_file:
        return "Chưa ghi gì: tệp có lỗi dừng cả tệp. Sửa tệp rồi nạp lại."
    if outcome.run_id is not None:
        return f"Đã nạp (lượt {outcome.run_id}). Hoàn tác: python -m etl undo {outcome.run_id}.{demo}"
    if (out := left_out_words(outcome.left_out, outcome.columns_out)) and not choice.yes:
        answering = "trả lời câu hỏi (--questions TỆP, --answers TỆP), " if outcome.columns_out else ""
        return f"Chưa ghi gì: {out}. Sửa tệp, {answering}hoặc thêm --yes để nạp mà để ngoài phần này."
    if outcome.written.is_empty and outcome.written.untouched and not outcome.left_out:
        return "Không có gì thay đổi: dữ liệu đã có sẵn."
    if outcome.written.is_empty:
        return f"Chưa ghi gì. {nothing_to_load(outcome)}."
    return f"Xem trước, chưa ghi gì.{demo}"


def _exit_code(outcome: ImportResult, *, agreed: bool) -> int:
    """Not done where file, row or column stops without a yes, nor where nothing of the file came in or was there."""
    waits = outcome.counts.get(Severity.STOPS_ROW, 0) > 0 or bool(outcome.columns_out)
    stopped = outcome.stops_file or (waits and not agreed)
    is_lost = outcome.written.is_empty and not outcome.written.untouched and not outcome.is_blank_template
    return DATA_PROBLEM if stopped or is_lost else DONE


def run_runs(choice: argparse.Namespace, settings: Settings) -> int:
    """List the loads, newest first."""
    with reading(settings) as session:
        runs = list_runs(session, choice.place)
    if choice.format == "json":
        rows = [{**asdict(run), "started_at": run.started_at.isoformat()} for run in runs]
        put(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", None)
    else:
        put("\n".join(_run_lines(runs)) + "\n", None)
    return DONE


def _run_lines(runs: Iterable[RunView]) -> Iterable[str]:
    yield "Lượt  Ngày giờ          Loại         Địa bàn                  Năm   Nguồn"
    for run in runs:
        marks = [
            "mô phỏng" if run.is_demo else "",
            f"hoàn tác lượt {run.undoes}" if run.undoes else "",
            f"đã hoàn tác bởi lượt {run.undone_by}" if run.undone_by else "",
        ]
        note = "; ".join(mark for mark in marks if mark)
        yield (
            f"{run.id:>4}  {moment_text(run.started_at):<16}  {run.kind:<12} {run.place or '-':<24} "
            f"{run.year or '-':<5} {run.source}{f' ({note})' if note else ''}"
        )


def run_undo(choice: argparse.Namespace, settings: Settings) -> int:
    """Take one load back as a whole."""
    with opened(settings) as engine:
        run_id = undo_run(engine, choice.run, actor())
    put(f"Đã hoàn tác lượt {choice.run} (lượt {run_id}). Lịch sử vẫn được giữ.\n", None)
    return DONE


def export_organizations(choice: argparse.Namespace, settings: Settings) -> int:
    """The register as flat rows; persons only when asked for."""
    with reading(settings) as session:
        rows = organization_rows(session, with_persons=choice.with_persons)
    put(to_csv(rows) if choice.format == "csv" else to_json(rows) + "\n", choice.out)
    return DONE


def export_answers(choice: argparse.Namespace, settings: Settings) -> int:
    """What was answered about received files, or its headings and words as lines of data/columns."""
    with reading(settings) as session:
        rows = answer_rows(session) if choice.table == ANSWERS else spelling_rows(session)
    put(to_csv(rows) if choice.format == "csv" else to_json(rows) + "\n", choice.out)
    return DONE


def run_sample(choice: argparse.Namespace, settings: Settings) -> int:
    """Write an invented register to a file, or fill a database for trials with one."""
    if choice.load:
        with opened(settings) as engine:
            fill(engine, settings, organizations=choice.organizations, seed=choice.seed, report=say)
        put("Đã nạp dữ liệu mô phỏng.\n", None)
        return DONE
    out = choice.out or Path("so-dang-ky-mo-phong.xlsx")
    write_register(out, organizations=choice.organizations, seed=choice.seed)
    say(f"Đã ghi {out}")
    return DONE


_PAIR: dict[str, Any] = {"action": "append", "default": [], "metavar": "A=B"}
COMMANDS = (
    Command(
        "load",
        "nạp một tệp nhận được: đọc, kiểm tra, xem trước, ghi tất cả hoặc không gì",
        run_load,
        (
            operand("tệp", "file", type=Path, metavar="tệp", help=".xlsx, .xls, .ods hoặc .csv"),
            option("--as", dest="kind", choices=tuple(KINDS), required=True, help="loại tệp"),
            option("--place", metavar="ĐỊA BÀN", help="mã địa bàn, ví dụ gia-lai; năm chọn đúng ranh giới"),
            option("--year", type=int, metavar="NĂM", help="năm của số liệu"),
            switch("--dry-run", "chỉ xem trước, không ghi gì"),
            switch("--yes", "đồng ý để ngoài các dòng phải dừng và các cột chưa trả lời"),
            switch("--demo", "nạp như dữ liệu mô phỏng, không tính chính thức"),
            option("--marked", type=Path, metavar="TỆP.xlsx", help="ghi bản sao có đánh dấu các ô có vấn đề"),
            option(
                "--questions", type=Path, metavar="TỆP", help="ghi các câu hỏi còn mở ra tệp .xlsx hoặc .csv để điền"
            ),
            option("--answers", type=Path, metavar="TỆP", help="đọc câu trả lời từ tệp đã điền"),
            option("--same", **_PAIR, help="hai mục là một tổ chức (lặp lại được)"),
            option("--different", **_PAIR, help="hai mục là hai tổ chức (lặp lại được)"),
            option("--commune", **_PAIR | {"metavar": "CÁCH VIẾT=MÃ"}, help="xác nhận mã xã cho một cách viết"),
        ),
    ),
    Command(
        "runs",
        "danh sách các lượt nạp",
        run_runs,
        (
            option("--place", metavar="ĐỊA BÀN", help="chỉ các lượt của một địa bàn"),
            option("--format", choices=("text", "json"), default="text", help="mặc định text"),
        ),
    ),
    Command(
        "undo",
        "hoàn tác trọn một lượt nạp, lịch sử vẫn giữ",
        run_undo,
        (operand("lượt", "run", type=int, metavar="lượt", help="số của lượt nạp"),),
    ),
    Command(
        "sample",
        "tạo sổ đăng ký mô phỏng để dùng thử",
        run_sample,
        (
            option("--organizations", type=int, default=500, metavar="SỐ", help="số tổ chức; mặc định 500"),
            option("--seed", type=int, default=1, metavar="SỐ", help="cùng số thì cùng dữ liệu; mặc định 1"),
            option("--out", type=Path, metavar="TỆP.xlsx", help="ghi một sổ đăng ký ra tệp"),
            switch("--load", "nạp vào cơ sở dữ liệu mô phỏng (cần DEMO=1)"),
        ),
    ),
)
