"""The codes that the reviewed files define, so that a code that nobody defines is found."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from etl.facts.facts_reader import Facts
from etl.facts.programme_schema import ProgrammeHead
from etl.facts.rows.places import PlaceTables, build_places
from etl.facts.rows.programmes import target_key
from etl.facts.schema import IndicatorEntry
from etl.facts.shape import Located
from etl.parsing.issues import Issue
from models.base.day_text import day_text
from models.base.text import fold
from models.places.agency import GROUP
from models.places.place_life import PlaceView, life_text, places_instead

LEAST_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes of one kind. Where their own file has a problem the list is not whole and accuses nobody."""

    values: frozenset[str]
    kind: str
    file: str
    is_whole: bool = True

    def check(self, row: Located[Any], field: str, value: str | None) -> Iterator[Issue]:
        """Yield an issue when `value` names nothing; None names nothing on purpose."""
        if value is None or value in self.values or not self.is_whole:
            return
        close = [code for code in difflib.get_close_matches(value, self.values, n=3) if means_alike(value, code)]
        hint = f'Có phải "{close[0]}"? Sửa mã' if close else "Sửa mã"
        yield row.issue(f'không có {self.kind} "{value}"', f"{hint} hoặc thêm vào {self.file}", field)


def means_alike(value: str, code: str) -> bool:
    """Whether a code may be a slip of the pen for another: word by word; "tht_count" is none for "htx_count"."""
    typed, known = re.split(r"[_-]", value), re.split(r"[_-]", code)
    pairs = zip(typed, known, strict=False)
    alike = all(difflib.SequenceMatcher(None, *pair).ratio() >= LEAST_ALIKE for pair in pairs)
    return len(typed) == len(known) and alike


@dataclass(frozen=True, slots=True)
class DefinedCodes:
    """What the files define. `indicators` and `heads` hold only what could be read.

    In a file of `broken` rows are missing: what depends on the whole file is not judged there. `offices` are the
    codes of agencies by folded names, without collective names, whose folded names are `collectives`.
    """

    places: Codes
    agencies: Codes
    indicator_codes: Codes
    targets: Codes
    indicators: Mapping[str, IndicatorEntry]
    heads: Mapping[str, ProgrammeHead]
    lives: Mapping[str, PlaceView]
    broken: frozenset[str]
    offices: Mapping[str, str]
    collectives: frozenset[str]

    def check_definition(self, row: Located[Any], indicator: str, definition: str, field: str) -> Iterator[Issue]:
        """Yield an issue when the indicator has no such definition."""
        entry = self.indicators.get(indicator)
        if entry is None:
            return
        codes = [item.code for item in entry.definitions]
        if definition not in codes:
            what = f'chỉ tiêu "{indicator}" không có định nghĩa "{definition}"'
            yield row.issue(what, f"Chọn một trong: {', '.join(codes)}; hoặc thêm vào indicators.yaml", field)

    def check_life(self, row: Located[Any], place: str, day: date, told: str, field: str) -> Iterator[Issue]:
        """Yield an issue when the place did not exist on the day that `told` names."""
        instead = places_instead(self.lives, place, day)
        if instead and self.places.is_whole:
            what = f"{life_text(self.lives[place], day)}, {told} là {day_text(day)}"
            choices = " hoặc ".join(other.slug for other in instead)
            yield row.issue(what, f"Ghi địa bàn của ngày đó: {choices}", field)


def _lives(tables: PlaceTables) -> dict[str, PlaceView]:
    before: dict[str, list[str]] = defaultdict(list)
    after: dict[str, list[str]] = defaultdict(list)
    for link in tables.successions:
        before[link["successor"]].append(link["predecessor"])
        after[link["predecessor"]].append(link["successor"])
    return {
        row["slug"]: PlaceView(**row, predecessors=tuple(before[row["slug"]]), successors=tuple(after[row["slug"]]))
        for row in tables.places
    }


def know(facts: Facts) -> DefinedCodes:
    """Gather every code that may be named elsewhere."""
    broken = facts.broken_files
    tables = build_places([row.value for row in facts.provinces])
    places = tables.slugs
    agencies = frozenset(row.value.code for row in facts.agencies)
    indicators = {row.value.code: row.value for row in facts.indicators}
    heads = {programme.head.value.slug: programme.head.value for programme in facts.programmes}
    targets = frozenset(
        target_key(programme.head.value.slug, row.value) for programme in facts.programmes for row in programme.targets
    )
    return DefinedCodes(
        Codes(places, "địa bàn", "provinces.csv", "provinces.csv" not in broken),
        Codes(agencies, "cơ quan", "agencies.csv", "agencies.csv" not in broken),
        Codes(frozenset(indicators), "chỉ tiêu", "indicators.yaml", "indicators.yaml" not in broken),
        Codes(targets, "cam kết", "programmes", not any(name.startswith("programmes/") for name in broken)),
        indicators,
        heads,
        _lives(tables),
        broken,
        {
            fold(name): row.value.code
            for row in facts.agencies
            if row.value.kind != GROUP
            for name in (row.value.name, row.value.short_name)
        },
        frozenset(fold(row.value.name) for row in facts.agencies if row.value.kind == GROUP),
    )


def repeated(rows: Iterable[tuple[Hashable, Located[Any]]], what: str, field: str) -> Iterator[Issue]:
    """Yield an issue for every row whose key an earlier row already has."""
    seen: Counter[Hashable] = Counter()
    for key, row in rows:
        if seen[key]:
            shown = "/".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
            yield row.issue(f'{what} "{shown}" đã có ở trên', "Xóa dòng lặp hoặc sửa mã", field)
        seen[key] += 1
