"""Columns of a file that nobody takes: asked about, or told first with their values; missing ones of ours are told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from etl.parsing.parsed import Cell, Problem, cell_name, shown
from etl.parsing.personal import is_number_of_person, may_be_birth, may_be_personal, without_personal
from etl.parsing.short_words import spelled_out
from etl.parsing.text import nearest
from etl.questions.question import SKIP, QuestionKind, Unanswered, key_of
from etl.tables.columns import PERSONAL, is_personal_heading, plain_heading
from etl.tables.findings import Findings, Severity
from etl.tables.heading_parts import planned_words
from etl.tables.heading_questions import AskedHeadings, UnknownColumn, ask_heading
from etl.tables.heading_words import HeadingWords, split_heading
from etl.tables.headings import HeadedColumn, Header
from etl.tables.reading.name_column import may_be_names, nameless_table, passed_summary
from etl.tables.shape.summary import is_summary_heading
from etl.tables.tables import Table

NEVER_KEPT = frozenset(("row_number", "note", "remark", "address"))
SAMPLES, LOOKED_AT = 3, 30
_YEAR = re.compile(r"\b(?:nam )?(?:19|20)[0-9]{2}\b")
_PHRASES = re.compile(r"\b(?:trong do|so luong|hien (?:nay|tai)|tren dia ban)\b")
_FILLERS = frozenset(("cac", "cua", "nam", "va", "chinh", "cu", "moi", "tong", "nguoi", "htx", "lhhtx", "tht"))
_TELLING = frozenset(
    ("nu", "ocop", "bhxh", "voi", "sanh", "ty", "von", "luat", "ten")
)  # with one of these a heading means another number
_PERSONS = re.compile(
    r"\b(?:ho (?:va )?ten|ten thanh vien|giam doc|chu tich|to truong|truong nhom|dai dien|cho o|noi o)\b"
)


def say_left_out(table: Table, asked: AskedHeadings, findings: Findings) -> None:
    """Tell each column with values that is not taken, and ask about each that nobody reviewed."""
    header, row = table.header, table.header.rows[-1]
    names = may_be_names(table, asked.required, is_only=not asked.has_list)
    if asked.has_list and not header.is_complete and not names:
        return  # no list: say_missing tells it
    for column in header.columns:
        spelled = asked.words.first_spelling(column.name, column.year)
        findings.questions.taken_or_answered(
            QuestionKind.HEADING, asked.field, column.heading, spelled, rows=len(table.lines)
        )
    taken = {column.name for column in header.columns if column.year is None}
    kept = _cores(asked.words, {*taken, *asked.unread, *NEVER_KEPT})
    read_over = [column for column in header.columns if column.name in asked.unread and not _is_read(column, header)]
    values = _values(table, [*header.surplus, *read_over])
    findings.has_personal = findings.has_personal or _reaches_person(table, [*values])
    for column in (*header.surplus, *read_over):
        if not values[column.index]:
            continue
        like = [] if column.name or column.year else _like(column, kept)
        unknown = UnknownColumn(column, like, values[column.index], names.get(column.index, ""), len(table.lines))
        if problem := _left_out(unknown, asked, header, findings):
            findings.add(Severity.REMARK, problem, sheet=table.sheet, cell=cell_name(row, column.index))


def say_missing(tables: Sequence[Table], findings: Findings) -> None:
    """Tell the columns without which nothing can be read, but for those that an open question proposes.

    Where another table has them all, the one without is no list and passed over.
    """
    asked = [question for question in findings.questions.open.values() if question.kind is QuestionKind.HEADING]
    proposed = {answer.value for question in asked for answer in question.proposals}
    has_list = any(table.header.is_complete for table in tables)
    for table in tables:
        missing = [item for item in table.header.problems if item.missing and item.missing not in proposed]
        for item in missing if not has_list else ():
            findings.add(Severity.STOPS_FILE, item.problem, sheet=table.sheet)
        if missing and has_list:
            is_told = is_summary_heading(column.heading for column in (*table.header.columns, *table.header.surplus))
            severity = Severity.REMARK if is_told else Severity.STOPS_FILE
            findings.add(severity, passed_summary(table) if is_told else nameless_table(table), sheet=table.sheet)


def _is_read(column: HeadedColumn, header: Header) -> bool:
    """Whether the column is read although it is not kept: an address where no column names the commune."""
    return column.name in ("address", "old_address") and header.index_of("commune") is None


def _left_out(unknown: UnknownColumn, asked: AskedHeadings, header: Header, findings: Findings) -> Problem | None:
    """What is told of one column; nothing where the question about it says all."""
    column, values = unknown.column, unknown.values
    is_personal = _is_personal(column, values)
    findings.has_personal |= is_personal
    if column.name or column.year or (is_personal and not unknown.near and not unknown.may_be_name):
        return _not_taken(column, values)
    is_hidden = is_personal or any(map(may_be_birth, values))
    answer = ask_heading(replace(unknown, values=[]) if is_hidden else unknown, asked, header, findings.questions)
    if answer == SKIP:
        what = f'cột "{column.heading[:80]}" không lấy theo câu trả lời{_examples(column, values)}'
        return Problem("header.surplus_column", what, "Đổi câu trả lời ở trang Câu trả lời nếu cần")
    question = findings.questions.open.get(key_of(QuestionKind.HEADING, asked.field, column.heading))
    is_said = question is not None and question.unanswered is not Unanswered.FIELD
    return None if is_said else _not_taken(column, values)


def _values(table: Table, columns: Collection[HeadedColumn]) -> dict[int, list[Cell]]:
    """The first different values of each column, read until each has enough."""
    found: dict[int, list[Cell]] = {column.index: [] for column in columns}
    wanting = set(found)
    for line in table.lines:
        for index in [index for index in wanting if index < len(line.cells) and line.cells[index] is not None]:
            if line.cells[index] not in found[index]:
                found[index].append(line.cells[index])
            if len(found[index]) == LOOKED_AT:
                wanting.discard(index)
        if not wanting:
            break
    return found


def _reaches_person(table: Table, indexes: Sequence[int]) -> bool:
    """Whether any line has, in a column that is left out, what reaches or identifies a person."""
    return any(
        _is_of_person(line.cells[index]) or may_be_birth(line.cells[index])
        for line in (table.lines if indexes else ())
        for index in indexes
        if index < len(line.cells) and line.cells[index] is not None
    )


def _not_taken(column: HeadedColumn, values: Sequence[Cell]) -> Problem:
    if column.name:
        what = f'cột "{column.heading[:80]}" không thuộc loại tệp này nên không lấy{_examples(column, values)}'
        return Problem("header.unread_column", what, "Không cần làm gì; nếu cần, nạp tệp này theo loại khác")
    if column.year:
        what = f'cột "{column.heading[:80]}" là số của năm {column.year}, không phải năm của lượt nạp, nên không lấy'
        return Problem("header.other_year", f"{what}{_examples(column, values)}", "Nạp lại tệp này với năm đó nếu cần")
    what = f'cột "{column.heading[:80]}" không có trong danh mục tiêu đề nên không lấy{_examples(column, values)}'
    remedy = "Không cần làm gì nếu đúng là cột thừa; nếu không, trả lời câu hỏi về cột này"
    return Problem("header.surplus_column", what, remedy)


def _examples(column: HeadedColumn, values: Sequence[Cell]) -> str:
    """Some values in brackets; never of persons' data."""
    if _is_personal(column, values):
        return " (dữ liệu cá nhân)"
    if any(map(may_be_birth, values)):
        return " (ngày tháng)"
    return f" (ví dụ {', '.join(dict.fromkeys(map(shown, values[:SAMPLES])))})"


