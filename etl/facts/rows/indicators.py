"""Indicators and the cut-offs of the method, as table rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.facts.schema import IndicatorEntry, RelationEntry, StepEntry, ThresholdsFile


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
