"""Everything that is wrong with a received file, at once: where, what, which rule, what to do, how grave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from etl.parsing.parsed import Cell, Problem, text_of
from etl.questions.question import ImportAnswer
from etl.questions.questions import ImportQuestions

KEPT = 2000
SHOWN_CELLS = 5
LONGEST_VALUE = 60
LEFT_OUT = frozenset(("header.surplus_column", "header.unread_column", "header.other_year"))  # columns nobody takes
HIDDEN = frozenset(("rows.hidden", "columns.hidden", "sheet.hidden"))  # what the sender may not see in the file


class Severity(StrEnum):
    """How grave a finding is: the file cannot be loaded, a row is left out, a value stays unknown, or only a remark."""

    STOPS_FILE = "stops_file"
    STOPS_ROW = "stops_row"
    UNREAD = "unread"
    REMARK = "remark"


WORDS = {
    Severity.STOPS_FILE: "dừng tệp",
    Severity.STOPS_ROW: "dừng dòng",
    Severity.UNREAD: "chưa đọc được",
    Severity.REMARK: "lưu ý",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem of a file. `cell` is empty where the whole sheet or file is meant; `column` is a heading."""

    severity: Severity
    rule: str
    what: str
    remedy: str
    sheet: str = ""
    cell: str = ""
    value: str = ""
    column: str = ""

    @property
    def where(self) -> str:
        """The place in the words of a spreadsheet."""
        cell = f"ô {self.cell}" if self.cell[:1].isascii() and self.cell else self.cell  # or "dòng 3" of a CSV file
        parts = [f'trang "{self.sheet}"' if self.sheet else "", cell]
        return ", ".join(part for part in parts if part) or "cả tệp"

    def __str__(self) -> str:
        end = "" if self.what.endswith("?") else "."
        return f"[{WORDS[self.severity]}] {self.where}: {self.what}{end} {self.remedy}. ({self.rule})"


@dataclass(slots=True)
class ValueOfCause:
    """One value of a cause: what was said of it first, and how often it stands in the file."""

    what: str
    total: int = 0


@dataclass(slots=True)
class ProblemCause:
    """All findings of one rule, gravity and column: how many, the distinct values with what is said of each.

    A remark about a whole sheet and a problem that stops the file are each a cause of their own.
    """

    first: Finding
    total: int = 0
    values: dict[str, ValueOfCause] = field(default_factory=dict)
    cells: list[tuple[str, str]] = field(default_factory=list)

    def count(self, finding: Finding) -> None:
        """Count one finding."""
        self.total += 1
        if len(self.values) < KEPT:
            self.values.setdefault(finding.value, ValueOfCause(finding.what)).total += 1
        elif finding.value in self.values:
            self.values[finding.value].total += 1
        if len(self.cells) < SHOWN_CELLS and finding.cell:
            self.cells.append((finding.sheet, finding.cell))

    def merge(self, other: ProblemCause) -> None:
        """Count the findings of the same cause in another part of the file."""
        self.total += other.total
        for value, about in other.values.items():
            if value in self.values or len(self.values) < KEPT:
                self.values.setdefault(value, ValueOfCause(about.what)).total += about.total
        self.cells += other.cells[: SHOWN_CELLS - len(self.cells)]


Causes = dict[tuple[str, ...], ProblemCause]


