"""Carries an order out in a process of its own, so that reading and checking a workbook never holds up the pages.

The process works at a lower priority and gives its memory back at its end. What it says comes as it is said: each
message is one pickled pair; both sides are this program on this machine, nothing of a browser is unpickled.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import IO, Any

from sqlalchemy.exc import SQLAlchemyError

from etl.issues import LoadError
from etl.recipe import Kitchen, Order, Outcome, carry_out, no_seal
from models.database import make_engine
from models.settings import ROOT

NICENESS = 10
LINE, DONE, FAILED = "line", "done", "failed"
PASSED_ON = (LoadError, SQLAlchemyError, OSError)  # what callers of the recipe expect


def carry_out_apart(kitchen: Kitchen, order: Order, path: Path, *, commit: bool, leave_out: bool = False) -> Outcome:
    """The same as `recipe.carry_out`; an order with a seal of its own, or a database in memory, stays in this process.

    Raises what the recipe raises, and RuntimeError when the process ended without a word.
    """
    database = kitchen.engine.url.database
    if order.seal is not no_seal or not database or database == ":memory:":
        return carry_out(kitchen, order, path, commit=commit, leave_out=leave_out)
    asked = {
        "order": {field.name: getattr(order, field.name) for field in fields(order) if field.name != "seal"},
        "kitchen": {name: getattr(kitchen, name) for name in ("data_dir", "as_of", "limits")},
        "path": path,
        "commit": commit,
        "leave_out": leave_out,
    }
    url = kitchen.engine.url.render_as_string(hide_password=False)  # by environment: a command line can be read
    with subprocess.Popen(
        [sys.executable, "-m", "etl.apart"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as child:
        if child.stdin is None or child.stdout is None:
            raise RuntimeError("the import process has no pipes")
        with child.stdin:
            pickle.dump(asked, child.stdin)
        return _listen(child.stdout, kitchen)


def _listen(said: IO[bytes], kitchen: Kitchen) -> Outcome:
    while True:
        try:
            what, told = pickle.load(said)  # noqa: S301 (our own process)
        except EOFError as error:
            raise RuntimeError("the import process ended without a word") from error
        if what == DONE:
            outcome: Outcome = told
            return outcome
        if what == FAILED:
            raise told if isinstance(told, Exception) else RuntimeError(told)
        kitchen.progress(told)


def main() -> int:
    """Carry out the order that stands on the standard input and say what becomes of it."""
    os.nice(NICENESS)
    asked: dict[str, Any] = pickle.load(sys.stdin.buffer)  # noqa: S301 (our own process)
    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # whatever else is printed must not stand between messages

    def say(what: str, told: object) -> None:
        out.write(pickle.dumps((what, told)))
        out.flush()

    engine = make_engine(os.environ["DATABASE_URL"])
    kitchen = Kitchen(engine, **asked["kitchen"], progress=lambda line: say(LINE, line))
    try:
        order = Order(**asked["order"])
        say(DONE, carry_out(kitchen, order, asked["path"], commit=asked["commit"], leave_out=asked["leave_out"]))
    except PASSED_ON as error:
        say(FAILED, error)
    finally:
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main())
