"""What commands change is noted in the trail; `trail check` walks its chain."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from etl.console import DATA_PROBLEM, DONE, existing_database, say
from etl.door import KIND_NAMES
from etl.issues import LoadError
from models.database import data_version
from models.settings import Settings
from models.source import Run
from models.trail import COMMAND_LINE, Deed, check_chain, write_trail

NAME, HELP = "trail", "kiểm tra nhật ký còn nguyên, không mục nào bị sửa hay mất"
RUNNING = {"init": "import", "load": "import", "undo": "undo", "sample": "import"}
SUBJECTS = {"init": "Dữ liệu đã soát trong thư mục data"}
ALWAYS = {"backup": "backup", "restore": "backup", "copy": "backup"}
TWO_STEPS = (
    "Bản cài này đòi hai người (TWO_STEPS=1) nên không {what} bằng dòng lệnh được. {where} rồi để người thứ hai duyệt"
)
INSTEAD = {"load": ("nạp", "Nạp ở trang /nhap-lieu"), "undo": ("hoàn tác", "Hoàn tác ở trang /doi-soat?muc=luot-nap")}
Command = Callable[[argparse.Namespace, Settings], int]


def run_noted(command: Command, choice: argparse.Namespace, settings: Settings) -> int:
    """Run a command; what it changed is noted under "dòng lệnh", never under a name of the operating system.

    Raises LoadError where two people are needed for what it would do.
    """
    if settings.two_steps and choice.command in INSTEAD and not getattr(choice, "dry_run", False):
        what, where = INSTEAD[choice.command]
        raise LoadError(TWO_STEPS.format(what=what, where=where))
    before = _version(settings) if choice.command in RUNNING else 0
    code = command(choice, settings)
    if code == DONE and _is_worth_a_note(choice):
        _note(choice, settings, before)
    return code


def _is_worth_a_note(choice: argparse.Namespace) -> bool:
    """Whether a command changes something, takes the whole away or reads persons; others need no database for it."""
    return choice.command in RUNNING or choice.command in ALWAYS or getattr(choice, "with_persons", False)


def run_trail(_choice: argparse.Namespace, settings: Settings) -> int:
    """Walk the trail; exit 1 where an entry does not name the one before it."""
    engine = existing_database(settings)
    try:
        with Session(engine) as session:
            found = check_chain(session)
    finally:
        engine.dispose()
    if found.broken_at is not None:
        say(f"Nhật ký không liền mạch: mục {found.broken_at} không nối với mục {found.last_id or 'đầu'} đứng trước.")
        return DATA_PROBLEM
    end = f" Dấu của mục cuối ({found.last_id}): {found.last_digest}" if found.count else ""
    sys.stdout.write(f"Nhật ký liền mạch: {found.count} mục.{end}\n")
    return DONE


def add_trail_arguments(parser: Any) -> None:
    """`trail check`."""
    parser.add_argument_group("việc").add_argument("what", choices=("check",), metavar="việc", help="check")


def _note(choice: argparse.Namespace, settings: Settings, before: int) -> None:
    """Add the entry; what was done stays done when it cannot be noted, and the operator is told."""
    try:
        engine = existing_database(settings)
        try:
            deed = _deed(engine, choice, before)
            if deed is not None:
                with Session(engine) as session:
                    write_trail(session, deed)
        finally:
            engine.dispose()
    except (SQLAlchemyError, LoadError) as error:
        say(f"Việc đã xong nhưng chưa ghi được vào nhật ký: {str(error).splitlines()[0]}")


def _deed(engine: Engine, choice: argparse.Namespace, before: int) -> Deed | None:
    if choice.command in ALWAYS:
        return Deed(ALWAYS[choice.command], COMMAND_LINE, details={"command": choice.command})
    if choice.command == "export" and getattr(choice, "with_persons", False):
        return Deed("read_persons", COMMAND_LINE, subject="Sổ đăng ký kèm người đại diện")
    if choice.command not in RUNNING:
        return None
    with Session(engine) as session:
        newest = data_version(session)
        run = session.get(Run, newest) if newest > before else None
        if run is None:
            return None
        details = {"run": run.id, "kind": KIND_NAMES.get(run.kind), "year": run.year, "undoes": run.undoes}
        told = {name: value for name, value in details.items() if value is not None}
        return Deed(
            RUNNING[choice.command],
            COMMAND_LINE,
            subject=SUBJECTS.get(run.kind, run.source),
            place=run.place,
            details=told,
        )


def _version(settings: Settings) -> int:
    """The newest run, 0 while there is no database or no table yet."""
    try:
        engine = existing_database(settings)
        try:
            with Session(engine) as session:
                return data_version(session)
        finally:
            engine.dispose()
    except (SQLAlchemyError, LoadError):
        return 0