@dataclass(slots=True)
class Findings:
    """Collects findings in order. Of very many of one kind the first are kept and all are counted.

    `is_opened`: at least one sheet could be read, so that problems can be marked in a copy of it. `has_personal`: the
    file holds what reaches or identifies a person. `questions` are what nobody knows yet: a word, a heading; they go
    wherever findings go.
    """

    items: list[Finding] = field(default_factory=list)
    counts: Counter[Severity] = field(default_factory=Counter)
    causes: Causes = field(default_factory=dict)
    stopped: set[tuple[str, int]] = field(default_factory=set)
    is_opened: bool = False
    has_personal: bool = False
    questions: ImportQuestions = field(default_factory=ImportQuestions)

    def add(
        self,
        severity: Severity,
        problem: Problem,
        *,
        sheet: str = "",
        cell: str = "",
        value: Cell = None,
        column: str = "",
    ) -> None:
        """Note one problem."""
        self.counts[severity] += 1
        self.has_personal |= problem.rule.startswith("person.")
        shown = text_of(value)[:LONGEST_VALUE]
        finding = Finding(severity, problem.rule, problem.what, problem.remedy, sheet, cell, shown, column)
        own = () if column and severity is not Severity.STOPS_FILE else (problem.what, sheet, cell)
        key = (severity, problem.rule, column, *own)
        if len(self.causes) < KEPT or severity is Severity.STOPS_FILE:
            self.causes.setdefault(key, ProblemCause(finding))
        if key in self.causes:
            self.causes[key].count(finding)
        if len(self.items) < KEPT or severity is Severity.STOPS_FILE:
            self.items.append(finding)

    def stop_file(self, rule: str, what: str, remedy: str, *, sheet: str = "") -> None:
        """Note a problem that keeps the whole file out."""
        self.add(Severity.STOPS_FILE, Problem(rule, what, remedy), sheet=sheet)

    def remark(self, rule: str, what: str, remedy: str, *, sheet: str = "") -> None:
        """Note something the officer should look at."""
        self.add(Severity.REMARK, Problem(rule, what, remedy), sheet=sheet)

    def stop_row(
        self, problem: Problem, sheet: str, row: int, cell: str, value: Cell = None, *, column: str = ""
    ) -> None:
        """Note a problem that keeps one row out."""
        self.stopped.add((sheet, row))
        self.add(Severity.STOPS_ROW, problem, sheet=sheet, cell=cell, value=value, column=column)

    def apart(self) -> Findings:
        """Findings of a part of the file, to be merged or dropped once it is known whether that part counts."""
        return Findings(questions=ImportQuestions(self.questions.answers))

    def merge(self, part: Findings) -> None:
        """Take over what was found in a part."""
        self.items += part.items
        self.counts += part.counts
        self.stopped |= part.stopped
        self.has_personal |= part.has_personal
        for key, cause in part.causes.items():
            if key in self.causes:
                self.causes[key].merge(cause)
            elif len(self.causes) < KEPT or cause.first.severity is Severity.STOPS_FILE:
                self.causes[key] = cause
        self.questions.merge(part.questions)

    @property
    def stops_file(self) -> bool:
        """Whether nothing of the file may be loaded."""
        return self.counts[Severity.STOPS_FILE] > 0 or bool(self.questions.stopping)

    @property
    def stopped_rows(self) -> int:
        """How many rows are kept out."""
        return len(self.stopped)


def say_open(findings: Findings, given: Iterable[ImportAnswer]) -> None:
    """Say once of a file that it waits for answers, and of answers `given` with it which mean or decide nothing."""
    questions = findings.questions
    for answer in given:
        if answer.key in questions.wrong:
            what = f'câu trả lời "{answer.value[:60]}" cho "{answer.text[:60]}" không phải là một lựa chọn'
            findings.stop_file("answer.unknown", what, "Chọn một đề xuất hoặc một câu trả lời trong danh sách")
        elif answer.key not in questions.used:
            what = f'câu trả lời cho "{answer.text[:60]}" không dùng đến: tệp không hỏi điều này'
            findings.remark("answer.unused", what, "Không cần làm gì nếu câu trả lời là của tệp khác")
    if waiting := len(findings.questions.stopping):
        what = f"còn {waiting} câu hỏi phải trả lời trước khi nạp"
        findings.stop_file("question.open", what, "Trả lời các câu hỏi rồi xem trước lại")


_ORDER = {severity: rank for rank, severity in enumerate(Severity)}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """What is hidden and columns not taken in front, then what stops the file; else in the order of the file."""
    return sorted(findings, key=_rank)


def causes_worst_first(causes: Causes) -> list[ProblemCause]:
    """The causes in the order of `worst_first`."""
    return sorted(causes.values(), key=lambda cause: _rank(cause.first))


def _rank(finding: Finding) -> tuple[bool, bool, int]:
    return finding.rule not in HIDDEN, finding.rule not in LEFT_OUT, _ORDER[finding.severity]
