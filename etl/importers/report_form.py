"""The provincial table "Biểu 1": sections, indented rows and columns by year become published values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.importers.draft import Content, Context, Draft
from etl.importers.observation_rows import observation
from etl.importers.source_of_table import publisher_and_title, titles_of
from etl.importers.stated.form_sections import label_of, narrowed_by, narrowing_title
from etl.importers.stated.parts_of_wholes import CellReference, StatedValues
from etl.importers.stated.title_period import area_named, form_problems
from etl.importers.stated_values import indicator_value, table_marks
from etl.parsing.parse import Marks, Parsed, Problem
from etl.parsing.parsed import Cell, cell_name, text_of
from etl.parsing.text import clean, folded_key, nearest
from etl.tables.cells import CellReader
from etl.tables.columns import Label, read_labels
from etl.tables.findings import Severity
from etl.tables.headings import HeadedColumn
from etl.tables.table_rows import estimated_columns
from etl.tables.tables import DataRow, Table
from models.base.day_text import day_text
from models.base.text import fold
from models.places.place_life import is_told_ahead, life_text, places_instead
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.value_rules import value_problem

REQUIRED = ("label", "unit")
VALUES = {"actual": "actual", "estimate": "estimate", "plan": "plan", "half_year": "actual"}
_ROMAN = re.compile(r"(?:[ivx]{1,5}|[a-z])[.)]?")
_OF_WHICH = re.compile(r"^\s*[-+*•]*\s*(?:trong đó|gồm|bao gồm)?\s*[:,-]?\s*", re.IGNORECASE)
_STOCK = "stock"


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One observation for each filled cell of a row whose label is in the reviewed list."""
    publisher, title = publisher_and_title(tables, context)
    if not publisher:
        publisher = f"Chưa rõ cơ quan ({context.label})"
        what = "phía trên bảng không ghi cơ quan công bố"
        context.findings.remark("form.no_publisher", what, "Ghi tên cơ quan ở dòng đầu của trang")
    source = f"{title or 'Biểu số liệu'} ({context.label})"
    labels, found = read_labels(context.data_dir), _FormValues(StatedValues(context))
    for table in tables:
        _stop_by_title(table, context)
        form = _Form(CellReader(table, context.findings), context, labels, publisher, source)
        for row, spot in form.observations():
            found.add(row, spot, context)
    above = found.stated.stop_parts(context.findings)
    return Draft(facts={Observation: [row for key, (row, _spot) in found.rows.items() if key not in above]})


def _stop_by_title(table: Table, context: Context) -> None:
    """Stop the file where titles speak of less than the whole province, all organisations, or a year's result."""
    texts, findings = titles_of(table, context), context.findings
    for problem in form_problems(texts, table.header.columns):
        findings.add(Severity.STOPS_FILE, problem, sheet=table.sheet)
    if area := area_named(texts, (place.name for place in context.places.values() if place.level == "province")):
        what = f'tiêu đề "{area[:80]}" nói về một phần của {context.place.full_name}'
        findings.stop_file("form.smaller_area", what, "Nộp biểu của cả tỉnh, thành phố", sheet=table.sheet)
    if narrow := narrowing_title(texts):
        what = f'tiêu đề "{narrow[:80]}" chỉ nói về một loại tổ chức, còn biểu này là của tất cả'
        findings.stop_file(
            "form.narrow_title", what, 'Nộp theo mẫu "Số liệu công bố" với đúng chỉ tiêu', sheet=table.sheet
        )


@dataclass(slots=True)
class _FormValues:
    """The values of a file by their keys, each with where it stands."""

    stated: StatedValues
    rows: dict[str, tuple[Content, CellReference]] = field(default_factory=dict)

    def add(self, row: Content, spot: CellReference, context: Context) -> None:
        """Take a value; a second one of the same thing stops the file, naming both cells."""
        if row["key"] in self.rows:
            name, first = context.indicators[row["indicator"]].name, self.rows[row["key"]][1]
            what = f'"{name}" của cùng một kỳ đã có ở trang "{first.sheet}", ô {first.cell}'
            problem = Problem("form.repeated", what, "Giữ một ô, xóa ô kia")
            context.findings.add(Severity.STOPS_FILE, problem, sheet=spot.sheet, cell=spot.cell, value=row["value"])
            return
        self.rows[row["key"]] = (row, spot)
        self.stated.add(row, spot)


