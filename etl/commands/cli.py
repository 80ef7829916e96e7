"""The command line of the ETL. Exit codes: 0 done, 1 data or database problem, 2 wrong usage."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from etl.commands.arguments import COMMANDS, make_parser
from etl.commands.console import DATA_PROBLEM, DONE, WRONG_USAGE, say
from etl.commands.trail_command import run_noted
from etl.parsing.issues import DataError, LoadError
from models.base.database import NewerDatabaseError
from models.base.database_words import told
from models.base.fitting import UnfitValueError
from models.config.instance import keep_private
from models.config.settings import Settings, read_settings

DATABASES = ("sqlite", "postgresql")
RUNS = {command.name: command.run for command in COMMANDS}


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
        return run_noted(RUNS[choice.command], choice, settings)
    except DataError as error:
        return _fail(f"{error}\nCó {len(error.issues)} lỗi trong dữ liệu, chưa ghi gì. Sửa rồi chạy lại.")
    except (LoadError, NewerDatabaseError, UnfitValueError) as error:
        return _fail(f"{error}.")
    except OSError as error:
        return _fail(f"Không đọc hoặc ghi được {error.filename or ''}: {error.strerror}. Kiểm tra đường dẫn và quyền.")
    except DBAPIError as error:
        return _fail(f"Cơ sở dữ liệu báo lỗi: {told(error)}. Địa chỉ lấy từ DATABASE_URL.")


def _fail(message: str) -> int:
    say(message)
    return DATA_PROBLEM
