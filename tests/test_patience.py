"""No test fails by the clock: what is asserted is a fact, and whatever is waited for has all the time it may need."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, settings

from models.config.settings import ROOT
from tests.patience import PATIENCE

MEASURES = {"perf_counter", "perf_counter_ns", "process_time", "process_time_ns", "thread_time", "default_timer"}
CLOCKS = MEASURES | {"monotonic", "monotonic_ns", "time_ns"}
WAITS = {"wait", "join"}


def nodes(path: Path) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        yield f"{path.relative_to(ROOT).as_posix()}:{getattr(node, 'lineno', 0)}", node


def every_node() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted((ROOT / "tests").rglob("*.py")):
        yield from nodes(path)


def name_of(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def calls(node: ast.AST) -> set[str]:
    return {name_of(inner.func) for inner in ast.walk(node) if isinstance(inner, ast.Call)}


def is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool)


def passed_time(node: ast.AST) -> bool:
    """Whether a time just read is reckoned with: `monotonic() - began`, `datetime.now(UTC) + timedelta(...)`."""
    return any(
        isinstance(inner, ast.BinOp)
        and isinstance(inner.op, ast.Add | ast.Sub)
        and calls(inner.left) & (CLOCKS | {"now", "time"})
        for inner in ast.walk(node)
    )


def test_no_assertion_looks_at_how_long_something_took() -> None:
    asserts = [(where, node) for where, node in every_node() if isinstance(node, ast.Assert)]
    assert [where for where, node in asserts if passed_time(node.test)] == []
    assert [where for where, node in every_node() if name_of(node) in MEASURES] == []


def test_a_limit_of_waiting_is_our_patience_and_no_number() -> None:
    said = [(where, node) for where, node in every_node() if isinstance(node, ast.Call)]
    limits = [
        where for where, node in said for word in node.keywords if word.arg == "timeout" and is_number(word.value)
    ]
    waits = [where for where, node in said if name_of(node.func) in WAITS and any(map(is_number, node.args))]
    assert limits + waits == [] and PATIENCE >= 300


def test_hypothesis_measures_nothing() -> None:
    assert settings.default is not None and settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
    for where, node in every_node():
        for word in node.keywords if isinstance(node, ast.Call) and name_of(node.func) == "settings" else []:
            if word.arg == "deadline":
                assert isinstance(word.value, ast.Constant) and word.value.value is None, where
            if word.arg == "suppress_health_check":
                assert isinstance(word.value, ast.Name) or "too_slow" in ast.dump(word.value), where
