"""A table of a yearbook or report as a table of published values, with what it leaves out said once by name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from etl.importers.cross.asked import TableQuestions, as_subject, sign_of
from etl.importers.cross.columns_across import ColumnMeaning, columns_across
from etl.importers.cross.row_meaning import RowReader, RowRole, unit_of_titles
from etl.importers.cross.subjects import FigureSubject, Subjects
from etl.importers.cross.sums import say_sums
from etl.importers.cross.table_place import PlaceNames, TablePlace, boundary_of, name_of_table
from etl.importers.cross.times import VALUES, FigureTime, time_of_titles
from etl.importers.cross.title_subject import full_name_of, publisher_of, subject_of, titles_of_cross
from etl.importers.cross.unpivot import CrossValue, Unpivoting
from etl.importers.draft import Context
from etl.importers.stated.form_sections import kinds_in
from etl.importers.stated.title_period import area_named, form_problems
from etl.parsing.parsed import Cell
from etl.parsing.text import folded_key
from etl.parsing.units import read_unit, thing_of
from etl.questions.question import Unanswered
from etl.tables.columns import LABEL_COLUMNS, SUBJECTS, Label, read_headings
from etl.tables.columns import table as reviewed
from etl.tables.findings import Severity
from etl.tables.heading_words import HeadingWords
from etl.tables.headings import HeadedColumn, Header
from etl.tables.reading.cross_table import is_number
from etl.tables.tables import DataRow, Table

COLUMNS = (
    *("place", "indicator", "definition", "period_kind", "period_end", "value", "unit", "value_kind"),
    *("publisher", "source_title", "note"),
)
NAMED = 6
_AREAS = "các|cấp|huyện|quận|thị xã|thị trấn|thành phố|xã|phường|đặc khu|tp|tx|và"
_BY_AREAS = re.compile(rf"\b(?:(?:phân|chia) )?theo (?:(?:{_AREAS})\b[\s,/.]*)+")


def values_across(table: Table, context: Context) -> Table:
    """The values of a table laid across, a line each; none where something is open that decides all of them."""
    header = Header(table.header.rows, tuple(HeadedColumn(i, name, name) for i, name in enumerate(COLUMNS)))
    found = Table(table.sheet, header)
    for line in CrossReading(table, context).lines():
        found.lines.append(line)
    return found


@dataclass(slots=True)
class CrossReading:
    """One table while it is read."""

    table: Table
    context: Context
    words: HeadingWords = field(init=False)
    columns: list[ColumnMeaning] = field(init=False)
    titles: list[str] = field(init=False)
    subjects: Subjects = field(init=False)
    asked: TableQuestions = field(init=False)
    names: PlaceNames = field(init=False)

    def __post_init__(self) -> None:
        table, context = self.table, self.context
        self.words = read_headings(context.data_dir, "report_form_headings")
        self.columns = columns_across(table, self.words)
        self.titles = titles_of_cross(table.header.titles)
        labels = [Label(**row) for row in reviewed(context.data_dir, SUBJECTS, LABEL_COLUMNS)]
        texts = {text for line in table.lines for text in line.cells if isinstance(text, str)}
        siblings = {folded_key(text) for text in (*texts, *(part for c in table.header.columns for part in c.parts))}
        kinds = tuple(dict.fromkeys(kind for text in (*self.titles, table.sheet) for kind in kinds_in(text)))
        self.subjects = Subjects(context.indicators, labels, siblings, kinds)
        title, first = max(self.titles, key=len, default=table.sheet), _first_figures(table, self.first_value)
        self.asked = TableQuestions(context, table.sheet, sign_of(title, first), len(table.lines))
        self.names = PlaceNames.of(context)

    @property
    def first_value(self) -> int:
        """The first column of values."""
        return min((column.index for column in self.columns), default=0)

    def lines(self) -> Iterator[DataRow]:
        """The lines of values. What is open is asked, everything at once where it can be."""
        base, is_taken = subject_of(self.titles, self.subjects, self.asked)
        rows = self._rows(base)
        roles = [row.role for row in rows.found]
        is_national = RowRole.COUNTRY in roles or roles.count(RowRole.PLACE) > 1
        said = time_of_titles(self.titles)
        cells = Unpivoting(self.subjects, base, said, is_national)
        values = list(cells.values(rows.found, self.columns)) if is_taken else []
        if cells.is_without_year:
            said = FigureTime(said.kind, int(self.asked.year() or 0)) if said is not None else None
            cells = Unpivoting(self.subjects, base, said, is_national)
            values = list(cells.values(rows.found, self.columns))
        place, publisher = self._place(rows, values, is_national=is_national)
        if base is None or self.context.indicators[base.indicator].aggregation == "sum":
            say_sums(self.table, rows.found, self.columns, self.context)
        self._say_left(cells, is_taken=is_taken)
        self._say_titles(values)
        if place is not None and publisher is not None:
            yield from (self._line(value, place, publisher) for value in values)

    def _rows(self, base: FigureSubject | None) -> RowReader:
        reader = self._reader(base)
        reader.read(list(self.table.lines), {})
        if not reader.unknown:
            return reader
        asked = {
            text: as_subject(self.asked.indicator(text, unanswered=Unanswered.ROWS), self.context)
            for text in dict.fromkeys(reader.unknown)
        }
        reader = self._reader(base)
        reader.read(list(self.table.lines), asked)
        return reader

    def _reader(self, base: FigureSubject | None) -> RowReader:
        return RowReader(self.words, self.subjects, base, self.first_value, lambda text: bool(self.names.find(text)))

    def _place(
        self, rows: RowReader, values: list[CrossValue], *, is_national: bool
    ) -> tuple[TablePlace | None, str | None]:
        if not values:
            return None, None
        texts = [*self.table.header.titles, *self.table.notes, self.table.sheet]
        name: str | None = "" if is_national else name_of_table(texts, self.context, self.names, self.asked)
        publisher = publisher_of([*self.table.header.titles, *self.table.notes], self.asked)
        if name is None or publisher is None:
            return None, None
        labels, years = [row.label for row in rows.found], {value.time.year for value in values}
        boundary, is_known = boundary_of(labels, name, years, self.names, self.asked)
        place = TablePlace(self.names, name, boundary) if is_known else None
        return place, full_name_of(publisher, name, self.context)

    def _line(self, value: CrossValue, place: TablePlace, publisher: str) -> DataRow:
        """A cell as a line of published values."""
        indicator, title = self.context.indicators[value.subject.indicator], max(self.titles, key=len, default="")
        is_half = value.time.kind == "half_year" and indicator.kind != "stock" and indicator.rhythm != "point"
        unit = value.row.part.unit or value.column.unit or self._unit_of_table(value)
        cells: dict[str, Cell] = {
            "place": place.slug(value.label, value.time.day),
            "indicator": indicator.code,
            "definition": value.subject.definition or None,
            "period_kind": "half_year" if is_half else None,
            "period_end": value.time.day,
            "value": value.cell,
            "unit": unit or None,
            "value_kind": VALUES[value.time.kind],
            "publisher": publisher,
            "source_title": f"{title or self.table.sheet} ({self.context.label})",
            "note": value.column.note or None,
        }
        return DataRow(value.row.line.number, tuple(cells[name] for name in COLUMNS), at=value.column.index)

    def _unit_of_table(self, value: CrossValue) -> str:
        """The unit over the table. One that merely names what all of it counts is not of a column of other things."""
        stated = unit_of_titles(self.table.header.titles)
        own = thing_of(self.context.indicators[value.subject.indicator].unit)
        unit = read_unit(stated)
        is_of_ones = unit is not None and unit.factor == 1 and bool(thing_of(stated)) and bool(own)
        is_other = is_of_ones and thing_of(stated) != own and not value.column.is_whole
        return "" if is_other else stated

    def _say_titles(self, values: list[CrossValue]) -> None:
        """Stop the file where a title speaks of a part of year or province, a plan or an estimate, unlike columns."""
        spoken = [_BY_AREAS.sub("", text.lower()) for text in self.titles]
        if area := area_named(spoken, self.names.names):
            what = f'tiêu đề "{area[:80]}" nói về một phần của tỉnh, thành phố'
            self.context.findings.stop_file("form.smaller_area", what, "Nộp biểu của cả tỉnh", sheet=self.table.sheet)
        timed = {value.column.index: value for value in values if value.column.time is not None}
        columns = [
            HeadedColumn(index, value.column.heading, value.time.kind, year=value.time.year)
            for index, value in timed.items()
        ]
        for problem in form_problems(self.titles, columns):
            self.context.findings.add(Severity.STOPS_FILE, problem, sheet=self.table.sheet)

    def _say_left(self, cells: Unpivoting, *, is_taken: bool) -> None:
        say, sheet = self.context.findings.remark, self.table.sheet
        if not is_taken:
            say("cross.not_taken", "bảng này chưa lấy số nào: chưa rõ là chỉ tiêu nào", "Trả lời câu hỏi", sheet=sheet)
            return
        for rule, left, what in (
            ("cross.columns", cells.columns_left, "cột không có chỉ tiêu của hệ thống nên không lấy"),
            ("cross.rows", cells.rows_left, "dòng, phần không có chỉ tiêu của hệ thống nên không lấy"),
            ("cross.times", cells.times_left, "cột nói về kỳ không rõ hoặc số so sánh nên không lấy"),
            ("cross.areas", cells.areas_left, "dòng của huyện, xã, vùng không có chỗ trong số liệu của tỉnh, chỉ dùng"),
        ):
            if left:
                end = " để kiểm dòng tổng" if rule == "cross.areas" else ""
                say(rule, f"{len(left)} {what}{end}: {_named(left)}", "Không cần làm gì nếu đúng", sheet=sheet)


def _named(names: Iterable[str]) -> str:
    listed = [f'"{name[:60]}"' for name in names]
    return ", ".join(listed[:NAMED]) + (f" và {len(listed) - NAMED} mục nữa" if len(listed) > NAMED else "")


def _first_figures(table: Table, first_value: int) -> DataRow:
    return next((line for line in table.lines if any(map(is_number, line.cells[first_value:]))), DataRow(0, ()))
