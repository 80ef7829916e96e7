"""Reads the cells of one line by our column names, noting every problem at its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import lru_cache, partial
from typing import TypeVar

from etl.parsing.parse import Marks, Parsed, PlainDate, parse_count, parse_date, parse_number, parse_yes_no
from etl.parsing.parsed import Cell, CellError, Problem, cell_at, error_in, has_own_unit, refused, spot_of, text_of
from etl.parsing.personal import INSIDE, OF_A_PERSON, is_number_of_person, may_be_personal, without_personal
from etl.parsing.text import clean
from etl.parsing.units import COUNT, Unit, is_money
from etl.questions.question import SKIP, QuestionKind, Unanswered
from etl.tables.columns import NAMES, NUMBERED, PERSONS, Words
from etl.tables.findings import Findings, Severity
from etl.tables.headings import HeadedColumn
from etl.tables.tables import DataRow, Table
from etl.tables.ticks import say_ticks, ticked_columns
from etl.tables.word_questions import near_words, word_question
from models.base.fitting import is_fit
from models.base.text import fold

ValueT = TypeVar("ValueT")
MILLION = Decimal(1_000_000)
MOST_COUNTED = 10**8  # no count of the field has nine digits; identity cards and telephones have
_TWELVE = re.compile(r"[0-9]{12}")
_BLANK_WORDS = frozenset(("", "-", "–", "—", "n/a", "chua co", "khong co"))


@lru_cache(maxsize=8192)
def _plain_text(cell: str) -> str:
    text = clean(cell)
    return "" if fold(text) in _BLANK_WORDS else text


_cached_date = lru_cache(maxsize=8192)(parse_date)
_cached_mark = lru_cache(maxsize=256)(parse_yes_no)


class CellReader:
    """Goes line by line through one table. A problem stops the line it stands in, not the file.

    With `stops`, only what cannot be read in these columns stops its line; in every other column the field stays
    unknown and its problem stands in `unread` while the reader is on the line. By spot: `doubtful` are cells that are
    not taken, `units` the units that somebody said of single amounts.
    """

    def __init__(
        self,
        table: Table,
        findings: Findings,
        marks: Marks = Marks.UNDECLARED,
        *,
        stops: Collection[str] | None = None,
    ) -> None:
        self.table = table
        self.findings = findings
        self.marks = marks
        self.line = DataRow(0, ())
        self.unread: dict[str, Problem] = {}
        self.doubtful: Mapping[int, Problem] = {}
        self.units: Mapping[int, Unit] = {}
        self._stops = stops
        self._columns: dict[str, HeadedColumn] = {}
        self._tick_columns: dict[str, bool] = {}
        self._ticked: frozenset[int] | None = None
        self._told_personal: set[int] = set()
        for column in table.header.columns:
            self._columns.setdefault(column.name, column)

    def has(self, name: str) -> bool:
        """Whether the table carries this column."""
        return name in self._columns

    def cell(self, name: str) -> Cell:
        """The cell as it stands; None where the column or the cell is missing."""
        column = self._columns.get(name)
        return self.line.cells[column.index] if column and column.index < len(self.line.cells) else None

    def where(self, name: str) -> str:
        """The name of the cell; without such a column the first cell of the line."""
        return cell_at(self.spot(name))

    def spot(self, name: str) -> int:
        """See where, as one number: cells remembered for every line take less memory so."""
        column = self._columns.get(name)
        index = self.line.at if self.line.at is not None else column.index if column else 0
        return spot_of(self.line.number, index)

    def begin(self, line: DataRow) -> None:
        """Go to a line."""
        self.line, self.unread = line, {}

    def column(self, name: str) -> HeadedColumn | None:
        """The column of one of our names."""
        return self._columns.get(name)

    def stop(self, name: str, problem: Problem) -> None:
        """Keep this line out because of this cell."""
        where, value, heading = self.where(name), self._shown(name), self._heading(name)
        told = self._told(name, problem)
        self.findings.stop_row(told, self.table.sheet, self.line_key, where, value, column=heading)

    def refuse(self, name: str, problem: Problem) -> None:
        """Leave this field of the line unknown; keep the line out where the field decides whom the line is of."""
        if self._decides(name) is Unanswered.ROWS:
            self.stop(name, problem)
        elif name not in self.unread:
            self.unread[name] = told = self._told(name, problem)
            self._note(Severity.UNREAD, name, told)

    def _decides(self, name: str) -> Unanswered:
        """What stays out while this column cannot be read."""
        return Unanswered.ROWS if self._stops is None or name in self._stops else Unanswered.FIELD

    def remark(self, name: str, problem: Problem) -> None:
        """Note something about this cell; the line stays."""
        self._note(Severity.REMARK, name, problem)

    def _note(self, severity: Severity, name: str, problem: Problem) -> None:
        where, value, heading = self.where(name), self._shown(name), self._heading(name)
        self.findings.add(severity, problem, sheet=self.table.sheet, cell=where, value=value, column=heading)

    def _heading(self, name: str) -> str:
        column = self._columns.get(name)
        return column.heading[:80] if column else ""

    def written(self, name: str) -> str:
        """The cell as a problem may show it and an unread value is kept: without numbers of persons."""
        cell = self._shown(name)
        if isinstance(cell, float) and not isinstance(cell, bool):
            return f"{cell:.15g}".replace(".", ",")
        return str(cell) if isinstance(cell, CellError) else clean(text_of(cell))

    def _shown(self, name: str) -> Cell:
        cell = self.cell(name)
        if name in NUMBERED:
            return None if name == "tax_code" and _TWELVE.fullmatch(text_of(cell)) else cell
        if isinstance(cell, str):
            return without_personal(cell, is_name=name in NAMES, is_person=name in PERSONS)
        return None if is_number_of_person(cell) and not is_money(self._columns[name].unit) else cell

    def _told(self, name: str, problem: Problem) -> Problem:
        """A problem as it may be told and kept: one about a number or day of a person does not repeat it."""
        if name in NUMBERED or self._shown(name) == self.cell(name):
            return problem
        self.findings.has_personal = True
        return Problem(problem.rule, OF_A_PERSON, "Xóa phần đó khỏi ô; ghi giá trị của cột, hoặc để trống")

    @property
    def is_stopped(self) -> bool:
        """Whether the line is kept out."""
        return (self.table.sheet, self.line_key) in self.findings.stopped

    @property
    def line_key(self) -> int:
        """What tells the line from others: its row, or its cell where a row holds several lines."""
        return self.line.number if self.line.at is None else spot_of(self.line.number, self.line.at)

    def take(self, name: str, parsed: Parsed[ValueT]) -> ValueT | None:
        """The value of a parsed cell, its problem or remark noted; nothing for a cell in doubt beside others."""
        problem = parsed.problem or (self.doubtful.get(self.spot(name)) if self.doubtful else None)
        if problem is not None:
            self.refuse(name, problem)
            return None
        if parsed.remark is not None:
            self.remark(name, parsed.remark)
        return parsed.value

    def text(self, name: str) -> str:
        """Plain text; "-" and "chưa có" are nothing."""
        cell = self.cell(name) if name in self._columns else None
        if cell is None:
            return ""
        if problem := error_in(cell):
            self.refuse(name, problem)
            return ""
        text = _plain_text(cell if isinstance(cell, str) else text_of(cell))
        if text and not is_fit(text):
            self.stop(name, Problem("text.unfit", "ô có ký tự NUL hoặc nửa chữ, không lưu được", "Gõ lại chữ trong ô"))
            return ""
        if name in NUMBERED or not (may_be_personal(text) or name in PERSONS):
            return text
        return self._without_personal(name, text)

    def _without_personal(self, name: str, text: str) -> str:
        """The text without numbers and days of birth of persons, which are told and never kept, nor repeated."""
        kept = without_personal(text, is_name=name in NAMES, is_person=name in PERSONS)
        kept = "" if is_number_of_person(self.cell(name)) else kept
        if kept != text and (spot := self.spot(name)) not in self._told_personal:
            self._told_personal.add(spot)
            self.findings.add(Severity.REMARK, INSIDE, sheet=self.table.sheet, cell=self.where(name), value=kept)
        return kept

    def _is_sure(self, name: str, cell: Cell) -> bool:
        """Whether the cell holds a number that can be read in one way only and needs no remark."""
        is_plain = isinstance(cell, int | float) and not isinstance(cell, bool) and -MOST_COUNTED < cell < MOST_COUNTED
        return is_plain and not (self.doubtful and self.spot(name) in self.doubtful)

    def count(self, name: str) -> int | None:
        """A number of things."""
        cell = self.cell(name)
        if cell is None:
            return None
        unit = self._columns[name].unit or COUNT
        if self._is_sure(name, cell) and unit.factor == 1 and cell >= 0 and cell == int(cell):  # type: ignore[operator,arg-type]
            return int(cell)  # type: ignore[arg-type]
        parsed = parse_count(cell, unit=unit, marks=self.marks)
        if parsed.value is not None and parsed.value >= MOST_COUNTED:
            parsed = refused("number.too_large", "số quá lớn so với một số đếm", "Kiểm tra lại số và đơn vị tính")
        value = self.take(name, parsed)
        return None if value is None else int(value)

    def number(self, name: str) -> float | None:
        """A number without unit."""
        cell = self.cell(name)
        value = None if cell is None else self.take(name, parse_number(cell, marks=self.marks))
        return None if value is None else float(value)

    def million(self, name: str) -> float | None:
        """An amount of money in million đồng."""
        cell = self.cell(name)
        if cell is None:
            return None
        column = self._columns[name]
        if (own := self.units.get(self.spot(name))) is not None:  # somebody said in which unit this one is
            value = self.take(name, parse_number(cell, unit=own, marks=self.marks))
            return None if value is None else float(value / MILLION)
        unit = column.unit
        if self._is_sure(name, cell) and unit is not None and unit.factor == MILLION and column.is_unit_stated:
            return float(cell)  # type: ignore[arg-type]
        parsed = parse_number(cell, unit=unit, marks=self.marks)
        if not column.is_unit_stated and not has_own_unit(cell) and (parsed.value or parsed.problem):
            return None  # nobody stated the unit: it is asked once a column, and the file waits for the answer
        value = self.take(name, parsed)
        return None if value is None else float(value / MILLION)

    def date(self, name: str) -> PlainDate | None:
        """A date as exactly as it was written."""
        cell = self.cell(name)
        parsed = _cached_date(cell) if isinstance(cell, str) else parse_date(cell)
        return None if cell is None else self.take(name, parsed)

    def yes_no(self, name: str) -> bool | None:
        """Yes or no. In a column that holds nothing but ticks, a blank cell means no."""
        if not self.has(name):
            return None
        cell = self.cell(name)
        value = self.take(name, _cached_mark(cell) if isinstance(cell, str) else parse_yes_no(cell))
        return False if cell is None and self._is_ticked(name) else value

    def code(self, name: str, words: Words, what: str, unanswered: Unanswered | None = None) -> str | None:
        """The code of a reviewed word; an unknown spelling is asked about, and refused while nobody answered.

        `unanswered`: what stays out until then, where the caller knows more than the name of the column.
        """
        text = self.text(name)
        code = words.find(text) if text else None
        if text and code is None:
            question = partial(word_question, name, text, words, what, unanswered or self._decides(name))
            row, among = self._row_words(), words.codes.values()
            code = self.findings.questions.ask(QuestionKind.WORD, name, text, question, example=row, among=among)
            if code is None:
                like = [words.first(words.find(near) or "") for near in near_words(text, words)[:1]]
                hint = f'. Có phải "{like[0]}"?' if like else ""
                remedy = "Trả lời câu hỏi về từ này, hoặc sửa ô này"
                self.refuse(
                    name, Problem("word.unknown", f'{what} "{text[:60]}" không có trong danh mục{hint}', remedy)
                )
        elif code is not None:
            self.findings.questions.took(QuestionKind.WORD, name, text, words.first(code))
        if code == SKIP:  # unknown on purpose: its text is kept all the same
            self.unread[name] = Problem("word.skipped", "đã trả lời là để trống", "")
        return None if code == SKIP else code

    def _row_words(self) -> str:
        """The line as an example beside a question: its number and the organisation, else the first text."""
        said = self._shown("name") if self.has("name") else next((c for c in self.line.cells if isinstance(c, str)), "")
        return f"dòng {self.line.number}: {text_of(said)[:60]}"

    def _is_ticked(self, name: str) -> bool:
        if self._ticked is None:
            self._ticked = ticked_columns(self.table, {column.index for column in self._columns.values()})
        return self._tick_columns.setdefault(name, self._columns[name].index in self._ticked)

    def say_ticks(self) -> None:
        """Remark once a table which columns were read as ticks."""
        names = [f'"{self._columns[name].heading}"' for name, is_ticked in self._tick_columns.items() if is_ticked]
        say_ticks(names, self.table.sheet, self.findings)


def each_line(reader: CellReader, act: Callable[[], None]) -> None:
    """Run `act` with the reader standing on each line in turn."""
    for line in reader.table.lines:
        reader.begin(line)
        act()
