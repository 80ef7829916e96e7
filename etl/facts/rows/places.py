"""Turns the list of old and new provinces into versioned places.

A province whose area did not change on the day of the merger is one place for the whole time; all others
are different places before and after. A later row only gives a place a new name or type.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from etl.facts.schema import ProvinceRow
from models.places.place import COUNTRY

MERGER = date(2025, 7, 1)
LAST_DAY_BEFORE = MERGER - timedelta(days=1)
FORMER_SUFFIX = "-truoc-2025-07"
SINCE_ALWAYS = date.min
COUNTRY_NAME = "Việt Nam"
PLACE: dict[str, Any] = {  # what is not said of a place
    "level": "province", "code": None, "place_type": None, "valid_from": None, "valid_to": None, "legal_basis": ""
}  # fmt: skip


@dataclass(slots=True)
class PlaceTables:
    """Rows of the three place tables. A title since `date.min` was borne from before the list begins."""

    places: list[dict[str, Any]] = field(default_factory=list)
    successions: list[dict[str, Any]] = field(default_factory=list)
    titles: list[dict[str, Any]] = field(default_factory=list)

    @property
    def slugs(self) -> frozenset[str]:
        """Every place by slug."""
        return frozenset(row["slug"] for row in self.places)


def slug_of(name: str) -> str:
    """A name without accents, in lower case, words joined by hyphens."""
    plain = name.replace("đ", "d").replace("Đ", "D")
    letters = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    words = "".join(c if c.isalnum() else " " for c in letters.lower()).split()
    return "-".join(words)


def build_places(rows: Sequence[ProvinceRow]) -> PlaceTables:
    """Build places, who became whom, and titles that changed; the rows may come in any order."""
    merger = [row for row in rows if row.effective_date == MERGER]
    parts = Counter(row.new_code for row in merger)
    tables = PlaceTables()
    tables.places.append(PLACE | {"slug": COUNTRY, "name": COUNTRY_NAME, "level": "country"})
    unchanged = {row.new_code for row in merger if parts[row.new_code] == 1 and row.old_name == row.new_name}
    new_names = {row.new_name for row in merger if row.new_code not in unchanged}
    for row in sorted(merger, key=lambda row: (row.new_code, row.old_code)):
        if row.new_code not in unchanged:
            _add_former(tables, row, new_names)
    for code in sorted(parts):
        _add_current(tables, [row for row in rows if row.new_code == code], is_unchanged=code in unchanged)
    return tables


def _add_former(tables: PlaceTables, row: ProvinceRow, new_names: set[str]) -> None:
    slug = slug_of(row.old_name) + (FORMER_SUFFIX if row.old_name in new_names else "")
    former = {"slug": slug, "name": row.old_name, "code": row.old_code, "legal_basis": row.legal_basis}
    tables.places.append(PLACE | former | {"valid_to": LAST_DAY_BEFORE})
    link = {"predecessor": slug, "successor": slug_of(row.new_name)}
    tables.successions.append(link | {"effective_on": MERGER, "legal_basis": row.legal_basis})


def _add_current(tables: PlaceTables, rows: list[ProvinceRow], *, is_unchanged: bool) -> None:
    """One place of today, with the titles it bore if they ever changed."""
    events = sorted(rows, key=lambda row: row.effective_date)
    newest = events[-1]
    at_merger = next(row for row in events if row.effective_date == MERGER)
    start = None if is_unchanged else MERGER
    slug = slug_of(newest.new_name)
    now = {"slug": slug, "name": newest.new_name, "code": newest.new_code, "place_type": newest.new_type}
    tables.places.append(PLACE | now | {"valid_from": start, "legal_basis": at_merger.legal_basis})
    tables.titles += _titles(slug, events, start or SINCE_ALWAYS)


def _titles(slug: str, events: list[ProvinceRow], start: date) -> list[dict[str, Any]]:
    first = events[0]
    if first.effective_date < MERGER:  # renamed or raised before the merger: the list names the earlier title
        titles = [_title(slug, start, first.old_name, None, ""), _title_of(slug, first)]
    else:
        basis = first.legal_basis if start == MERGER else ""  # an unchanged place got no title by the merger
        titles = [_title(slug, start, first.new_name, first.new_type, basis)]
    for event in events[1:]:
        if (event.new_name, event.new_type) != (titles[-1]["name"], titles[-1]["place_type"]):
            titles.append(_title_of(slug, event))
    return titles if len(titles) > 1 else []


def _title_of(slug: str, event: ProvinceRow) -> dict[str, Any]:
    return _title(slug, event.effective_date, event.new_name, event.new_type, event.legal_basis)


def _title(slug: str, valid_from: date, name: str, place_type: str | None, legal_basis: str) -> dict[str, Any]:
    basis = {"place_type": place_type, "legal_basis": legal_basis}
    return {"place": slug, "valid_from": valid_from, "name": name, **basis}