@dataclass(slots=True)
class _Form:
    """Walks down one table, remembering the section and the row that indented rows belong to."""

    reader: CellReader
    context: Context
    labels: Sequence[Label]
    publisher: str
    source: str
    section: str = ""
    parent: str = ""
    _columns: list[HeadedColumn] = field(init=False)
    _estimated: frozenset[int] = field(init=False)
    _marks: Marks = field(init=False)

    def observations(self) -> Iterator[tuple[Content, CellReference]]:
        header = self.reader.table.header
        self._columns = [column for column in header.columns if column.name in VALUES]
        self._estimated = estimated_columns(header, self.reader.table.notes)
        if not any(column.year for column in self._columns):
            what = "không có cột số liệu nào ghi năm"
            self.context.findings.stop_file("form.no_year", what, 'Tiêu đề cột phải như "Thực hiện năm 2023"')
            return
        self._columns = [column for column in self._columns if self._is_of_place(column)]
        self._marks = table_marks(self.reader, "unit", [column.index for column in self._columns])
        for line in self.reader.table.lines:
            self.reader.line = line
            yield from self._line()

    def _is_of_place(self, column: HeadedColumn) -> bool:
        """Whether the place stood on the day the column speaks of; else the column is left out, with a sentence."""
        if column.year is None or all(_at(line, column) is None for line in self.reader.table.lines):
            return True
        day, place = _end(column.year, is_half=column.name == "half_year"), self.context.place
        instead = places_instead(self.context.places, place.slug, day)
        is_after = place.valid_to is not None and day > place.valid_to
        if not instead or (is_after and is_told_ahead(place, self._kind(column), None)):
            return True
        names = " hoặc ".join(other.full_name for other in instead)
        what = f"{life_text(place, day)}, cột này là số của ngày {day_text(day)}"
        problem = Problem("form.place_of_day", what, f"Nộp cột này trong tệp riêng cho {names}")
        number = self.reader.table.header.rows[-1] if self.reader.table.header.rows else 1
        where = cell_name(number, column.index)
        self.context.findings.stop_row(problem, self.reader.table.sheet, number, where, column.heading)
        return False

    def _line(self) -> Iterator[tuple[Content, CellReference]]:
        text = _OF_WHICH.sub("", text_of(self.reader.cell("label")))
        number = fold(text_of(self.reader.cell("row_number")))
        label = clean(text)
        filled = [column for column in self._columns if self.reader.cell(column.name) is not None or self._at(column)]
        if not label:
            return
        if _ROMAN.fullmatch(number) or (not filled and not self.reader.text("unit")):
            self.section, self.parent = label, ""
            return
        if number:
            self.parent = label
        has_value = [column for column in self._columns if self._at(column) is not None]
        known = self._known(label) if has_value else None
        if known is None:
            return
        for column in has_value:
            if (row := self._value(known, column)) is not None:
                where = cell_name(self.reader.line.number, column.index)
                yield row, CellReference(self.reader.table.sheet, self.reader.line.number, where)

    def _at(self, column: HeadedColumn) -> Cell:
        return _at(self.reader.line, column)

    def _known(self, label: str) -> Label | None:
        """The reviewed label of this section; a row that has none, or of a part of the organisations, stops."""
        above = next((text for text in (self.section, self.parent) if text != label and narrowed_by(text)), "")
        if above and (above == self.section or not self._is_reviewed(above)):
            what = f'dòng "{label[:80]}" nằm trong mục "{above[:80]}", chỉ là một phần các tổ chức'
            remedy = 'Để ngoài dòng này, hoặc nộp theo mẫu "Số liệu công bố" với đúng chỉ tiêu'
            self.reader.stop("label", Problem("form.narrow_section", what, remedy))
            return None
        found = label_of(label, self.section, titles_of(self.reader.table, self.context), self.labels)
        if found is None:
            self._say_unknown(label)
        return found

    def _is_reviewed(self, label: str) -> bool:
        return any(folded_key(row.label) == folded_key(label) for row in self.labels)

    def _say_unknown(self, label: str) -> None:
        under = f' dưới "{self.parent}"' if self.parent not in ("", label) else ""
        if self._is_reviewed(label):
            place = f'mục "{self.section}" không có dòng này' if self.section else "không rõ nói về HTX, LHHTX hay THT"
            remedy = 'Ghi dòng mục ("I. Hợp tác xã") phía trên, hoặc để ngoài dòng này'
            self.reader.stop("label", Problem("form.unknown_label", f'dòng "{label[:80]}"{under}: {place}', remedy))
            return
        like = nearest(label, [row.label for row in self.labels], limit=1, cutoff=0.6)
        remedy = f'Nếu đúng là "{like[0]}" thì ghi như vậy' if like else "Sửa tên dòng"
        what = f'dòng "{label[:80]}"{under}{self._in_section()} không có trong danh mục chỉ tiêu của biểu'
        self.reader.stop("label", Problem("form.unknown_label", what, f"{remedy}, hoặc thêm vào danh mục"))

    def _in_section(self) -> str:
        return f' (mục "{self.section}")' if self.section else ""

    def _value(self, label: Label, column: HeadedColumn) -> Content | None:
        indicator = self.context.indicators.get(label.indicator)
        if indicator is None or column.year is None:
            return None
        parsed = self._number(indicator, column)
        where = cell_name(self.reader.line.number, column.index)
        if parsed.problem is not None:
            sheet, number = self.reader.table.sheet, self.reader.line.number
            self.context.findings.stop_row(parsed.problem, sheet, number, where, self._at(column))
        if parsed.value is None:
            return None
        if impossible := value_problem(indicator.kind, indicator.decimals, parsed.value):
            problem = Problem("figure.impossible_value", *impossible)
            self.context.findings.stop_row(
                problem, self.reader.table.sheet, self.reader.line.number, where, parsed.value
            )
            return None
        return observation(
            place=self.context.place.slug,
            indicator=indicator.code,
            definition=label.definition,
            period=_period(indicator, column.year, is_half=column.name == "half_year"),
            value=parsed.value,
            unit=indicator.unit,
            value_kind=self._kind(column),
            publisher=self.publisher,
            load_date=self.context.load_date,
            source_title=self.source,
        )

    def _kind(self, column: HeadedColumn) -> str:
        is_estimate = column.name == "actual" and column.index in self._estimated
        return "estimate" if is_estimate else VALUES[column.name]

    def _number(self, indicator: Indicator, column: HeadedColumn) -> Parsed[float]:
        cell, stated = self._at(column), self.reader.text("unit")
        return indicator_value(cell, indicator, stated, self._marks)


def _at(line: DataRow, column: HeadedColumn) -> Cell:
    return line.cells[column.index] if column.index < len(line.cells) else None


def _end(year: int, *, is_half: bool) -> date:
    return date(year, 6, 30) if is_half else date(year, 12, 31)


def _period(indicator: Indicator, year: int, *, is_half: bool) -> tuple[str, date, date]:
    end = _end(year, is_half=is_half)
    if indicator.kind == _STOCK or indicator.rhythm == "point":
        return "point", end, end
    return "half_year" if is_half else "year", date(year, 1, 1), end
