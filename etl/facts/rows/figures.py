"""Published values, breaks and judgements, as table rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from etl.facts.schema import BreakEntry, FigureRow, JudgementEntry

NOT_PART_OF_THE_VALUE = frozenset({"known_on"})


def observation_rows(
    figures: Iterable[FigureRow], *, load_date: date, known_before: Mapping[str, date]
) -> list[dict[str, Any]]:
    """One row a published value.

    A value whose publication day is unknown became known on the day it was first loaded; `known_before`
    holds that day by key for values that were loaded before.
    """
    return [
        {
            **figure.model_dump(),
            "known_on": figure.published_on or known_before.get(figure.key, load_date),
            "known_on_is_load_date": figure.published_on is None,
        }
        for figure in figures
    ]


def break_rows(entries: Iterable[BreakEntry]) -> list[dict[str, Any]]:
    """One row a break in a series."""
    return [{"key": f"{entry.place}/{entry.indicator}/{entry.on}", **entry.model_dump()} for entry in entries]


def judgement_rows(entries: Iterable[JudgementEntry]) -> list[dict[str, Any]]:
    """One row a recorded decision that definitions may stand in one line."""
    return [
        {
            "key": f"{entry.place}/{entry.indicator}",
            **entry.model_dump(),
            "definitions": " ".join(sorted(entry.definitions)),
        }
        for entry in entries
    ]
