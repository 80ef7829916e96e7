"""What a title, a group or a column says of rows: of which province they are, that they have ended or are not yet."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence

from etl.importers.draft import Context
from etl.importers.place_of_year import names_of_area
from etl.parsing.parsed import Problem, cell_name
from etl.parsing.text import clean, name_key
from etl.questions.question import SKIP, ImportQuestion, ProposedAnswer, QuestionKind, Unanswered
from etl.tables.cells import CellReader
from etl.tables.groups.group_scope import group_name
from etl.tables.groups.group_signs import names_organizations
from etl.tables.headings import HeadedColumn
from etl.tables.tables import Table
from models.base.text import fold
from models.register.organization import OperatingState

_ENDED = re.compile(
    r"\b(?:giai the|ngung (?:hoat dong|hd)|tam ngung|cham dut|pha san|khong (?:con )?(?:hoat dong|hd)|thu hoi giay"
    r"|(?:du kien|se|van dong|chuan bi|ke hoach|dang ky) thanh lap|chua (?:di vao )?hoat dong|cho giai the)\b"
)
_DISSOLVED = re.compile(r"\b(?:giai the|cham dut|pha san)\b")
_PLANNED = re.compile(r"\b(?:thanh lap|chua (?:di vao )?hoat dong)\b")
_LIKELY = (
    (OperatingState.AWAITING_DISSOLUTION, re.compile(r"\b(?:cho|dang lam thu tuc) giai the\b")),
    (OperatingState.SUSPENDED, re.compile(r"\btam ngung\b")),
    (OperatingState.DISSOLVED, _DISSOLVED),
)
_KIND = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
_OF_PROVINCE = re.compile(r"\btinh ([a-z -]+)")
_PARTS = re.compile(r"[,;]| - ")
_PLACED = ("address", "commune", "district")  # columns that may end with the name of a province
STATES = ("operating_state", "legal_status")


class Scope:
    """Holds each row of one table against the order's place and against what is said of its rows together."""

    def __init__(self, reader: CellReader, context: Context) -> None:
        self._reader = reader
        self._context = context
        self._states: dict[str, str | None] = {}
        self._place = context.place
        self._own = {name_key(name) for name in names_of_area(context.place, context.places)}
        self._known = {name_key(place.name) for place in context.places.values() if place.level == "province"}
        table = reader.table
        self._title = next((text for text in (*table.header.titles, table.sheet) if _ENDED.search(fold(text))), "")
        self._groups = sorted(table.groups)
        self._columns = [name for name in STATES if reader.has(name)]
        self._has_province = reader.has("province")
        self._own_folded = {fold(name) for name in names_of_area(context.place, context.places)}
        provinces = {fold(place.name) for place in context.places.values() if place.level == "province"}
        self._others = provinces - self._own_folded
        taken = {"name", "province", *_PLACED}
        columns = (*table.header.columns, *table.header.surplus)
        self._of_provinces = _columns_of_provinces(table, [c for c in columns if c.name not in taken], provinces)
        self._groups_of_provinces = list(self._provinces_of_groups())
        self._placed = [c for c in table.header.columns if c.name in _PLACED]

    def stop_table(self, table: Table) -> None:
        """Stop the file when its rows are said to have ended or not to exist yet, and no column says it of each."""
        if table.lines and not names_organizations(table):
            what = "không có mã số, ngày thành lập, loại hình hay tên nào bắt đầu bằng HTX, LHHTX, THT, QTDND"
            what = f"bảng không cho biết các dòng là tổ chức nào: {what}; có thể là bảng tổng hợp theo địa bàn"
            remedy = 'Nếu là danh sách tổ chức, ghi đủ tên (HTX …, THT …) hoặc thêm cột "Loại hình", rồi nạp lại'
            self._reader.findings.stop_file("file.no_organizations", what, remedy, sheet=table.sheet)
        if any(self._reader.has(name) for name in STATES):
            return
        groups = (text for _number, text in self._groups if _ENDED.search(fold(text)))
        for said in dict.fromkeys(text for text in (self._title, *groups) if text):
            if not (self._reader.has("dissolved_on") and _DISSOLVED.search(fold(said))):
                self._states[said] = self._ask(said)

    def _ask(self, said: str) -> str | None:
        """The state that a title or group gives to its rows: what somebody answered; none where they are plans."""
        questions, listed = self._reader.findings.questions, self._context.words["operating_state"]
        if _PLANNED.search(fold(said)):
            what = f'"{said[:100]}" nói về tổ chức chưa thành lập, nhưng bảng không có cột tình trạng'
            remedy = 'Thêm cột "Tình trạng hoạt động" và ghi tình trạng từng dòng, rồi nạp lại'
            sheet = self._reader.table.sheet
            self._reader.findings.stop_file("file.state_in_title", what, remedy, sheet=sheet)
            return None
        choices = {str(code): listed.first(code) for code in OperatingState}
        likely = next((code for code, pattern in _LIKELY if pattern.search(fold(said))), OperatingState.STOPPED)
        question = ImportQuestion(
            QuestionKind.TITLE,
            "operating_state",
            said,
            f'"{said[:100]}": các dòng bên dưới ở tình trạng nào?',
            proposals=(ProposedAnswer(likely, choices[likely], "theo chữ trong tiêu đề"),),
            choices=choices,
            unanswered=Unanswered.FILE,
            skip_words="Không nói về tình trạng",
            where=f'trang "{self._reader.table.sheet}"',
        )
        rows = len(self._reader.table.lines) if said == self._title else 1
        answer = questions.ask(
            QuestionKind.TITLE, "operating_state", said, lambda: question, among=tuple(choices), rows=rows
        )
        return None if answer == SKIP else answer

    def state_of_line(self) -> str | None:
        """The state that the title, or the group above the line, was answered to give; None without one."""
        return self._states.get(self._said()) if self._states else None

    def stop_row(self, *, is_register: bool) -> None:
        """Stop the line of another province, and one without a state of its own under words that say it has ended."""
        if self._has_province and (text := self._reader.text("province")):
            self._stop_other_province(text)
        self._stop_named_province()
        self._stop_below_other_province()
        columns = self._columns
        remark = self._reader.text("note") if is_register and self._reader.has("note") else ""
        if _ENDED.search(fold(remark)) and not any(map(self._reader.text, columns)):
            what = f'dòng không ghi tình trạng, trong khi ghi chú "{remark[:80]}" nói về tình trạng'
            remedy = 'Ghi tình trạng của tổ chức này ở cột "Tình trạng hoạt động"'
            self._reader.stop("note", Problem("state.missing", what, remedy))
        if is_register and columns and (said := self._said()) and not any(map(self._reader.text, columns)):
            what = f'dòng không ghi tình trạng, trong khi "{said[:80]}" nói về tình trạng'
            self._reader.stop(columns[0], Problem("state.missing", what, "Ghi tình trạng của tổ chức này"))
        if is_register and not columns and self._reader.has("dissolved_on") and self._has_no_end():
            what = f'dòng không ghi ngày giải thể, trong khi "{self._said()[:80]}" nói về tình trạng'
            self._reader.stop("dissolved_on", Problem("state.missing", what, "Ghi ngày giải thể của tổ chức này"))

    def _has_no_end(self) -> bool:
        """Whether the title or group says that the line has ended and the line says no day of it."""
        return bool(_DISSOLVED.search(fold(self._said()))) and self._reader.cell("dissolved_on") is None

    def _said(self) -> str:
        """The title, else the group above the line, that says so."""
        if self._title or not self._groups:
            return self._title
        above = bisect_left(self._groups, (self._reader.line.number, "")) - 1
        text = self._groups[above][1] if above >= 0 else ""
        return text if _ENDED.search(fold(text)) else ""

    def _stop_below_other_province(self) -> None:
        """Stop the line when the last group above that names a province names another than the order's."""
        if not self._groups_of_provinces:
            return
        above = bisect_left(self._groups_of_provinces, (self._reader.line.number, "")) - 1
        if above >= 0 and (named := self._groups_of_provinces[above][1]):
            what = f'dòng nằm dưới nhóm "{named[:40]}", lượt nạp chọn {self._place.full_name}'
            self._reader.stop("name", Problem("place.other", what, "Nạp riêng danh sách của từng tỉnh"))

    def _provinces_of_groups(self) -> Iterator[tuple[int, str]]:
        """The groups that name a province, with its name; empty for our own."""
        for number, text in self._groups:
            name = group_name(text, None).value
            if _bare(name) in self._own_folded:
                yield number, ""
            elif named := self._named(name, is_whole=True):
                yield number, named

    def _stop_named_province(self) -> None:
        """Stop the line when a cell of provinces, or the end of an address or commune, names another province."""
        cells = self._reader.line.cells
        for column in (*self._of_provinces, *self._placed):
            cell = cells[column.index] if column.index < len(cells) else None
            if isinstance(cell, str) and (named := self._named(cell, is_whole=column in self._of_provinces)):
                what = f'ô cột "{column.heading[:40]}" nói về {named}, lượt nạp chọn {self._place.full_name}'
                remedy = "Nạp riêng danh sách của từng tỉnh; nếu cột không nói tổ chức ở tỉnh nào thì xóa cột"
                line, sheet = self._reader.line.number, self._reader.table.sheet
                where = cell_name(line, column.index)
                self._reader.findings.stop_row(Problem("place.other", what, remedy), sheet, line, where, named)

    def _named(self, text: str, *, is_whole: bool) -> str:
        """The words that name another province; empty where none or our own is named too."""
        parts = [part.strip() for part in _PARTS.split(clean(text)) if part.strip(" .")]
        if not parts or (len(parts) == 1 and not is_whole and "ỉnh" not in text):
            return ""
        last = _bare(parts[-1])
        if last in self._others:
            return parts[-1]
        said = [found[1] for found in _OF_PROVINCE.finditer(fold(text))]
        is_other = any(name == other or name.startswith(f"{other} ") for name in said for other in self._others)
        return f"tỉnh khác ({parts[-1][:40]})" if is_other and last not in self._own_folded else ""

    def _stop_other_province(self, text: str) -> None:
        bare = name_key(_KIND.sub("", text))
        if bare in self._own:
            return
        is_known = bare in self._known
        what = f'dòng ghi "{text[:40]}", lượt nạp chọn {self._place.full_name}'
        remedy = "Nạp riêng danh sách của từng tỉnh" if is_known else "Ghi tên tỉnh cho đúng"
        self._reader.stop("province", Problem("place.other", what, remedy))


def _bare(text: str) -> str:
    return fold(_KIND.sub("", text)).strip(" .")


def _columns_of_provinces(
    table: Table, columns: Sequence[HeadedColumn], provinces: Collection[str]
) -> tuple[HeadedColumn, ...]:
    """The columns that hold names of provinces and nothing else, whatever their heading says."""
    may, found = {column.index: column for column in columns}, dict[int, HeadedColumn]()
    for line in table.lines:
        for index in [index for index in may if index < len(line.cells) and line.cells[index] is not None]:
            cell = line.cells[index]
            if isinstance(cell, str) and _bare(clean(cell)) in provinces:
                found[index] = may[index]
            else:
                del may[index]
        if not may:
            break
    return tuple(column for index, column in found.items() if index in may)
