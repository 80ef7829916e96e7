"""A header as plain values: where a table begins and what its columns are."""

from __future__ import annotations

from dataclasses import dataclass, field

from etl.parsing.parsed import Problem
from etl.parsing.units import Unit

MISSING = "header.missing_column"  # the rule of a problem without whose mending no row can be read


@dataclass(frozen=True, slots=True)
class HeadedColumn:
    """One column with a heading. `name` is ours, empty for a column nobody asked for.

    `unit` is the heading's own, else the unit stated over the table, else the reviewed one, which nobody stated
    (`is_unit_stated`); `year` is set where the spelling leaves it open ("Thực hiện năm {năm}"); `mark` is a footnote
    mark ("*"). A column of a year that is not asked for has a year and no name. `parts` are the headings of each row
    of the header. `ticks`: the columns, each with its word, of which one is ticked; the first of them is this one.
    """

    index: int
    heading: str
    name: str = ""
    unit: Unit | None = None
    year: int | None = None
    mark: str = ""
    is_unit_stated: bool = False
    parts: tuple[str, ...] = field(default=(), repr=False, compare=False)
    ticks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class HeaderProblem:
    """A problem with the header and the cell it stands in; an empty cell means the whole sheet.

    `missing` names the one of our columns that is not there.
    """

    problem: Problem
    cell: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """Where the table begins and what its columns are; with problems the sheet must not be loaded.

    `surplus` are the columns nobody reviewed. `keys` serve to know the header again on a later page.
    """

    rows: tuple[int, ...]
    columns: tuple[HeadedColumn, ...]
    surplus: tuple[HeadedColumn, ...] = ()
    titles: tuple[str, ...] = ()
    problems: tuple[HeaderProblem, ...] = ()
    keys: tuple[frozenset[tuple[int, str]], ...] = field(default=(), repr=False)

    @property
    def is_complete(self) -> bool:
        """Whether every column is there without which no row can be read."""
        return all(item.problem.rule != MISSING for item in self.problems)

    def index_of(self, name: str) -> int | None:
        """The column of one of our names, the first if there are several years."""
        return next((column.index for column in self.columns if column.name == name), None)
