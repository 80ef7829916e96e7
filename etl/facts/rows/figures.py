"""Indicators, cut-offs of the method, published values with their corrections, breaks and judgements, as table rows.

A published figure that is plainly wrong is mended beside its row, never in it, and says so on every page:
`data/figures.csv` keeps what the source says. A correction holds only while the source says that: once the publisher
mends its figure, `etl check` asks for the correction to go (etl/facts/checks/figures.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from etl.facts.schema import (
    BreakEntry,
    CorrectionRow,
    FigureRow,
    IndicatorEntry,
    JudgementEntry,
    RelationEntry,
    StepEntry,
    ThresholdsFile,
)

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


def indicator_rows(entries: Iterable[IndicatorEntry]) -> list[dict[str, Any]]:
    """One table row an indicator; the order of the file is the order on screen."""
    return [{"position": position, **entry.model_dump()} for position, entry in enumerate(entries, start=1)]


def threshold_rows(
    file: ThresholdsFile, relations: Iterable[RelationEntry] = (), steps: Iterable[StepEntry] = ()
) -> list[dict[str, Any]]:
    """The one version of the method in the files; versions loaded earlier stay in the database."""
    content = file.model_dump(exclude={"version", "valid_from"})
    content |= {"relations": [row.model_dump() for row in relations], "steps": [row.model_dump() for row in steps]}
    return [{"version": file.version, "valid_from": file.valid_from, "content": content}]


def corrected(figures: Iterable[FigureRow], corrections: Iterable[CorrectionRow]) -> Iterator[FigureRow]:
    """The figures with the value that we use; the note of a corrected one tells both values, why and who says so."""
    by_key = {correction.key: correction for correction in corrections}
    for figure in figures:
        correction = by_key.get(figure.key)
        yield figure if correction is None else _mended(figure, correction)


def _mended(figure: FigureRow, correction: CorrectionRow) -> FigureRow:
    said = (
        f"Nguồn ghi {_plain(correction.source_says)}, ở đây dùng {_plain(correction.we_use)}: {correction.reason} "
        f"({correction.corrected_by}, {correction.corrected_on:%d/%m/%Y}; {correction.source_title})."
    )
    note = f"{figure.note} {said}" if figure.note else said
    return figure.model_copy(update={"value": correction.we_use, "note": note})


def _plain(value: float) -> str:
    """A number as Vietnamese text reads it, without grouping."""
    return f"{value:.12g}".replace(".", ",")
