"""A programme as a workbook to read, correct and load again; without one, an empty workbook to fill in."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.programmes import sheets
from etl.programmes.catalogue import Catalogue
from etl.programmes.cells import UNKNOWN
from etl.programmes.content import head_fields, promise_fields, target_fields, task_fields
from etl.programmes.guide import GUIDE_LINES
from etl.programmes.sheets import SheetColumn

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
EMPTY_LINES = 200  # below the last row choices are offered for so many more
FREE_DOCUMENTS = 3  # lines for documents that are carried out or replaced, besides those named
LIST_WIDTH = 44
LONGEST_TITLE = 32
LONGEST_LIST = 255  # characters of a list of choices that a sheet takes without a range
MARK_WORDS = [sheets.RIGHT, sheets.MENDED, sheets.DROPPED]
HEAD = ("Mục", "Nội dung", "Ngày", "Tên văn bản", "Cách ghi")


class BookWriter:
    """Writes the sheets in order. With `waits`, each line has a column to be confirmed, still empty."""

    def __init__(self, names: Catalogue, *, waits: bool = False) -> None:
        self.names = names
        self.waits = waits
        self.out = io.BytesIO()
        self.book = xlsxwriter.Workbook(self.out, OPTIONS)
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.body = self.book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.number = self.book.add_format({"valign": "top", "num_format": "General"})
        self.day = self.book.add_format({"valign": "top", "num_format": "dd/mm/yyyy"})
        self.hint = self.book.add_format({"italic": True, "text_wrap": True, "valign": "top", "font_color": "#555555"})
        self.pages = {name: self.book.add_worksheet(name) for name in (*sheets.SHEETS, sheets.GUIDE, sheets.LISTS)}
        self.ranges: dict[tuple[str, ...], str] = {}

    def document(self, programme: ProgrammeFacts | None, *, told: dict[str, Any] | None = None) -> None:
        """The sheet of the document: one line a field, then the documents that it carries out and replaces."""
        page = self.pages[sheets.DOCUMENT]
        page.write_row(0, 0, [*HEAD, *([sheets.CONFIRMED] if self.waits else [])], self.head)
        page.set_column(0, 0, 36)
        page.set_column(1, 1, 52)
        page.set_column(2, 2, 14)
        page.set_column(3, 4, 44)
        fields = told or (head_fields(programme.head.value) if programme else {})
        for row, line in enumerate(sheets.DOCUMENT_LINES, start=1):
            page.write_string(row, 0, line.heading, self.head)
            self.cell(page, (row, 1), line, fields.get(line.field))
            page.write_string(row, 4, line.hint, self.hint)
            self._offer(page, (row, 1, row, 1), line)
        row = len(sheets.DOCUMENT_LINES) + 1
        for heading, field in sheets.NAMED_DOCUMENT.items():
            named = [item.model_dump() for item in getattr(programme.head.value, field)] if programme else []
            for item in [*(fields.get(field) or named), *[{}] * FREE_DOCUMENTS]:
                page.write_string(row, 0, heading, self.head)
                number = item.get("number") or (UNKNOWN if item else None)
                for column, value in enumerate((number, item.get("issued_on"), item.get("title")), start=1):
                    self.value(page, (row, column), value)
                page.write_string(row, 4, "Số, ngày (nếu biết), tên văn bản; thêm dòng nếu cần", self.hint)
                row += 1
        self._marks(page, len(HEAD), row)
        page.freeze_panes(1, 1)

    def table(self, name: str, rows: Iterable[dict[str, Any]], more: Sequence[SheetColumn] = ()) -> None:
        """One table: a column a field, `more` columns beside them which nothing reads back."""
        page, columns = self.pages[name], (*sheets.TABLES[name], *more)
        for number, column in enumerate(columns):
            page.write_string(0, number, column.heading, self.head)
            page.set_column(number, number, column.width)
            if column.hint:
                page.write_comment(0, number, column.hint)
        last = 0
        for last, fields in enumerate(rows, start=1):
            for number, column in enumerate(columns):
                self.cell(page, (last, number), column, fields.get(column.field))
        for number, column in enumerate(columns):
            self._offer(page, (1, number, last + EMPTY_LINES, number), column)
        if self.waits:
            page.write_string(0, len(columns), sheets.CONFIRMED, self.head)
            self._marks(page, len(columns), last + EMPTY_LINES)
        page.freeze_panes(1, 1)

    def cell(self, page: Any, at: tuple[int, int], column: SheetColumn, value: Any) -> None:
        """One field in its form; what is not told stays blank, what is told to be unknown says so."""
        if isinstance(value, str) and value == UNKNOWN:
            self.value(page, at, value)
        elif value is not None and value != "":
            self.value(page, at, column.form.show(value, self.names))

    def value(self, page: Any, at: tuple[int, int], value: Any) -> None:
        """A text as text, a number as number, a day as day: a sheet must not make one of the other."""
        if isinstance(value, date):
            page.write_datetime(*at, value, self.day)
        elif isinstance(value, (int, float)):
            page.write_number(*at, value, self.number)
        elif value is not None:
            page.write_string(*at, value, self.body)

    def _offer(self, page: Any, area: tuple[int, int, int, int], column: SheetColumn) -> None:
        if column.form.choices is None:
            return
        offered = column.form.choices(self.names)
        page.data_validation(
            *area,
            {
                "validate": "list",
                "source": self._range(tuple(offered), column.heading),
                "error_type": "warning" if column.form.is_strict else "information",
                "error_title": column.heading[:LONGEST_TITLE],
                "error_message": "Nên chọn trong danh sách; giá trị khác sẽ được kiểm tra khi nạp.",
            },
        )

    def _marks(self, page: Any, column: int, last: int) -> None:
        if self.waits:
            page.data_validation(1, column, last, column, {"validate": "list", "source": MARK_WORDS})

    def _range(self, offered: tuple[str, ...], heading: str) -> Any:
        """Where these choices stand on the sheet of lists; short ones need no place there."""
        if len(",".join(offered)) <= LONGEST_LIST and not any("," in word for word in offered):
            return list(offered)
        if offered not in self.ranges:
            page, column = self.pages[sheets.LISTS], len(self.ranges)
            page.write_string(0, column, heading, self.head)
            page.set_column(column, column, LIST_WIDTH)
            page.write_column(1, column, offered)
            page.freeze_panes(1, 0)
            letter = xl_col_to_name(column)
            self.ranges[offered] = f"='{sheets.LISTS}'!${letter}$2:${letter}${len(offered) + 1}"
        return self.ranges[offered]

    def guide(self) -> None:
        """The sheet of guidance with examples."""
        page = self.pages[sheets.GUIDE]
        page.set_column(0, 0, 34)
        page.set_column(1, 2, 60)
        for row, (is_title, *texts) in enumerate(GUIDE_LINES):
            page.write_row(row, 0, texts, self.head if is_title else self.body)

    def close(self) -> bytes:
        """The whole file."""
        self.book.close()
        return self.out.getvalue()


def programme_book(
    programme: ProgrammeFacts | None,
    names: Catalogue,
    *,
    agencies: Sequence[AgencyRow] = (),
    indicators: Sequence[IndicatorEntry] = (),
) -> bytes:
    """The workbook of a programme with the agencies and indicators that it brought; an empty one without it."""
    writer = BookWriter(names)
    writer.document(programme)
    rows: dict[str, Callable[[ProgrammeFacts, Catalogue], Iterable[dict[str, Any]]]] = {
        sheets.TARGETS: target_fields,
        sheets.PROMISES: promise_fields,
        sheets.TASKS: task_fields,
    }
    for name, fields in rows.items():
        writer.table(name, fields(programme, names) if programme else ())
    writer.table(sheets.AGENCIES, (row.model_dump() | {"printed": row.name} for row in agencies))
    writer.table(sheets.INDICATORS, (entry.model_dump() for entry in indicators))
    writer.guide()
    return writer.close()
