"""What may be typed after `python -m etl`, with help and errors in Vietnamese."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import Any, NoReturn

from etl.commands import (
    attach_text_command,
    deadline_command,
    decision_command,
    digest_command,
    facts_commands,
    import_commands,
    safety_commands,
    status_command,
    template_command,
    trail_command,
    user_command,
)
from etl.commands.command import Command, add_arguments, add_command

COMMANDS: tuple[Command, ...] = (
    *facts_commands.COMMANDS,
    *import_commands.COMMANDS,
    *safety_commands.COMMANDS,
    digest_command.COMMAND,
    deadline_command.COMMAND,
    decision_command.COMMAND,
    attach_text_command.COMMAND,
    template_command.COMMAND,
    trail_command.COMMAND,
    status_command.COMMAND,
    user_command.COMMAND,
)
_ERRORS = (
    ("the following arguments are required:", "thiếu"),
    ("unrecognized arguments:", "không có tham số"),
    ("expected one argument", "thiếu giá trị"),
    ("invalid choice:", "không có lựa chọn"),
    ("choose from", "chọn một trong"),
    ("argument ", "tham số "),
)


class _Help(argparse.HelpFormatter):
    """Vietnamese usage line."""

    def add_usage(self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: Any = None) -> None:
        """Start the help with Vietnamese words."""
        super().add_usage(usage, actions, groups, prefix or "Cách gọi: ")


class _Parser(argparse.ArgumentParser):
    """Says in Vietnamese what is wrong with a command; exits with 2 like every parser."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options, add_help=False, formatter_class=_Help)

    def error(self, message: str) -> NoReturn:
        """Print what is wrong and how to see the help, then leave."""
        for english, vietnamese in _ERRORS:
            message = message.replace(english, vietnamese)
        self.exit(2, f"Lệnh sai: {message}.\n{self.format_usage()}Xem thêm: python -m etl --help\n")


def make_parser() -> argparse.ArgumentParser:
    """The parser of every command."""
    parser = _Parser(prog="python -m etl", description="Nạp, kiểm tra và xuất dữ liệu.")
    add_arguments(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="lệnh", title="các lệnh", prog=parser.prog)
    for command in COMMANDS:
        add_command(commands, command)
    return parser
