"""The command line of the ETL. Exit codes: 0 done, 1 data or database problem, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError, ProgrammingError

from etl.backup.web_role import grant_web_role, web_role
from etl.commands.arguments import make_parser
from etl.commands.console import DATA_PROBLEM, DONE, RUN_INIT, WRONG_USAGE, actor, existing_database, put, reason, say
from etl.commands.deadline_command import run_deadline
from etl.commands.digest_command import run_digest
from etl.commands.import_commands import run_export_organizations, run_load, run_runs, run_sample, run_undo
from etl.commands.safety_commands import run_backup, run_copy, run_restore
from etl.commands.status_command import run_status
from etl.commands.template_command import run_template
from etl.commands.trail_command import run_noted, run_trail
from etl.commands.user_command import run_user
from etl.export.organizations import TABLE as ORGANIZATIONS
from etl.export.tables import export_text
from etl.facts.checks import check_facts
from etl.facts.facts_reader import Facts, read_facts
from etl.facts.load import Loaded, load_facts
from etl.loading import check_columns as received
from etl.parsing.issues import DataError, LoadError
from models.base.database import NewerDatabaseError, make_engine, migrate
from models.base.database_words import told
from models.base.day_limits import day_to_look_from
from models.base.day_text import LOCAL, day_text
from models.base.fitting import UnfitValueError
from models.config.instance import keep_private
from models.config.settings import Settings, read_settings

DATABASES = ("sqlite", "postgresql")
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


def main(arguments: Sequence[str]) -> int:
    """Run one command and give the exit code; expected errors are printed in Vietnamese without a traceback."""
    keep_private()
    try:
        choice = make_parser().parse_args(arguments)
    except SystemExit as error:  # the parser has already said what is wrong
        return DONE if not error.code else WRONG_USAGE
    try:
        settings = read_settings()
        if make_url(settings.database_url).get_backend_name() not in DATABASES:
            raise ValueError(f"DATABASE_URL chỉ nhận {' hoặc '.join(DATABASES)}")
    except (ValueError, ArgumentError) as error:
        say(f"Cấu hình sai: {error}")
        return WRONG_USAGE
    return _run(choice, settings)


def _run(choice: argparse.Namespace, settings: Settings) -> int:
    try:
        return run_noted(COMMANDS[choice.command], choice, settings)
    except DataError as error:
        return _fail(f"{error}\nCó {len(error.issues)} lỗi trong dữ liệu, chưa ghi gì. Sửa rồi chạy lại.")
    except (LoadError, NewerDatabaseError, UnfitValueError) as error:
        return _fail(f"{error}.")
    except OSError as error:
        return _fail(f"Không đọc hoặc ghi được {error.filename or ''}: {error.strerror}. Kiểm tra đường dẫn và quyền.")
    except DBAPIError as error:
        return _fail(f"Cơ sở dữ liệu báo lỗi: {told(error)}. Địa chỉ lấy từ DATABASE_URL.")


def run_init(_choice: argparse.Namespace, settings: Settings) -> int:
    """Migrate and load data/; raises DataError before anything is written when the data is wrong."""
    say(f"Đọc và kiểm tra {settings.data_dir}")
    facts = _checked(settings.data_dir)
    role = web_role(settings)
    engine = make_engine(settings.owner_url)
    try:
        say("Cập nhật cấu trúc cơ sở dữ liệu")
        migrate(engine)
        if role:
            grant_web_role(engine, role)
        loaded = load_facts(
            engine, facts, load_date=settings.as_of, actor=actor(), report=lambda line: say(f"Nạp {line}")
        )
    finally:
        engine.dispose()
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
        return run_export_organizations(choice, settings)
    today = settings.as_of
    if max(choice.as_of or today, choice.known_on or today) > today:
        say(f"Ngày sau hôm nay được tính như hôm nay ({day_text(today)}).")
    as_of = day_to_look_from(choice.as_of or today, today)
    engine = existing_database(settings)
    try:
        is_asked = choice.as_of is not None or choice.known_on is not None
        known_on = day_to_look_from(choice.known_on or as_of, today)
        text = export_text(engine, choice.table, choice.format, as_of=as_of, known_on=known_on, is_day_asked=is_asked)
    except LookupError as error:
        raise LoadError(f"Cơ sở dữ liệu chưa có dữ liệu. {RUN_INIT}") from error
    except (OperationalError, ProgrammingError) as error:
        raise LoadError(f"Không đọc được cơ sở dữ liệu ({reason(error)}). {RUN_INIT}") from error
    finally:
        engine.dispose()
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


def _fail(message: str) -> int:
    say(message)
    return DATA_PROBLEM


COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int]] = {
    "init": run_init,
    "check": run_check,
    "export": run_export,
    "load": run_load,
    "runs": run_runs,
    "undo": run_undo,
    "sample": run_sample,
    "digest": run_digest,
    "template": run_template,
    "copy": run_copy,
    "backup": run_backup,
    "restore": run_restore,
    "deadline": run_deadline,
    "status": run_status,
    "trail": run_trail,
    "user": run_user,
}
