"""What is asked of changes that are made together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlmodel import col, select

from models.tasks.follow_writing import Author, ChangedSinceError
from tests.dashboard.web.at_once.conftest import Office


def author(number: int, seen: int | None = None) -> Author:
    return Author(f"Người {number}", "lý do thử", True, seen)


def one_kept(office: Office, act: Callable[[int], Any], refusal: type[Exception] = ChangedSinceError) -> int:
    """Of several who change one thing that they saw alike one succeeds and the others are told; gives who."""
    before = office.told()
    outcomes = office.at_once(act)
    done = [number for number, outcome in enumerate(outcomes) if not isinstance(outcome, Exception)]
    assert len(done) == 1 and all(isinstance(o, refusal) for n, o in enumerate(outcomes) if n not in done), outcomes
    assert office.told() == before + 1
    return done[0]


def current(office: Office, model: Any, key: str) -> Any:
    (row,) = office.rows(select(model).where(col(model.key) == key, col(model.superseded_at).is_(None)))
    return row
