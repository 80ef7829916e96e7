"""Which time figures are of, by heading, row or title, and whether they are results, estimates or plans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from etl.importers.stated.title_period import HALF_YEAR, part_of_year, says_estimate, says_plan
from etl.tables.day_of_table import without_quotations
from etl.tables.heading_parts import planned_words, without_year, years_in
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.reading.cross_table import year_of
from models.base.text import fold

VALUES = {"actual": "actual", "estimate": "estimate", "plan": "plan", "half_year": "actual"}
_SOME_YEAR = 2000
_DONE = re.compile(r"\b(?:thuc hien|th|ket qua)\b")


@dataclass(frozen=True, slots=True)
class FigureTime:
    """The year of figures (0: not said) and their kind, as the headings of the provincial form name it."""

    kind: str
    year: int

    @property
    def day(self) -> date:
        """The last day that the figures are of."""
        return date(self.year, 6, 30) if self.kind == "half_year" else date(self.year, 12, 31)


def time_of_heading(parts: Sequence[str], words: HeadingWords) -> tuple[FigureTime | None, list[str]] | None:
    """The time that the parts of a heading name and the parts that say something else; None where it is not sure.

    A plan or half-year without a year has the year 0: the title must say it.
    """
    timed = [part for part in parts if years_in(part) or planned_words(part) or _DONE.search(fold(part))]
    rest = [part for part in parts if part not in timed]
    if not any(years_in(part) or planned_words(part) for part in timed):
        time = _spelled(" ".join(timed), words) if timed else None
        return (time, rest) if time else (None, list(parts))
    if time := _spelled(" ".join(timed), words):
        return time, rest
    if len(timed) == 1 and not planned_words(timed[0]):
        key, year = without_year(timed[0])
        return (FigureTime("actual", year), [*rest, *([key] if key else [])]) if year is not None else None
    return None


def _spelled(text: str, words: HeadingWords) -> FigureTime | None:
    if year := year_of(text):
        return FigureTime("actual", year)
    for said in (text, f"{text} năm {_SOME_YEAR}"):
        found = words.find(split_heading(said))
        if found is not None and found[0].name in VALUES and found[1] is not None:
            return FigureTime(found[0].name, found[1] if said == text else 0)
    return None


def time_of_titles(titles: Iterable[str]) -> FigureTime | None:
    """What the titles say of figures whose headings name no time; None where they speak of a part that is no half.

    The year is 0 where the titles name none or several.
    """
    plain = [without_quotations(text) for text in titles]
    years = {year for text in plain for year in years_in(text)}
    year = years.pop() if len(years) == 1 else 0
    if parts := [part for text in plain if (part := part_of_year(text))]:
        return FigureTime("half_year", year) if all(HALF_YEAR.search(part) for part in parts) else None
    kinds = {"plan"} if any(map(says_plan, plain)) else set()
    kinds |= {"estimate"} if any(map(says_estimate, plain)) else set()
    return None if len(kinds) > 1 else FigureTime((*kinds, "actual")[0], year)
