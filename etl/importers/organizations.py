"""What register, yearly reports and ratings share: who a row speaks of, and the facts it brings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.importers.addresses import district_of_table, stated_place
from etl.importers.draft import ELSEWHERE, Context, Draft, OrganizationRow, Pair
from etl.importers.harmonise import Communes, Found
from etl.importers.lists.odd_amounts import settle_amounts
from etl.importers.lists.own_rows import OwnRows
from etl.importers.lists.repeats import Repeats
from etl.importers.lists.unread import STOPS
from etl.importers.lists.year_column import columns_of_year, stop_other_year
from etl.importers.matching import Candidate, Matcher
from etl.importers.register_row import NO_SHEET, RowFacts
from etl.importers.scope import Scope
from etl.parsing.name_forms import bare_commune, form_key, short_name
from etl.parsing.parse import has_valid_check_digit, parse_tax_code
from etl.parsing.parse_numbers import marks_of
from etl.parsing.parsed import Problem, cell_at
from etl.parsing.text import folded_key, name_key
from etl.parsing.units import UnitMeasure
from etl.tables.cells import CellReader, each_line
from etl.tables.columns import read_headings
from etl.tables.groups.group_rows import part_groups
from etl.tables.headings import HeadedColumn
from etl.tables.mixed_marks import mixed_marks
from etl.tables.money_columns import ask_units
from etl.tables.tables import Table, TableShape
from etl.tables.totals import check_totals
from models.base.text import fold
from models.base.vietnamese_order import vietnamese_key
from models.register.organization import OrganizationDetail

HEADINGS = ("organization", "year_report", "person", "rating")
_MARK = re.compile(r"\s*(?:\(\s*\*+\s*\)|\*+|[¹²³⁴⁵])\s*$")
FORMS = frozenset(("htx", "lhhtx", "tht", "qtdnd"))
LIKE = "tên viết tắt và viết đủ giống nhau"
MARK_BITS = 48  # a candidate's mark: twelve hexadecimal digits
NO_NUMBERS = "Xóa dòng lặp; nếu là hai tổ chức thì ghi mã số hoặc số đăng ký cũ để phân biệt"
MOST_PAIRS = 2000  # as many as problems are kept; what is more is asked after these are decided


def shape(context_dir: Any, *required: str) -> TableShape:
    """What a list of organisations must look like."""
    return TableShape(read_headings(context_dir, *HEADINGS), required)


@dataclass(slots=True)
class OrganizationReader:
    """Turns the lines of one file into rows of organisations. `adds_new` tells whether unknown ones are new."""

    context: Context
    on: date
    facts: RowFacts
    adds_new: bool
    draft: Draft = field(default_factory=Draft)

    def read(self, tables: Sequence[Table]) -> Draft:
        """Read every table; problems stand in the findings."""
        context = self.context
        self.draft.on = self.on
        self._communes = Communes(context, self.on)
        self._matcher = Matcher(
            context.session,
            [context.place.slug, *context.place.predecessors],
            context.decisions,
            is_demo=context.is_demo,
        )
        self._codes, self._names, self._ids, self._forms = Repeats(), Repeats(), Repeats(), Repeats()
        for table in tables:
            self._read_table(table)
        self.draft.pairs += self._matcher.settled.values()
        self.draft.spellings = list({row["spelling"]: row for row in self._communes.new_decisions}.values())
        return self.draft

    def _read_table(self, table: Table) -> None:
        findings = self.context.findings
        self._own_places = self._settle_own(table) if table.own else {}
        part_groups(table, findings, self.context.words.get("sector"))
        marks = marks_of(_number_texts(table))
        ask_units(table, marks, findings.questions)
        reader = CellReader(table, findings, marks, stops=STOPS)
        amounts = settle_amounts(table, reader.marks, self.context)
        reader.units = amounts.units
        reader.doubtful = amounts.problems | mixed_marks(table, reader.marks)
        self._scope = Scope(reader, self.context)
        if self.adds_new:
            self._scope.stop_table(table)
        self.facts.start(reader, self.context)
        self.facts.state_of_line = self._scope.state_of_line
        provinces = {name_key(place.name) for place in self.context.places.values() if place.level == "province"}
        self._district = district_of_table(table, provinces, self._communes.is_district)
        self._of_year = columns_of_year(table)
        each_line(reader, lambda: self._line(reader))
        reader.say_ticks()
        check_totals(table, findings)

    def _settle_own(self, table: Table) -> dict[int, str]:
        """Take what is known already out of a list of the product; gives the places of the lines that are left."""
        own = OwnRows(self.context, table)
        for row in own.settle():
            self.draft.rows.append(row)
        if own.elsewhere:
            what = f"{own.elsewhere} dòng của địa bàn khác, vẫn như hệ thống đã xuất ra"
            self.context.findings.remark("place.elsewhere", what, "Không cần làm gì", sheet=table.sheet)
            self.draft.seen[ELSEWHERE] += own.elsewhere
        return own.places

    _own_places: dict[int, str] = field(init=False)
    _district: str = field(default="", init=False)
    _of_year: tuple[HeadedColumn, ...] = field(default=(), init=False)
    _scope: Scope = field(init=False)
    _communes: Communes = field(init=False)
    _matcher: Matcher = field(init=False)
    _codes: Repeats = field(init=False)
    _names: Repeats = field(init=False)
    _ids: Repeats = field(init=False)
    _forms: Repeats = field(init=False)

    def _line(self, reader: CellReader) -> None:
        if stop_other_year(reader, self._of_year, self.context):
            return
        self._scope.stop_row(is_register=self.adds_new)
        name = self._name(reader)
        if not name:
            reader.stop("name", Problem("name.missing", "thiếu tên tổ chức", "Ghi tên, hoặc xóa dòng thừa"))
            return
        if short_name(name) in FORMS:
            reader.stop("name", Problem("name.only_form", f'"{name}" là loại hình, không phải tên', "Ghi đủ tên"))
            return
        code = reader.take("tax_code", parse_tax_code(reader.cell("tax_code")))
        place = stated_place(reader, self.on, self._district)
        commune = self._communes.find(reader, place.commune, place.district, place.column)
        if place.old_commune:
            self._communes.hold_old(reader, commune, place.old_commune, place.old_district)
        legacy = reader.text("legacy_number") or None
        candidate = Candidate(code, legacy, name, commune.code or folded_key(commune.name or ""))
        if not self._is_repeated(reader, candidate):
            self._matched(reader, candidate, commune)

    def _name(self, reader: CellReader) -> str:
        """The name without the mark of a footnote, which is told: the note may change what the row means."""
        name = reader.text("name")
        kept = _MARK.sub("", name)
        if kept and kept != name:
            what = f'tên "{name[:60]}" mang dấu của một chú thích, dấu không được lưu'
            reader.remark("name", Problem("name.mark", what, "Đọc chú thích dưới bảng: nó có thể nói về dòng này"))
            return kept
        return name

    def _matched(self, reader: CellReader, candidate: Candidate, commune: Found) -> None:
        if candidate.tax_code in self._matcher.foreign_codes:
            what = "mã số này thuộc một tổ chức mô phỏng" if not self.context.is_demo else "mã số này có thật"
            reader.stop("tax_code", Problem("tax_code.demo", what, "Không dùng chung mã số giữa hai loại dữ liệu"))
            return
        match = self._matcher.match(candidate)
        if (two := self._matcher.other_named(candidate, match.organization_id)) is not None:
            what = f"mã số là của {two[0]}, còn tên là của {two[1]}"
            problem = Problem("organization.two_known", what, "Sửa mã số hoặc tên cho cùng một tổ chức")
            reader.stop("tax_code" if candidate.tax_code else "name", problem)
            return
        for pair in match.pairs:
            self.draft.pairs.append(pair)
            left, right = pair.key.split("/")
            what = f"có thể trùng với {pair.left}: {pair.evidence}"
            remedy = f"Quyết định: cùng một tổ chức (--same {left}={right}) hay khác (--different {left}={right})"
            reader.stop("name", Problem("pair.undecided", what, remedy))
        if match.organization_id is None and not self.adds_new and not match.pairs:
            self._say_unknown(reader, candidate)
        row = self._row(reader, candidate, commune, match.organization_id)
        if match.organization_id is not None and self._is_taken(reader, match.organization_id):
            return
        if not reader.is_stopped and (self.adds_new or row.facts):  # a known one of whom nothing is said stays out
            self.draft.rows.append(row)

    def _row(
        self, reader: CellReader, candidate: Candidate, commune: Found, organization_id: int | None
    ) -> OrganizationRow:
        said = self.facts.read(reader, self.context, candidate, commune)
        place = self._own_places.get(reader.line.number, self.context.place.slug)
        for model, _suffix, content in said.facts:
            content.update({"place": place} if model is OrganizationDetail else {})
        identity = {
            "is_demo": self.context.is_demo,
            "tax_code": candidate.tax_code,
            "tax_code_is_valid": has_valid_check_digit(candidate.tax_code) if candidate.tax_code else None,
            "legacy_number": candidate.legacy_number,
            "kind": said.kind,
            "name": candidate.name,
            "name_norm": fold(candidate.name),
            "name_sort": vietnamese_key(candidate.name),
            "place": place,
            "is_withdrawn": False,
        }
        line = reader.line.number
        return OrganizationRow(reader.table.sheet, line, candidate.name, organization_id, identity, said.facts)

    def _say_unknown(self, reader: CellReader, candidate: Candidate) -> None:
        self.draft.seen["unknown"] += 1
        like = self._matcher.proposals(candidate) if self.draft.seen["unknown"] <= NO_SHEET else []
        hint = ". Có phải " + " hoặc ".join(f'"{name}"' for name in like) + "?" if like else ""
        what = f'"{candidate.name[:80]}" không có trong sổ đăng ký của {self.context.place.full_name}{hint}'
        reader.stop("name", Problem("organization.unknown", what, "Sửa tên hoặc mã số, hoặc nạp sổ đăng ký trước"))

    def _is_taken(self, reader: CellReader, organization_id: int) -> bool:
        first = self._ids.earlier(str(organization_id), reader.spot("name"))
        if first is None:
            return False
        what = f"cùng một tổ chức với ô {cell_at(first)}"
        reader.stop("name", Problem("row.repeated", what, "Giữ một dòng, xóa dòng kia"))
        return True

    def _is_repeated(self, reader: CellReader, candidate: Candidate) -> bool:
        """A code twice in a file is an error; a name twice in a commune is a pair to decide."""
        if candidate.tax_code:
            first = self._codes.earlier(candidate.tax_code, reader.spot("tax_code"))
            if first is not None:
                what = f"mã số này đã có ở ô {cell_at(first)}"
                reader.stop("tax_code", Problem("tax_code.repeated", what, "Sửa mã số, hoặc xóa dòng lặp"))
                return True
        here = reader.spot("name") << MARK_BITS | int(candidate.mark, 16)
        first = self._names.earlier(_name_and_commune(candidate), here)
        like = self._like(candidate, here)
        if first is not None:
            return self._is_repeated_name(reader, candidate, first, "cùng tên")
        return like is not None and self._is_repeated_name(
            reader, candidate, like, "tên viết tắt và viết đủ giống nhau"
        )

    def _like(self, candidate: Candidate, here: int) -> int | None:
        """Where a row before said a short or long form of this name in this commune; not where both have a code."""
        is_coded = bool(candidate.tax_code)
        key = f"{form_key(candidate.name)}|{bare_commune(candidate.commune)}"
        first = self._forms.earlier(key, here << 1 | is_coded)
        return None if first is None or (first & 1 and is_coded) else first >> 1

    def _is_repeated_name(self, reader: CellReader, candidate: Candidate, first: int, how: str) -> bool:
        """A row before said this name and commune: two organisations only where somebody has decided so."""
        where, other = cell_at(first >> MARK_BITS), f"{first & (1 << MARK_BITS) - 1:012x}"
        pair = Pair(
            f"{other}/{candidate.mark}",
            f"ô {where}: {candidate.name}",
            f"ô {reader.where('name')}: {candidate.name} ({candidate.number or 'không có mã số'})",
            f"{how}, cùng xã trong một tệp",
        )
        is_told_apart = other != candidate.mark  # by a number that one of them has
        decided = self._matcher.decision(pair, candidate) if is_told_apart else None
        if decided is False:  # and no third row says the very same as this one
            is_told_apart = self._names.earlier(f"{_name_and_commune(candidate)}|{candidate.mark}", 0) is None
            if is_told_apart:
                return False
        what = f"{how}, cùng xã với ô {where}"
        remedy = self._remedy(pair, decided) if is_told_apart else NO_NUMBERS
        reader.stop("name", Problem("row.repeated_name", what, remedy))
        return True

    def _remedy(self, pair: Pair, decided: bool | None) -> str:
        if decided:
            return "Đã xác nhận là một tổ chức: xóa dòng lặp"
        if len(self.draft.pairs) < MOST_PAIRS:
            self.draft.pairs.append(pair)
        return f"Xóa dòng lặp, hoặc xác nhận khác nhau (--different {pair.key.replace('/', '=')})"


def _name_and_commune(candidate: Candidate) -> str:
    return f"{name_key(candidate.name)}|{bare_commune(candidate.commune)}"


def _number_texts(table: Table) -> Iterator[tuple[str, bool]]:
    """The texts in columns of counts and money, each with whether it must be whole."""
    columns = [(c.index, c.unit.measure is UnitMeasure.COUNT) for c in table.header.columns if c.unit is not None]
    for line in table.lines:
        for index, is_whole in columns:
            if index < len(line.cells) and isinstance(cell := line.cells[index], str):
                yield cell, is_whole
