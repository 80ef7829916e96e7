"""The reviewed spellings of column headings, and how a heading is taken apart: words, unit, footnote mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from etl.parsing.text import clean, folded_key, name_key
from etl.parsing.units import Unit, read_unit

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_ANY_YEAR = "0000"  # stands in keys for a year left open
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MARK = re.compile(r"\*{1,3}|[0-9]{1,2}|[a-z]")
_STARS = re.compile(r"\*{1,3}$")
_TAIL_UNIT = re.compile(r"(.+?)\s*[,:;–-]\s*([^,:;–-]+)")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One accepted heading of one of our columns; "{năm}" in the text stands for any year.

    `unit` is what the figures mean where the heading does not say; empty for columns without one.
    """

    name: str
    text: str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class SplitHeading:
    """A heading taken apart. `bare` is without what stands in brackets and without the unit."""

    full: str
    bare: str
    unit: Unit | None
    mark: str


def split_heading(text: str) -> SplitHeading:
    """Take "Vốn điều lệ (triệu đồng)" or "Doanh thu, trđ (*)" apart."""
    full = clean(text)
    unit, mark = None, ""
    for inner in _BRACKETS.findall(full):
        unit = unit or read_unit(_without_label(inner))
        mark = mark or (inner.strip() if _MARK.fullmatch(inner.strip()) else "")
    bare = _BRACKETS.sub(" ", full).strip()
    if stars := _STARS.search(bare):
        bare, mark = bare[: stars.start()], mark or stars[0]
    if unit is None and (tail := _TAIL_UNIT.fullmatch(bare)) and (unit := read_unit(_without_label(tail[2]))):
        bare = tail[1]
    return SplitHeading(full, clean(bare), unit, mark)


def _without_label(text: str) -> str:
    return re.sub(r"^\s*(?:đơn vị tính|đơn vị|đvt)\s*:?\s*", "", text, flags=re.IGNORECASE)


class HeadingWords:
    """The reviewed spellings, looked up first with accents, then without if only one name fits.

    Raises ValueError when one spelling is given to two names.
    """

    def __init__(self, spellings: Iterable[Spelling]) -> None:
        self._all = tuple(spellings)
        self._exact: dict[str, Spelling] = {}
        self._folded: dict[str, Spelling | None] = {}
        self.plain = frozenset(spelling.text.lower() for spelling in self._all)
        for spelling in self._all:
            text = spelling.text.replace("{năm}", _ANY_YEAR)
            first = self._exact.setdefault(name_key(text), spelling)
            if first.name != spelling.name:
                raise ValueError(f'cách viết "{spelling.text}" thuộc cả "{first.name}" và "{spelling.name}"')
            other = self._folded.setdefault(folded_key(text), spelling)
            if other is not None and other.name != spelling.name:
                self._folded[folded_key(text)] = None

    @property
    def names(self) -> list[str]:
        """Our names, in the order of the reviewed file."""
        return list(dict.fromkeys(spelling.name for spelling in self._all))

    @property
    def by_name(self) -> dict[str, list[str]]:
        """The accepted headings of each of our names."""
        found: dict[str, list[str]] = {name: [] for name in self.names}
        for spelling in self._all:
            found[spelling.name].append(spelling.text)
        return found

    @property
    def spellings(self) -> list[str]:
        """Every accepted heading."""
        return [spelling.text for spelling in self._all]

    def first_spelling(self, name: str) -> str:
        """The heading to show for one of our names."""
        return next((spelling.text for spelling in self._all if spelling.name == name), name)

    def unit(self, name: str) -> Unit | None:
        """The reviewed unit of one of our names."""
        return read_unit(self.reviewed_unit(name))

    def reviewed_unit(self, name: str) -> str:
        """The same as it is written, empty where the name has none."""
        return next((spelling.unit for spelling in self._all if spelling.name == name and spelling.unit), "")

    def extended(self, spellings: Iterable[Spelling]) -> HeadingWords:
        """These and more spellings; one that is known already keeps its meaning."""
        return HeadingWords([*self._all, *(more for more in spellings if self._look_up(more.text) is None)])

    def find(self, heading: SplitHeading) -> tuple[Spelling, int | None] | None:
        """The reviewed spelling this heading is, and the year it names if the spelling leaves it open."""
        for text in dict.fromkeys((heading.full, heading.bare)):
            if spelling := self._look_up(text):
                return spelling, None
            years = _YEAR.findall(text)
            if len(years) == 1 and (spelling := self._look_up(_YEAR.sub(_ANY_YEAR, text))):
                return spelling, int(years[0])
        return None

    def _look_up(self, text: str) -> Spelling | None:
        return self._exact.get(name_key(text)) or self._folded.get(folded_key(text))
