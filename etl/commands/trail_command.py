"""What commands change is noted in the trail; `trail check` walks its chain."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from etl.commands.command import Command, operand
from etl.commands.console import DATA_PROBLEM, DONE, opened, reading, say
from etl.parsing.issues import LoadError
from models.accounts.changing import write_trail
from models.accounts.trail import COMMAND_LINE, Deed, check_chain
from models.config.settings import Settings

TAKEN = {"backup": "backup", "copy": "backup"}
TWO_STEPS = (
    "Bản cài này đòi hai người (TWO_STEPS=1) nên không {what} bằng dòng lệnh được. {where} rồi để người thứ hai duyệt"
)
INSTEAD = {"load": ("nạp", "Nạp ở trang /nhap-lieu"), "undo": ("hoàn tác", "Hoàn tác ở trang /doi-soat?muc=luot-nap")}
Run = Callable[[argparse.Namespace, Settings], int]


def run_noted(run: Run, choice: argparse.Namespace, settings: Settings) -> int:
    """Run a command; what it takes away is noted under "dòng lệnh", never under a name of the operating system.

    What a command changes it notes by itself, in the transaction of the change. Raises LoadError where two people
    are needed for what it would do.
    """
    if settings.two_steps and choice.command in INSTEAD and not getattr(choice, "dry_run", False):
        what, where = INSTEAD[choice.command]
        raise LoadError(TWO_STEPS.format(what=what, where=where))
    code = run(choice, settings)
    deed = _deed(choice)
    if code == DONE and deed is not None:
        _note(deed, settings)
    return code


def run_trail(_choice: argparse.Namespace, settings: Settings) -> int:
    """Walk the trail; exit 1 where an entry does not name the one before it."""
    with reading(settings) as session:
        found = check_chain(session)
    if found.broken_at is not None:
        say(f"Nhật ký không liền mạch: mục {found.broken_at} không nối với mục {found.last_id or 'đầu'} đứng trước.")
        return DATA_PROBLEM
    end = f" Dấu của mục cuối ({found.last_id}): {found.last_digest}" if found.count else ""
    sys.stdout.write(f"Nhật ký liền mạch: {found.count} mục.{end}\n")
    return DONE


def _note(deed: Deed, settings: Settings) -> None:
    """Add the entry; what was done stays done when it cannot be noted, and the operator is told."""
    try:
        with opened(settings) as engine:
            write_trail(engine, deed)
    except (SQLAlchemyError, LoadError) as error:
        say(f"Việc đã xong nhưng chưa ghi được vào nhật ký: {str(error).splitlines()[0]}")


def _deed(choice: argparse.Namespace) -> Deed | None:
    """What is noted of a command that changes no row of this database: it takes the whole away, or reads persons."""
    if choice.command in TAKEN:
        return Deed(TAKEN[choice.command], COMMAND_LINE, details={"command": choice.command})
    if choice.command == "export" and getattr(choice, "with_persons", False):
        return Deed("read_persons", COMMAND_LINE, subject="Sổ đăng ký kèm người đại diện")
    return None


COMMAND = Command(
    "trail",
    "kiểm tra nhật ký còn nguyên, không mục nào bị sửa hay mất",
    run_trail,
    (operand("việc", "what", choices=("check",), metavar="việc", help="check"),),
)
