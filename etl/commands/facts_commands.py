"""The commands on data/ and on what was loaded: init, check, export."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.exc import OperationalError, ProgrammingError

from etl.backup.web_role import grant_web_role, web_role
from etl.commands.command import Command, operand, option, switch
from etl.commands.console import DONE, RUN_INIT, actor, disposing, opened, put, reason, say
from etl.commands.import_commands import export_answers, export_organizations
from etl.commands.programme_command import PROGRAMME, export_programme
from etl.export.import_answers import ANSWERS, COLUMN_LINES
from etl.export.organizations import TABLE as ORGANIZATIONS
from etl.export.tables import TABLES, export_text
from etl.facts.checks import check_facts
from etl.facts.facts_reader import Facts, read_facts
from etl.facts.load import Loaded, load_facts
from etl.loading import check_columns as received
from etl.parsing.issues import DataError, LoadError
from models.base.database import make_engine, migrate
from models.base.day_limits import day_to_look_from
from models.base.day_text import LOCAL, day_text
from models.config.settings import Settings

NAMES = {
    "agency": "cơ quan",
    "place": "địa bàn",
    "indicator": "chỉ tiêu",
    "programme": "chương trình",
    "target": "cam kết có số",
    "qualitative_promise": "cam kết không có số",
    "task": "nhiệm vụ",
    "observation": "số liệu",
}


def run_init(_choice: argparse.Namespace, settings: Settings) -> int:
    """Migrate and load data/; raises DataError before anything is written when the data is wrong."""
    say(f"Đọc và kiểm tra {settings.data_dir}")
    facts = _checked(settings.data_dir)
    role = web_role(settings)
    with disposing(make_engine(settings.owner_url)) as engine:
        say("Cập nhật cấu trúc cơ sở dữ liệu")
        migrate(engine)
        if role:
            grant_web_role(engine, role)
        loaded = load_facts(
            engine, facts, load_date=settings.as_of, actor=actor(), report=lambda line: say(f"Nạp {line}")
        )
    sys.stdout.write(_summary(loaded) + "\n")
    return DONE


def run_check(_choice: argparse.Namespace, settings: Settings) -> int:
    """Check data/ without touching a database."""
    facts = _checked(settings.data_dir)
    rows = len(facts.figures) + sum(len(p.targets) + len(p.promises) + len(p.tasks) for p in facts.programmes)
    sys.stdout.write(
        f"Dữ liệu hợp lệ: {len(facts.programmes)} chương trình, {len(facts.indicators)} chỉ tiêu, "
        f"{len(facts.figures)} số liệu; {rows} dòng đã kiểm tra.\n"
    )
    return DONE


def run_export(choice: argparse.Namespace, settings: Settings) -> int:
    """Print or write one table; raises LoadError when the database is missing or empty."""
    if choice.table == ORGANIZATIONS:
        return export_organizations(choice, settings)
    if choice.table in (ANSWERS, COLUMN_LINES):
        return export_answers(choice, settings)
    if choice.table == PROGRAMME:
        return export_programme(choice, settings)
    today = settings.as_of
    if max(choice.as_of or today, choice.known_on or today) > today:
        say(f"Ngày sau hôm nay được tính như hôm nay ({day_text(today)}).")
    as_of = day_to_look_from(choice.as_of or today, today)
    is_asked = choice.as_of is not None or choice.known_on is not None
    known = day_to_look_from(choice.known_on or as_of, today)
    try:
        with opened(settings) as engine:
            text = export_text(engine, choice.table, choice.format, as_of=as_of, known_on=known, is_day_asked=is_asked)
    except LookupError as error:
        raise LoadError(f"Cơ sở dữ liệu chưa có dữ liệu. {RUN_INIT}") from error
    except (OperationalError, ProgrammingError) as error:
        raise LoadError(f"Không đọc được cơ sở dữ liệu ({reason(error)}). {RUN_INIT}") from error
    put(text, choice.out)
    return DONE


def _checked(folder: Path) -> Facts:
    facts = read_facts(folder)
    today = datetime.now(LOCAL).date()
    issues = [*check_facts(facts, today), *received.check(folder, facts)]
    if issues:
        raise DataError(issues)
    return facts


def _summary(loaded: Loaded) -> str:
    counts = {name: changes.added + changes.changed + changes.untouched for name, changes in loaded.tables.items()}
    holds = ", ".join(f"{counts[table]} {name}" for table, name in NAMES.items())
    if loaded.run_id is None:
        return f"Không có gì thay đổi: {holds}."
    total = loaded.total
    return (
        f"Đã nạp (lượt {loaded.run_id}): {holds}.\n"
        f"Thêm {total.added}, sửa {total.changed}, rút {total.withdrawn}, giữ nguyên {total.untouched} dòng."
    )


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" không phải ngày, ghi dạng 2026-11-21') from error


_NAMES = (*TABLES, ORGANIZATIONS, ANSWERS, COLUMN_LINES, PROGRAMME)
COMMANDS = (
    Command("init", "tạo cơ sở dữ liệu và nạp thư mục dữ liệu; chạy lại không đổi gì", run_init),
    Command("check", "kiểm tra thư mục dữ liệu, không ghi gì", run_check),
    Command(
        "export",
        "xuất một bảng dạng CSV hoặc JSON; programme: một chương trình thành tệp Excel",
        run_export,
        (
            operand("bảng", "table", choices=_NAMES, metavar="bảng", help=", ".join(_NAMES)),
            operand(
                "mã",
                "slug",
                nargs="?",
                metavar="mã",
                help="chỉ bảng programme: mã của chương trình hoặc địa bàn, trống là tệp mẫu",
            ),
            option("--format", choices=("csv", "json"), default="csv", help="mặc định csv"),
            option("--as-of", type=_date, metavar="NGÀY", help="tính đến ngày; mặc định hôm nay hoặc AS_OF"),
            option("--known-on", type=_date, metavar="NGÀY", help="số liệu đã biết đến ngày; bỏ trống là --as-of"),
            option("--out", type=Path, metavar="TỆP", help="ghi ra tệp thay vì in ra màn hình"),
            switch("--with-persons", "kèm người đại diện (chỉ bảng organizations)"),
        ),
    ),
)
