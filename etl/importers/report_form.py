"""The provincial table "Biểu 1": sections, indented rows and columns by year become published values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from etl.importers.draft import Content, Context, Draft
from etl.importers.observation_rows import observation
from etl.importers.source_of_table import publisher_and_title
from etl.importers.stated_values import indicator_value, table_marks
from etl.parsing.parse import Marks, Parsed, Problem
from etl.parsing.parsed import cell_name, text_of
from etl.parsing.text import clean, folded_key, nearest
from etl.tables.cells import CellReader
from etl.tables.columns import Label, read_labels
from etl.tables.headings import HeadedColumn
from etl.tables.table_rows import estimated_columns
from etl.tables.tables import Table
from models.base.day_text import day_text
from models.base.text import fold
from models.places.place_life import is_told_ahead, life_text, places_instead
from models.targets.indicator import Indicator
from models.targets.observation import Observation

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
    observations: list[Content] = []
    labels = read_labels(context.data_dir)
    for table in tables:
        form = _Form(CellReader(table, context.findings), context, labels, publisher, source)
        observations += form.observations()
    _refuse_repeated(observations, context)
    return Draft(facts={Observation: observations})


def _refuse_repeated(observations: Sequence[Content], context: Context) -> None:
    seen: set[str] = set()
    for row in observations:
        if row["key"] in seen:
            name = context.indicators[row["indicator"]].name
            what = f'"{name}" có hai giá trị cho cùng một kỳ'
            context.findings.stop_file("form.repeated", what, "Giữ một dòng trong tệp")
        seen.add(row["key"])


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

    def observations(self) -> Iterator[Content]:
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
        if column.year is None:
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

    def _line(self) -> Iterator[Content]:
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
        known = self._known(label)
        has_value = [column for column in self._columns if self._at(column) is not None]
        if known is None:
            if has_value:
                self._say_unknown(label)
            return
        for column in has_value:
            if (row := self._value(known, column)) is not None:
                yield row

    def _at(self, column: HeadedColumn) -> object:
        cells = self.reader.line.cells
        return cells[column.index] if column.index < len(cells) else None

    def _known(self, label: str) -> Label | None:
        """The reviewed label of this section; the row it is indented under tells two alike apart."""
        section = folded_key(self.section)
        fitting = [row for row in self.labels if folded_key(row.label) == folded_key(label)]
        inside = [row for row in fitting if not section or folded_key(row.section) in section]
        return inside[0] if inside else None

    def _say_unknown(self, label: str) -> None:
        like = nearest(label, [row.label for row in self.labels], limit=1, cutoff=0.6)
        hint = f'. Có phải "{like[0]}"?' if like else ""
        under = f' (mục "{self.section}"' + (
            f', dưới "{self.parent}")' if self.parent != label and self.parent else ")"
        )
        what = f'dòng "{label[:80]}"{under} không có trong danh mục chỉ tiêu của biểu{hint}'
        self.reader.stop("label", Problem("form.unknown_label", what, "Sửa tên dòng, hoặc thêm vào danh mục"))

    def _value(self, label: Label, column: HeadedColumn) -> Content | None:
        indicator = self.context.indicators.get(label.indicator)
        if indicator is None or column.year is None:
            return None
        parsed = self._number(indicator, column)
        where = cell_name(self.reader.line.number, column.index)
        if parsed.problem is not None:
            sheet, number = self.reader.table.sheet, self.reader.line.number
            self.context.findings.stop_row(parsed.problem, sheet, number, where, self._at(column))  # type: ignore[arg-type]
        if parsed.value is None:
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
        return indicator_value(cell, indicator, stated, self._marks)  # type: ignore[arg-type]


def _end(year: int, *, is_half: bool) -> date:
    return date(year, 6, 30) if is_half else date(year, 12, 31)


def _period(indicator: Indicator, year: int, *, is_half: bool) -> tuple[str, date, date]:
    end = _end(year, is_half=is_half)
    if indicator.kind == _STOCK or indicator.rhythm == "point":
        return "point", end, end
    return "half_year" if is_half else "year", date(year, 1, 1), end
