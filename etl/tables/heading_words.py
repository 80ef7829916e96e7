"""The reviewed spellings of column headings, and how a heading is taken apart: words, unit, footnote mark."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from etl.parsing.text import clean, folded_key, name_key
from etl.parsing.units import Unit, read_unit
from etl.tables.heading_parts import is_neutral, of_side, without_year, years_in

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_ANY_YEAR = "0000"  # stands in keys for a year left open
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")
_MARK = re.compile(r"\*{1,3}|[0-9]{1,2}|[a-z]")
_STARS = re.compile(r"\*{1,3}$")
PLACES = frozenset(("commune", "district", "province", "address"))  # what was otherwise before the merger
_TAIL_UNIT = re.compile(r"(.+?)\s*[,:;–-]\s*([^,:;–-]+)")


@dataclass(frozen=True, slots=True)
class Spelling:
    """One accepted heading of one of our columns; "{năm}" in the text stands for any year.

    `unit` is what the figures mean where the heading does not say; empty for columns without one. `is_yearly`: a
    heading may add a year to it ("Doanh thu năm 2024").
    """

    name: str
    text: str
    unit: str = ""
    is_yearly: bool = False


@dataclass(frozen=True, slots=True)
class SplitHeading:
    """A heading taken apart. `bare` is without the unit and without brackets that change nothing."""

    full: str
    bare: str
    unit: Unit | None
    mark: str


def shown_spelling(text: str, year: int | None = None) -> str:
    """A reviewed heading as a reader sees it: with its year, or with room for one."""
    return text.replace("{năm}", str(year or "…"))


def split_heading(text: str) -> SplitHeading:
    """Take "Vốn điều lệ (triệu đồng)" or "Doanh thu, trđ (*)" apart."""
    full = clean(text)
    unit, mark = None, ""
    for inner in _BRACKETS.findall(full):
        unit = unit or read_unit(_without_label(inner))
        mark = mark or (inner.strip() if _MARK.fullmatch(inner.strip()) else "")
    bare = _BRACKETS.sub(_if_telling, full).strip()
    if stars := _STARS.search(bare):
        bare, mark = bare[: stars.start()], mark or stars[0]
    if unit is None and (tail := _TAIL_UNIT.fullmatch(bare)) and (unit := read_unit(_without_label(tail[2]))):
        bare = tail[1]
    return SplitHeading(full, clean(bare), unit, mark)


def _if_telling(found: re.Match[str]) -> str:
    """What stands in brackets where it says more than a unit, a mark or how to fill in."""
    inner = found[1].strip()
    return " " if read_unit(_without_label(inner)) or _MARK.fullmatch(inner) or is_neutral(inner) else found[0]


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
        self._yearless: dict[str, Spelling | None] = {}
        self.plain = frozenset(spelling.text.lower() for spelling in self._all)
        for spelling in self._all:
            text = spelling.text.replace("{năm}", _ANY_YEAR)
            first = self._exact.setdefault(name_key(text), spelling)
            if first.name != spelling.name:
                raise ValueError(f'cách viết "{spelling.text}" thuộc cả "{first.name}" và "{spelling.name}"')
            other = self._folded.setdefault(folded_key(text), spelling)
            if other is not None and other.name != spelling.name:
                self._folded[folded_key(text)] = None
            self._add_yearless(spelling)

    def _add_yearless(self, spelling: Spelling) -> None:
        """Accept the spelling with a year at any place of it."""
        is_open = "{năm}" in spelling.text
        key = without_year(spelling.text.replace("{năm}", "2000"))[0] if is_open else folded_key(spelling.text)
        if key and (is_open or spelling.is_yearly):
            first = self._yearless.setdefault(key, spelling)
            if first is not None and first.name != spelling.name:
                self._yearless[key] = None

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

    def first_spelling(self, name: str, year: int | None = None) -> str:
        """The heading to show for one of our names, with the year where it bears one."""
        return shown_spelling(next((spelling.text for spelling in self._all if spelling.name == name), name), year)

    def unit(self, name: str) -> Unit | None:
        """The reviewed unit of one of our names."""
        return read_unit(self.reviewed_unit(name))

    def reviewed_unit(self, name: str) -> str:
        """The same as it is written, empty where the name has none."""
        return next((spelling.unit for spelling in self._all if spelling.name == name and spelling.unit), "")

    def spelling_of(self, name: str, text: str) -> Spelling:
        """One more spelling of one of our names; of a column that may bear a year it leaves the year open."""
        is_yearly = any(spelling.is_yearly for spelling in self._all if spelling.name == name)
        is_open = is_yearly or any("{năm}" in spelling.text for spelling in self._all if spelling.name == name)
        is_open = is_open and len(years_in(text)) == 1
        return Spelling(name, _YEAR.sub("{năm}", text) if is_open else text, self.reviewed_unit(name), is_yearly)

    def extended(self, spellings: Iterable[Spelling]) -> HeadingWords:
        """These and more spellings; one that is known already keeps its meaning."""
        return HeadingWords([*self._all, *(more for more in spellings if self._look_up(more.text) is None)])

    def find(self, heading: SplitHeading) -> tuple[Spelling, int | None] | None:
        """The reviewed spelling this heading is, and the year it names where the spelling may bear one."""
        for text in dict.fromkeys((heading.full, heading.bare)):
            if spelling := self._look_up(text):
                return spelling, None
            years = _YEAR.findall(text)
            if len(years) == 1 and (spelling := self._look_up(_YEAR.sub(_ANY_YEAR, text))):
                return spelling, int(years[0])
            key, year = without_year(text)
            if year is not None and (spelling := self._yearless.get(key)):
                return spelling, year
        spelling = self._of_side(heading)
        return None if spelling is None else (spelling, None)

    def _of_side(self, heading: SplitHeading) -> Spelling | None:
        """A heading of places before or after the merger: "Xã phường cũ", "Địa chỉ mới", "Địa chỉ cũ | Huyện"."""
        key, side = of_side(folded_key(heading.full))
        for text in (key, key.removeprefix("dia chi "), key.removeprefix("dia ban ")) if key else ():
            spelling = self._folded.get(text)
            if spelling is not None and spelling.name in PLACES:
                return replace(spelling, name=f"{side}{spelling.name}")
        return None

    def _look_up(self, text: str) -> Spelling | None:
        return self._exact.get(name_key(text)) or self._folded.get(folded_key(text))
