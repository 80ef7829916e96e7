"""CodedNames of places, agencies, indicators and their definitions beside their codes: what a cell may name. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from etl.facts.facts_reader import Facts
from etl.facts.rows.places import build_places
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.parsing.text import clean
from models.base.day_text import day_text
from models.base.text import fold

PLACE, AGENCY, INDICATOR, PROGRAMME = "địa bàn", "cơ quan", "chỉ tiêu", "chương trình"


@dataclass(slots=True)
class CodedNames:
    """The codes of one kind with the name that is shown, and every spelling that is taken for a code."""

    kind: str
    shown: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)

    def add(self, code: str, name: str, *spellings: str) -> None:
        """Let a code be named so; a spelling that is taken already keeps what it means."""
        self.shown.setdefault(code, name)
        for spelling in (name, code, *spellings):
            self.codes.setdefault(fold(clean(spelling)), code)

    def find(self, text: str) -> str | None:
        """The code that a text names."""
        return self.codes.get(fold(clean(text)))

    def name(self, code: str) -> str:
        """What is shown of a code."""
        return self.shown.get(code, code)


@dataclass(slots=True)
class Catalogue:
    """Every list that a workbook chooses from. `definitions` holds the names of each indicator's definitions."""

    places: CodedNames
    agencies: CodedNames
    indicators: CodedNames
    programmes: CodedNames
    entries: dict[str, IndicatorEntry] = field(default_factory=dict)
    groups: list[str] = field(default_factory=list)

    def definitions(self, indicator: str) -> CodedNames:
        """The definitions of an indicator; none where nobody knows it."""
        names = CodedNames("cách tính")
        entry = self.entries.get(indicator)
        for item in entry.definitions if entry else ():
            names.add(item.code, item.name)
        return names

    def add_indicator(self, entry: IndicatorEntry) -> None:
        """Let an indicator be chosen."""
        self.entries[entry.code] = entry
        self.indicators.add(entry.code, entry.name, entry.short_name)

    def add_agency(self, row: AgencyRow) -> None:
        """Let an agency be chosen."""
        self.agencies.add(row.code, row.name, row.short_name)


def catalogue_of(facts: Facts, agencies: Sequence[AgencyRow] = (), more: Iterable[IndicatorEntry] = ()) -> Catalogue:
    """The lists of the reviewed files with what files brought besides."""
    found = Catalogue(CodedNames(PLACE), CodedNames(AGENCY), CodedNames(INDICATOR), CodedNames(PROGRAMME))
    for place in build_places([row.value for row in facts.provinces]).places:
        ended = place["valid_to"]
        found.places.add(place["slug"], f"{place['name']} (đến {day_text(ended)})" if ended else place["name"])
    for agency in [*(row.value for row in facts.agencies), *agencies]:
        found.add_agency(agency)
    for entry in [*(row.value for row in facts.indicators), *more]:
        found.add_indicator(entry)
    for programme in facts.programmes:
        head = programme.head.value
        found.programmes.add(head.slug, head.slug)
    found.groups = sorted({entry.group for entry in found.entries.values()})
    return found
