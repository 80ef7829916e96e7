"""Published values from workbooks as rows of observations, with keys of their own kind."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.facts.rows.places import slug_of

KEY_PREFIX = "nhap"


def observation(
    *,
    place: str,
    indicator: str,
    definition: str,
    period: tuple[str, date, date],
    value: float,
    unit: str,
    value_kind: str,
    publisher: str,
    load_date: date,
    published_on: date | None = None,
    qualifier: str = "exact",
    source_title: str = "",
    source_url: str = "",
    note: str = "",
) -> dict[str, Any]:
    """One value. A later statement of the same publisher about the same thing supersedes it."""
    period_kind, start, end = period
    key = "/".join(
        (KEY_PREFIX, place, indicator, definition, f"{start}..{end}", period_kind, value_kind, slug_of(publisher))
    )
    return {
        "key": key,
        "place": place,
        "indicator": indicator,
        "definition": definition,
        "period_start": start,
        "period_end": end,
        "period_kind": period_kind,
        "value": value,
        "unit": unit,
        "value_kind": value_kind,
        "qualifier": qualifier,
        "publisher": publisher,
        "published_on": published_on,
        "known_on": published_on or load_date,
        "known_on_is_load_date": published_on is None,
        "source_title": source_title or publisher,
        "source_url": source_url,
        "note": note,
    }