def _is_personal(column: HeadedColumn, values: Sequence[Cell]) -> bool:
    heading = plain_heading(column.heading)
    is_said = bool(is_personal_heading(heading) or _PERSONS.search(heading))
    return is_said or any(map(_is_of_person, values))


def _is_of_person(cell: Cell) -> bool:
    if isinstance(cell, str):
        return may_be_personal(cell) and without_personal(cell, is_name=False) != cell
    return is_number_of_person(cell)


def _cores(words: HeadingWords, left: Collection[str]) -> dict[str, frozenset[str]]:
    """The telling words of each reviewed heading, but for columns that are there already or never kept."""
    found = words.by_name
    names = [name for name in found if name not in left and not name.startswith(PERSONAL)]
    return {text: _core(text) for name in names for text in found[name]}


def _core(heading: str) -> frozenset[str]:
    text = _PHRASES.sub(" ", _YEAR.sub(" ", plain_heading(heading)))
    return frozenset(word for word in spelled_out(text).split() if word not in _FILLERS)


def _like(column: HeadedColumn, kept: dict[str, frozenset[str]]) -> list[str]:
    """The reviewed headings that say nearly the same, at most three; empty where the column may stay out."""
    own = _core(split_heading(column.heading).bare)
    if not own or is_personal_heading(column.heading):
        return []
    planned = planned_words(column.heading)  # a plan or an estimate is never proposed as the value itself
    alike = [text for text in _near(own, kept) if planned_words(text) == planned]
    return nearest(column.heading, alike, limit=SAMPLES, cutoff=0.0)


def _near(own: frozenset[str], kept: dict[str, frozenset[str]]) -> Iterator[str]:
    for text, core in kept.items():
        extra, missing = own - core, core - own
        is_near = len(core) > 1 and not missing and len(extra) <= len(core)
        is_part = len(own) > 1 and not extra and len(missing) <= len(own)
        if own == core or ((is_near or is_part) and not (extra | missing) & _TELLING):
            yield text
