"""A programme workbook as a draft: the lines through the shapes and checks of data/, beside all that is in force."""

from __future__ import annotations

from pathlib import Path

from etl.facts.checks import check_facts
from etl.facts.facts_reader import PROGRAMMES, Facts, ProgrammeFacts, read_facts
from etl.facts.stored import brought_agencies, brought_indicators, located, read_stored
from etl.files.readers import Limits
from etl.importers.draft import Context, Draft, DraftProgramme
from etl.programmes import sheets
from etl.programmes.assemble import BookFacts, assemble
from etl.programmes.book_in import BookLines, read_lines
from etl.programmes.catalogue import catalogue_of
from etl.programmes.positions import BookPosition, position_of
from etl.programmes.spoken import tell_all
from etl.tables.own_exports import BLANK_TEMPLATE

WAITING = "programme.waiting"
BROUGHT = "database"


class ProgrammeBase:
    """What a workbook is read beside: the reviewed lists with what files brought, and the programmes in force."""

    def __init__(self, context: Context) -> None:
        session = context.session
        self.facts = read_facts(context.data_dir)
        self.agencies = brought_agencies(session)
        self.indicators = brought_indicators(session)
        self.own = frozenset(row.code for row in self.agencies) | {row.code for row in self.indicators}
        self.facts.programmes = read_stored(session)
        self.names = catalogue_of(self.facts, self.agencies, self.indicators)

    def beside(self, book: BookLines, found: BookFacts) -> Facts:
        """Everything with the programme of the workbook in the place of what it replaces."""
        head = found.programme.head.value
        kept = [row for row in self.facts.programmes if row.head.value.slug != head.slug]
        self.facts.programmes = [*kept, found.programme]
        said = {row.value.code for row in found.agencies} | {row.value.code for row in found.indicators}
        self.facts.agencies += [located(row, BROUGHT) for row in self.agencies if row.code not in said]
        self.facts.agencies += found.agencies
        self.facts.indicators += [located(row, BROUGHT) for row in self.indicators if row.code not in said]
        self.facts.indicators += found.indicators
        self.facts.issues += book.issues
        return self.facts

    def stored(self, slug: str) -> ProgrammeFacts | None:
        """The programme of that code as it is in force."""
        return next((row for row in self.facts.programmes if row.head.value.slug == slug), None)


def read_book(path: Path, context: Context, limits: Limits) -> Draft:
    """The programme of a workbook, or findings that stop it; lines that nobody confirmed are counted and told."""
    findings = context.findings
    book = read_lines(path, f"{PROGRAMMES}/{context.label or 'tep'}", findings, limits)
    if findings.stops_file:
        return Draft()
    _say_waiting(book, context)
    if not any(book.lines.values()) and not book.issues:
        findings.remark(BLANK_TEMPLATE, "tệp chưa có dòng nào được tính", "Điền, hoặc xác nhận các dòng, rồi nạp")
        return Draft()
    base = ProgrammeBase(context)
    found = assemble(book, base.names, base.own)
    if found is not None:
        _hold_to_stored(book, found, base)
        book.issues = [
            issue for issue in check_facts(base.beside(book, found), context.load_date) if issue.file == book.file
        ]
    tell_all(book.issues, base.names, findings)
    if found is None or findings.stops_file:
        return Draft()
    values = [row.value for row in found.indicators], [row.value for row in found.agencies]
    return Draft(programme=DraftProgramme(found.programme, *values), is_list=False)


def _say_waiting(book: BookLines, context: Context) -> None:
    waiting = sum(book.waiting.values())
    if waiting:
        where = ", ".join(f"{sheet}: {count}" for sheet, count in book.waiting.items())
        what = f"còn {waiting} dòng chưa xác nhận nên không tính ({where})"
        context.findings.remark(WAITING, what, "Ghi đúng, sửa hoặc bỏ ở cột Xác nhận rồi nạp lại")


def _hold_to_stored(book: BookLines, found: BookFacts, base: ProgrammeBase) -> None:
    """A code that nobody typed never stands for another document; a programme never moves to another place."""
    head = found.programme.head.value
    stored = base.stored(head.slug)
    if stored is None:
        return
    line = next((row for row in book.lines[sheets.DOCUMENT] if "slug" in row.cells), None)
    if line is None and stored.head.value != head:
        what = f'đã có chương trình mang mã "{head.slug}" ({stored.head.value.title})'
        remedy = f'Ghi mã {head.slug} ở dòng "Mã chương trình" nếu tệp này thay chương trình đó, hoặc ghi mã khác'
        book.tell(BookPosition(sheets.DOCUMENT, 2, 2), what, remedy)
    if stored.head.value.place != head.place:
        known = base.names.places.name(stored.head.value.place)
        what = f'chương trình "{head.slug}" đã có là của {known}'
        book.tell(
            position_of(found.programme.head.lines["place"]), what, "Giữ địa bàn đó, hoặc ghi mã chương trình khác"
        )
