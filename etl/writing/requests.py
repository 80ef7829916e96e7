"""What may be asked of the recipe and what comes of it: kinds of files, orders, outcomes. Plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from etl.files.process_limits import DEFAULT_BOUNDS, Bounds
from etl.files.readers import DEFAULT_LIMITS, Limits
from etl.importers import (
    communes,
    figure_rows,
    rating_fields,
    ratings,
    register,
    report_fields,
    report_form,
    tasks,
    year_reports,
)
from etl.importers.draft import Context, Decisions, Draft, Pair
from etl.importers.lists import group_members
from etl.importers.organizations import HEADINGS
from etl.parsing.issues import LoadError
from etl.programmes import importing
from etl.questions.question import ImportAnswer, ImportQuestion, TakenAs, Unanswered
from etl.tables.findings import Finding, ProblemCause
from etl.tables.own_exports import BLANK_TEMPLATE
from etl.tables.tables import Progress, Table
from etl.writing.changes_written import Written
from etl.writing.current_version import CurrentVersion
from etl.writing.effects import Effect
from models.accounts.trail import COMMAND_LINE, Deed

Read = Callable[[Sequence[Table], Context], Draft]
ReadBook = Callable[[Path, Context, Limits], Draft]


@dataclass(frozen=True, slots=True)
class ImportKind:
    """How one kind of file is read. `is_of_place` tells whether place and year must be chosen.

    `unread` are columns that its headings accept and nothing keeps; `template` are those of the workbook to fill in,
    where its headings are those of several shapes. `read_book` reads a workbook of several sheets instead of tables;
    its place is said by the workbook itself. `lies_across`: tables of yearbooks are read too.
    """

    name: str
    read: Read
    headings: tuple[str, ...]
    required: tuple[str, ...]
    groups_are_rows: bool = False
    is_of_place: bool = True
    unread: frozenset[str] = frozenset()
    template: tuple[str, ...] = ()
    read_book: ReadBook | None = None
    lies_across: bool = False

    @property
    def is_about_organizations(self) -> bool:
        """Whether its rows are organisations."""
        return self.headings == HEADINGS


_REGISTER_ONLY = frozenset(
    ("kind", "sector", "vsic_code", "founded", "operating_state", "legal_status", "law_compliant", "union_name")
) | {"dissolved_on", "operating_state_on", "legal_status_on"}
_NOTE = frozenset(("note",))
_NEVER = _NOTE | {"address", "old_address"}
_OF_REPORTS = frozenset((*report_fields.COUNTS, *report_fields.MONEY, *report_fields.MARKS, *report_fields.OTHERS))

KINDS: dict[str, ImportKind] = {
    "register": ImportKind("Sổ đăng ký", register.read, HEADINGS, register.REQUIRED, unread=_NEVER),
    "year_report": ImportKind(
        "Báo cáo năm",
        year_reports.read,
        HEADINGS,
        year_reports.REQUIRED,
        unread=_NEVER | _REGISTER_ONLY | frozenset(rating_fields.NAMES),
    ),
    "ratings": ImportKind(
        "Xếp loại",
        ratings.read,
        HEADINGS,
        ratings.REQUIRED,
        unread=_NEVER | _OF_REPORTS | _REGISTER_ONLY - {"founded", "operating_state"},
    ),
    "report_form": ImportKind(
        "Biểu tổng hợp của tỉnh (Biểu 1)",
        report_form.read,
        ("report_form_headings",),
        report_form.REQUIRED,
        groups_are_rows=True,
        unread=_NOTE,
    ),
    "figures": ImportKind(
        "Số liệu công bố",
        figure_rows.read,
        ("figures",),
        figure_rows.REQUIRED,
        is_of_place=False,
        unread=frozenset(("key",)),
        lies_across=True,
    ),
    "communes": ImportKind(
        "Danh mục xã",
        communes.read,
        ("communes",),
        communes.REQUIRED,
        is_of_place=False,
        unread=frozenset(("english_name", "decree")),
        template=("code", "name", "province_code", "province", "valid_from"),
    ),
    "tasks": ImportKind(
        "Nhiệm vụ thêm vào chương trình", tasks.read, ("tasks",), tasks.TASKS_REQUIRED, is_of_place=False
    ),
    "task_updates": ImportKind(
        "Kết quả thực hiện nhiệm vụ",
        tasks.read_updates,
        ("task_updates",),
        tasks.UPDATES_REQUIRED,
        is_of_place=False,
        unread=_NOTE,
    ),
    "programme": ImportKind(
        "Chương trình của tỉnh (văn bản, cam kết, nhiệm vụ)",
        lambda _tables, _context: Draft(),
        (),
        (),
        is_of_place=False,
        read_book=importing.read_book,
    ),
    "group_members": ImportKind(
        "Đơn vị thuộc một tên chung",
        group_members.read,
        ("group_members",),
        group_members.REQUIRED,
        is_of_place=False,
        unread=_NOTE,
    ),
}

KIND_NAMES = {code: kind.name for code, kind in KINDS.items()}


def no_commit_hook(_session: Session, _run_id: int) -> None:
    """Write nothing of its own to a load."""


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the officer asks for. `marked_demo` says that the whole database is one for trials.

    `on_commit` is called with the run just before a load is committed; what it writes or refuses belongs to the load.
    `within` are the places that it may write about (None: all); the preview is held to them as well. `deed` is what
    the trail says of it, in the same transaction; None: a command did it. `answers` count before those kept, and are
    kept with the load.
    """

    kind: str
    place: str | None
    year: int | None
    actor: str
    label: str
    checksum: str
    is_demo: bool = False
    marked_demo: bool = False
    decisions: Decisions = field(default_factory=Decisions)
    expected_version: CurrentVersion | None = None
    on_commit: Callable[[Session, int], None] = no_commit_hook
    within: frozenset[str] | None = None
    deed: Deed | None = None
    answers: tuple[ImportAnswer, ...] = ()

    def told(self, run_id: int) -> Deed:
        """What the trail says of the load."""
        if self.deed is not None:
            return self.deed.telling(run=run_id)
        said = Deed("import", COMMAND_LINE, subject=self.label, place=self.place)
        answered = [f"{answer.text} = {answer.words or answer.value}" for answer in self.answers]
        return said.telling(run=run_id, kind=KIND_NAMES[self.kind], year=self.year, answers=answered)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of it. `run_id` is None when nothing was written; `left_out` counts rows that stop.

    `is_opened`: a sheet could be read, so that there is something to mark problems in. `has_personal`: the file holds
    data of persons, so it is not kept once it is loaded. `questions` nobody has
    answered; `more_questions` counts rows that would ask yet others. `taken` says what was taken for what.
    """

    run_id: int | None
    findings: list[Finding]
    counts: dict[str, int]
    left_out: int
    stops_file: bool
    written: Written
    effects: Sequence[Effect] = ()
    pairs: Sequence[Pair] = ()
    is_opened: bool = True
    has_personal: bool = False
    questions: Sequence[ImportQuestion] = ()
    more_questions: int = 0
    taken: Sequence[TakenAs] = ()
    causes: Sequence[ProblemCause] = ()

    @property
    def columns_out(self) -> list[str]:
        """The headings of columns that stay out for want of an answer, to which somebody must agree."""
        return [question.text for question in self.questions if question.unanswered is Unanswered.COLUMN]

    @property
    def is_blank_template(self) -> bool:
        """Whether the file is a workbook to fill in that nobody has filled in."""
        return any(finding.rule == BLANK_TEMPLATE for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ImportSettings:
    """Where an order is carried out: database, reviewed data, the day values become known.

    `bounds` holds for an import in a process of its own; `is_stopped` is asked there whether somebody stopped it.
    """

    engine: Engine
    data_dir: Path
    as_of: date
    limits: Limits = DEFAULT_LIMITS
    progress: Progress = lambda _line: None
    bounds: Bounds = DEFAULT_BOUNDS
    is_stopped: Callable[[], bool] = lambda: False


def kind_of(order: ImportRequest) -> ImportKind:
    """The kind of file asked for; raises LoadError with what may be asked instead."""
    kind = KINDS.get(order.kind)
    if kind is None:
        raise LoadError(f'Không có loại tệp "{order.kind}". Chọn một trong: {", ".join(KINDS)}')
    if kind.is_of_place and (order.place is None or order.year is None):
        raise LoadError("Thiếu địa bàn hoặc năm. Ghi --place và --year")
    return kind
