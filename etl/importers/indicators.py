"""Indicators and the cut-offs of the method, as table rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.schema import IndicatorEntry, ThresholdsFile


def indicator_rows(entries: Iterable[IndicatorEntry]) -> list[dict[str, Any]]:
    """One table row an indicator; the order of the file is the order on screen."""
    return [{"position": position, **entry.model_dump()} for position, entry in enumerate(entries, start=1)]


def threshold_rows(file: ThresholdsFile) -> list[dict[str, Any]]:
    """The one version of the cut-offs in the file; versions loaded earlier stay in the database."""
    content = file.model_dump(exclude={"version", "valid_from"})
    return [{"version": file.version, "valid_from": file.valid_from, "content": content}]
