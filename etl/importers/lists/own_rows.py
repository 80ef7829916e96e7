"""Rows of the product's own lists that come back: a cell that says what is known says nothing new.

Such a list holds rows of any place and day. A row that stands as it was written changes nothing; of a changed row only
the changed cells are read, and the organisation stays in the place and commune that nobody changed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import col

from etl.files.spool import Spool
from etl.importers.draft import Content, Context, OrganizationRow
from etl.importers.rating_fields import scheme_of
from etl.parsing.parse import parse_count, parse_date, parse_number, parse_yes_no
from etl.parsing.parsed import Cell, Problem, cell_name, text_of
from etl.parsing.text import clean
from etl.tables.own_exports import DERIVED
from etl.tables.tables import DataRow, Table
from models.base.bulk import one_of
from models.base.facts import Fact
from models.register.organization import Organization, OrganizationState, Rating

Known = Mapping[str, Any]
NAMING = ("name", "tax_code", "legacy_number")  # what a row is known by stays in it
STATES = ("operating_state", "legal_status")
DAYS = ("founded", "operating_state_on", "legal_status_on")
NUMBERS = ("rating_year", "report_year", "member_count")
STORED = {"province": "place", "commune": "commune_name", "founded": "founded_on", "law_compliant": "is_law_compliant"}
SINGLE = (*NAMING, "kind", "sector", "union_name", *STORED)
OF = {  # values that mean something only with what they are of
    ("operating_state",): ("operating_state_on",),
    ("legal_status",): ("legal_status_on",),
    ("member_count",): ("report_year",),
    ("rating_class", "points"): ("rating_year", "rating_scheme"),
}
NEEDS = {"member_count": "report_year", "rating_class": "rating_year", "points": "rating_scheme"}


@dataclass(slots=True)
class OwnRows:
    """Holds each line of one table against what is known; `places` are those of the changed lines, by line."""

    context: Context
    table: Table
    places: dict[int, str] = field(default_factory=dict)
    elsewhere: int = 0
    _told: set[int] = field(default_factory=set)
    _at: dict[str, int] = field(init=False)
    _slugs: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self._at = {column.name: column.index for column in reversed(self.table.header.columns)}
        self._slugs = {place.full_name: slug for slug, place in self.context.places.items()}

    def settle(self) -> Iterator[OrganizationRow]:
        """Take the lines that say nothing new out of the table and give them as rows that change nothing."""
        lines, self.table.lines = self.table.lines, Spool()
        area = {self.context.place.slug, *self.context.place.predecessors}
        for chunk in lines.chunks():
            known = self._known(chunk)
            ratings = self._ratings(chunk, known)
            for line in chunk:
                about = self._about(line, known, ratings)
                left = self._left(line, about)
                is_ours = not about or about["place"] in area
                if left is not None and is_ours:
                    self.table.lines.append(left)
                elif left is not None:
                    self._stop_other_place(line, about)
                elif not is_ours:
                    self.elsewhere += 1
                elif about["id"] not in self._told:
                    self._told.add(about["id"])
                    yield OrganizationRow(self.table.sheet, line.number, about["name"], about["id"], {}, _states(about))

    def _cell(self, line: DataRow, name: str) -> Cell:
        index = self._at.get(name)
        return line.cells[index] if index is not None and index < len(line.cells) else None

    def _text(self, line: DataRow, name: str) -> str:
        """The text of a cell; exports put an apostrophe before what a spreadsheet would run."""
        return clean(text_of(self._cell(line, name))).removeprefix("'")

    def _known(self, lines: Sequence[DataRow]) -> list[Known]:
        """The organisations that these lines may name."""
        session, model = self.context.session, Organization
        asked = [
            one_of(getattr(model, name), {self._text(line, name) for line in lines}, session.get_bind().dialect)
            for name in NAMING
        ]
        columns = [getattr(model, name) for name in model.model_fields]
        is_ours = (col(model.is_demo).is_(self.context.is_demo), col(model.is_withdrawn).is_(False))
        return [dict(row) for row in session.execute(select(*columns).where(*is_ours, or_(*asked))).mappings()]

    def _ratings(self, lines: Sequence[DataRow], known: Sequence[Known]) -> dict[str, Known]:
        """The ratings that these lines may speak of, where the list is one of ratings."""
        if "rating_scheme" not in self._at:
            return {}
        years = {self._text(line, "rating_year") for line in lines}
        keys = {f"{row['id']}/{code}/{year}" for row in known for code in self.context.schemes for year in years}
        is_asked = one_of(col(Rating.key), keys, self.context.session.get_bind().dialect)
        columns = [getattr(Rating, name) for name in ("key", "rating_class", "points")]
        statement = select(*columns).where(is_asked, col(Rating.superseded_at).is_(None))
        return {row["key"]: dict(row) for row in self.context.session.execute(statement).mappings()}

    def _about(self, line: DataRow, known: Sequence[Known], ratings: Mapping[str, Known]) -> Content:
        """What is known of the one organisation that the line's number, else its name and commune, says."""
        number = next((name for name in ("tax_code", "legacy_number") if self._text(line, name)), "")
        same = [row for row in known if row[number or "name"] == self._text(line, number or "name")]
        if not number and (commune := self._text(line, "commune")):
            same = [row for row in same if clean(row["commune_name"] or "") == commune]
        if len(same) != 1:
            return {}
        if "rating_scheme" not in self._at:
            return {**same[0]}
        scheme, year = (self._said(line, name) for name in ("rating_scheme", "rating_year"))
        rating = ratings.get(f"{same[0]['id']}/{scheme}/{year}", {"rating_class": None, "points": None})
        return {**same[0], **rating, "rating_year": year, "rating_scheme": scheme}

    def _said(self, line: DataRow, name: str) -> Any:
        """A cell as what would be stored; what cannot be read stays text, which is then new."""
        cell, text = self._cell(line, name), self._text(line, name)
        if name in DAYS:
            return day.first if (day := parse_date(cell).value) else text
        if name in NUMBERS or name == "points":
            value = (parse_count if name in NUMBERS else parse_number)(cell).value
            return text if value is None else float(value) if name == "points" else int(value)
        if name == "law_compliant":
            return text if (mark := parse_yes_no(cell).value) is None else mark
        if name == "rating_scheme":
            return scheme_of([text], self.context).scheme.code
        if name == "province":
            return self._slugs.get(text, text)
        words = self.context.words.get(name)
        return (words.find(text) if words else None) or text

    def _is_same(self, line: DataRow, name: str, about: Known) -> bool:
        """Whether the cell says what is known; a blank one says nothing, and what is not kept is always new."""
        if self._cell(line, name) is None:
            return True
        stored = STORED.get(name, name)
        if stored not in about or (name in NEEDS and NEEDS[name] not in self._at):
            return False
        known = about[stored]
        return bool(self._said(line, name) == (clean(known) if isinstance(known, str) else known))

    def _left(self, line: DataRow, about: Content) -> DataRow | None:
        """The line with what is new and what names the organisation; None where nothing is new."""
        groups = dict.fromkeys([(name,) for name in SINGLE], ()) | OF
        same = {
            name
            for values, of in groups.items()
            if all(self._is_same(line, name, about) for name in (*values, *of) if name in self._at)
            or all(self._cell(line, name) is None for name in values)
            for name in (*values, *of)
        }
        others = [name for name in self._at if not name.startswith(DERIVED) and name != "row_number"]
        new = [name for name in others if name not in same and self._cell(line, name) is not None]
        if not about:
            chosen = (self.context.place.slug, *self.context.place.predecessors)
            return _without(line, self._at, ["province"] if self._said(line, "province") in chosen else [])
        if not new:
            return None
        self.places[line.number] = about["place"]
        self._stop_moved(line, new, about)
        stays = {*NAMING} | ({"commune"} if not about["tax_code"] and not about["legacy_number"] else set())
        return _without(line, self._at, [name for name in same if name not in stays])

    def _stop_other_place(self, line: DataRow, about: Known) -> None:
        named = self.context.places[about["place"]].full_name
        what = f"dòng đã sửa là của {named}, lượt nạp chọn {self.context.place.full_name}"
        where = cell_name(line.number, self._at["name"])
        problem = Problem("place.other", what, "Nạp dòng này trong lượt chọn đúng địa bàn")
        self.context.findings.stop_row(problem, self.table.sheet, line.number, where, about["name"])

    def _stop_moved(self, line: DataRow, new: Sequence[str], about: Known) -> None:
        """Stop a line whose state was changed while the day of the former state was left beside it."""
        for name in (name for name in STATES if name in new and about[name]):
            day = f"{name}_on"
            is_left = self._cell(line, day) is not None and self._is_same(line, day, about)
            if is_left and self._said(line, name) != about[name]:
                what = f'tình trạng đã sửa thành "{self._text(line, name)[:40]}" mà ngày vẫn là của tình trạng cũ'
                remedy = "Ghi ngày của tình trạng mới, hoặc xóa ngày để lấy ngày của danh sách"
                where = cell_name(line.number, self._at[day])
                problem = Problem("state.same_day", what, remedy)
                self.context.findings.stop_row(problem, self.table.sheet, line.number, where, self._cell(line, day))


def _without(line: DataRow, at: Mapping[str, int], names: Sequence[str]) -> DataRow:
    indexes = {at[name] for name in names if name in at}
    return line._replace(cells=tuple(None if index in indexes else cell for index, cell in enumerate(line.cells)))


def _states(about: Known) -> list[tuple[type[Fact], str, Content]]:
    """The state that a list names with an organisation, on the day that is known already."""
    state, on = about["operating_state"], about["operating_state_on"]
    if not state or not on:
        return []
    return [(OrganizationState, f"/operating_state/{on}", {"field": "operating_state", "state": state, "on": on})]
