"""What a command is: its name, what it is for, what may be typed after it, and what runs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

OPTIONS = "tùy chọn"


class Argument(NamedTuple):
    """One argument under its title in the help, as argparse takes it."""

    title: str
    names: tuple[str, ...]
    how: dict[str, Any]


def operand(title: str, name: str, **how: Any) -> Argument:
    """What is typed without a name before it."""
    return Argument(title, (name,), how)


def option(name: str, **how: Any) -> Argument:
    """What is typed after its name."""
    return Argument(OPTIONS, (name,), how)


def switch(name: str, text: str) -> Argument:
    """An option without a value."""
    return option(name, action="store_true", help=text)


HELP = Argument(OPTIONS, ("-h", "--help"), {"action": "help", "help": "in hướng dẫn này"})


@dataclass(frozen=True, slots=True)
class Command:
    """One command, or one kind of work of a command that has several (`works`); `run` gives the exit code."""

    name: str
    text: str
    run: Callable[..., Any]
    arguments: tuple[Argument, ...] = ()
    works: tuple[Command, ...] = ()


def add_arguments(parser: Any, arguments: tuple[Argument, ...] = ()) -> None:
    """Let a parser take these, operands first, and help."""
    groups: dict[str, Any] = {}
    for title, names, how in sorted((HELP, *arguments), key=lambda argument: argument.title == OPTIONS):
        if title not in groups:
            groups[title] = parser.add_argument_group(title)
        groups[title].add_argument(*names, **how)


def add_command(parsers: Any, command: Command) -> None:
    """Let it be typed, with its kinds of work."""
    parser = parsers.add_parser(command.name, help=command.text, description=command.text)
    add_arguments(parser, command.arguments)
    if command.works:
        of_works = parser.add_subparsers(dest="what", required=True, metavar="việc", title="các việc", prog=parser.prog)
        for work in command.works:
            add_command(of_works, work)
