"""Agencies and who does their work today, as table rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from etl.facts.schema import AgencyRow, AgencySuccessionRow


def agency_rows(rows: Iterable[AgencyRow]) -> list[dict[str, Any]]:
    """One table row an agency."""
    return [row.model_dump() for row in rows]


def succession_rows(rows: Iterable[AgencySuccessionRow]) -> list[dict[str, Any]]:
    """One table row a predecessor and successor."""
    return [row.model_dump() for row in rows]
