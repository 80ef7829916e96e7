"""What may be typed after `python -m etl`, with help and errors in Vietnamese."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from etl.commands import import_arguments as imports
from etl.commands.deadline_command import HELP as DEADLINE
from etl.commands.deadline_command import NAME as DEADLINE_NAME
from etl.commands.deadline_command import add_deadline_arguments
from etl.commands.digest_command import HELP as DIGEST
from etl.commands.digest_command import add_digest_arguments
from etl.commands.safety_commands import add_safety_arguments
from etl.commands.status_command import HELP as STATUS
from etl.commands.status_command import NAME as STATUS_NAME
from etl.commands.template_command import HELP as TEMPLATE
from etl.commands.template_command import add_template_arguments
from etl.commands.trail_command import HELP as TRAIL
from etl.commands.trail_command import NAME as TRAIL_NAME
from etl.commands.trail_command import add_trail_arguments
from etl.commands.user_arguments import HELP as USER
from etl.commands.user_arguments import NAME as USER_NAME
from etl.commands.user_arguments import add_user_arguments
from etl.export.organizations import TABLE as ORGANIZATIONS
from etl.export.tables import TABLES

_NAMES = ", ".join((*TABLES, ORGANIZATIONS))
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
    _add_help(parser)
    commands = parser.add_subparsers(dest="command", required=True, metavar="lệnh", title="các lệnh", prog=parser.prog)
    for name, text in (
        ("init", "tạo cơ sở dữ liệu và nạp thư mục dữ liệu; chạy lại không đổi gì"),
        ("check", "kiểm tra thư mục dữ liệu, không ghi gì"),
    ):
        _add_help(commands.add_parser(name, help=text, description=text))
    text = "xuất một bảng dạng CSV hoặc JSON"
    _add_export(commands.add_parser("export", help=text, description=text))
    _add_imports(commands)
    add_safety_arguments(commands, _add_help)
    add_digest_arguments(_add_help(commands.add_parser("digest", help=DIGEST, description=DIGEST)))
    deadline = commands.add_parser(DEADLINE_NAME, help=DEADLINE, description=DEADLINE)
    add_deadline_arguments(deadline)
    _add_help(deadline)
    blank = commands.add_parser("template", help=TEMPLATE, description=TEMPLATE)
    add_template_arguments(blank, _add_help(blank))
    trail = commands.add_parser(TRAIL_NAME, help=TRAIL, description=TRAIL)
    add_trail_arguments(trail)
    _add_help(trail)
    _add_help(commands.add_parser(STATUS_NAME, help=STATUS, description=STATUS))
    add_user_arguments(commands.add_parser(USER_NAME, help=USER, description=USER), _add_help)
    return parser


def _add_imports(commands: Any) -> None:
    parsers = {name: commands.add_parser(name, help=text, description=text) for name, text in imports.TEXTS.items()}
    imports.add_load(parsers[imports.LOAD], _add_help(parsers[imports.LOAD]))
    imports.add_runs(_add_help(parsers[imports.RUNS]))
    imports.add_undo(parsers[imports.UNDO])
    _add_help(parsers[imports.UNDO])
    imports.add_sample(_add_help(parsers[imports.SAMPLE]))


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.add_argument_group("bảng").add_argument(
        "table", choices=(*TABLES, ORGANIZATIONS), metavar="bảng", help=_NAMES
    )
    options = _add_help(parser)
    options.add_argument("--format", choices=("csv", "json"), default="csv", help="mặc định csv")
    options.add_argument("--as-of", type=_date, metavar="NGÀY", help="tính đến ngày; mặc định hôm nay hoặc AS_OF")
    options.add_argument("--known-on", type=_date, metavar="NGÀY", help="số liệu đã biết đến ngày; bỏ trống là --as-of")
    options.add_argument("--out", type=Path, metavar="TỆP", help="ghi ra tệp thay vì in ra màn hình")
    options.add_argument("--with-persons", action="store_true", help="kèm người đại diện (chỉ bảng organizations)")


def _add_help(parser: argparse.ArgumentParser) -> Any:
    group = parser.add_argument_group("tùy chọn")
    group.add_argument("-h", "--help", action="help", help="in hướng dẫn này")
    return group


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f'"{text}" không phải ngày, ghi dạng 2026-11-21') from error
