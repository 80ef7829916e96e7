"""The sheet of tasks: parts of the annex, its rows, and duties of the body."""

from __future__ import annotations

from datetime import date
from typing import Any

from etl.facts import programme_schema as shapes
from etl.facts.shape import Located
from etl.programmes import sheets
from etl.programmes.book_in import BookLine, BookLines, fields_of
from etl.programmes.catalogue import Catalogue
from etl.programmes.cells import UNKNOWN
from etl.programmes.lines_checked import checked
from etl.programmes.printed_agencies import printed_agencies
from etl.programmes.sheets import HEADING_LINE, SECTION_LINE
from models.tasks.deadline import read_deadline
from models.tasks.task_state import DeadlineKind, TaskOrigin

OF_SECTION = frozenset(("section", "title"))
DUTY_LINES = (TaskOrigin.BODY.value, TaskOrigin.REPORT.value)
BODY_TITLE = "Thân văn bản"
ROW: dict[str, Any] = {
    "parent": None, "leads": [], "leads_text": "", "coordinators": [], "coordinators_text": "", "product": None,
    "due_on": None, "done_in_document": False, "deadline_text": "",
}  # fmt: skip
DUTY: dict[str, Any] = {"section_title": BODY_TITLE, "deadline_text": "", "leads": []}


class TaskReader:
    """Takes the lines in order; a line without a kind is a row of the annex."""

    def __init__(self, book: BookLines, names: Catalogue, issued_on: date | None) -> None:
        self.book = book
        self.names = names
        self.issued_on = issued_on
        self.sections: list[Located[shapes.SectionEntry]] = []
        self.rows: list[Located[shapes.TaskEntry]] = []
        self.duties: list[Located[shapes.DutyEntry]] = []

    def take(self, line: BookLine) -> None:
        """Read one line as what it says it is."""
        told = fields_of(line, sheets.TASK_COLUMNS, self.names, self.book.tell)
        kind = told.pop("line", TaskOrigin.ANNEX.value)
        if kind == SECTION_LINE:
            self._only(line, told, OF_SECTION, kind)
            content = {"number" if name == "section" else name: value for name, value in told.items()}
            section = checked(shapes.SectionEntry, content, line, self.book)
            self.sections += [section] if section else []
            return
        self._name_agencies(line, told, kind)
        self._date(line, told, is_duty=kind in DUTY_LINES)
        if kind in DUTY_LINES:
            self._only(line, told, frozenset(shapes.DutyEntry.model_fields), kind)
            told.setdefault("leads_text", "; ".join(map(self.names.agencies.name, told.get("leads", []))))
            duty = checked(shapes.DutyEntry, DUTY | {"origin": kind} | told, line, self.book)
            self.duties += [duty] if duty else []
            return
        self._only(line, told, frozenset(shapes.TaskEntry.model_fields), kind)
        row = checked(shapes.TaskEntry, ROW | {"heading": kind == HEADING_LINE} | told, line, self.book)
        self.rows += [row] if row else []

    def _only(self, line: BookLine, told: dict[str, Any], taken: frozenset[str], kind: str) -> None:
        """Tell of cells that this kind of line does not have: what stands there would be lost."""
        for name in [name for name in told if name not in taken]:
            del told[name]
            what = f'dòng "{sheets.LINE_WORDS[kind]}" không dùng ô này'
            self.book.tell(line.at(name), what, "Xóa ô, hoặc chọn loại dòng khác")

    def _name_agencies(self, line: BookLine, told: dict[str, Any], kind: str) -> None:
        """Read who leads and who helps out of the printed words where nobody chose them."""
        for name in ("leads", "coordinators"):
            text = told.get(f"{name}_text", "")
            if name in line.cells or not text or kind == HEADING_LINE:
                continue
            told[name], unknown = printed_agencies(text, self.names.agencies)
            if unknown:
                what = f'không biết cơ quan "{"; ".join(unknown)}"'
                remedy = 'Chọn cơ quan ở ô này, hoặc khai cách viết ở trang "Đơn vị"'
                self.book.tell(line.at(name), what, remedy)

    def _date(self, line: BookLine, told: dict[str, Any], *, is_duty: bool) -> None:
        """Read the deadline out of the printed words where nobody chose its kind."""
        if told.get("deadline_text") == UNKNOWN:
            told["deadline_text"] = ""
            told.setdefault("deadline_kind", DeadlineKind.UNREADABLE.value)
        if "deadline_kind" in line.cells or "deadline_kind" in told:
            return
        text = told.get("deadline_text", "")
        found = read_deadline(text, told.get("title", ""), self.issued_on)
        if found is None:
            what = f'không hiểu thời hạn "{text}"'
            self.book.tell(line.at("deadline_text"), what, "Ghi đúng lời văn bản; không đọc được thì ghi chưa rõ")
            told["deadline_kind"] = DeadlineKind.NONE.value
            return
        meant = {"starts_on": found.starts_on, "due_on": found.due_on, "condition": found.condition}
        day = found.turns[0].due if found.turns and found.kind is DeadlineKind.YEARLY else None
        if is_duty and day:
            meant["yearly_on"] = f"{day[0]:02}-{day[1]:02}"
        meant = {name: value for name, value in meant.items() if value is not None and name not in line.cells}
        told |= {"deadline_kind": found.kind.value, **meant}
