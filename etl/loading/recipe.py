"""The one recipe for received workbooks: read, find the header, harmonise, check, preview, load all or nothing."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from etl.facts.rating_schemes import read_schemes
from etl.facts.reference import Writing
from etl.importers.draft import Context, Draft
from etl.importers.organizations import HEADINGS
from etl.importers.place_of_year import other_place_named, place_of_year
from etl.loading.other_kind import other_kind
from etl.parsing.issues import LoadError
from etl.parsing.parsed import Problem
from etl.questions.questions import ImportQuestions
from etl.tables.answered_headings import answered_headings
from etl.tables.columns import read_headings, read_words
from etl.tables.findings import Findings, Severity, causes_worst_first, say_open, worst_first
from etl.tables.heading_questions import AskedHeadings
from etl.tables.left_out import say_left_out, say_missing
from etl.tables.own_exports import BLANK_TEMPLATE, TEMPLATE_SHEET
from etl.tables.reading.persons import persons_refusal
from etl.tables.reading.workbook import read_tables
from etl.tables.tables import Table, TableShape
from etl.writing import pairs
from etl.writing.answers import read_answers, write_answers
from etl.writing.changes_written import Written
from etl.writing.current_version import current_version
from etl.writing.demo_guard import guard
from etl.writing.drafts import tables_of, write_draft
from etl.writing.effects import Effect, compare, read_picture
from etl.writing.fill_communes import fill_communes_of
from etl.writing.fill_in import FILLED, fill_in
from etl.writing.pair_questions import ask_pairs, with_pairs
from etl.writing.places_written import keep_within
from etl.writing.projection import refresh_organizations
from etl.writing.requests import (
    KINDS,
    ImportKind,
    ImportRequest,
    ImportResult,
    ImportSettings,
    kind_of,
    no_commit_hook,
)
from models.accounts.changing import ChangeSession
from models.base.source import PERSONAL, Run
from models.base.trial import refresh_statistics, trial, use_temporary_tables
from models.places.place import COUNTRY
from models.targets.reading import read_indicators, read_places

KNOWN = frozenset(("table.yearbook", "file.own_export", "file.own_list"))
__all__ = ["KINDS", "ImportKind", "ImportRequest", "ImportResult", "ImportSettings", "carry_out", "no_commit_hook"]


def carry_out(
    import_settings: ImportSettings, order: ImportRequest, path: Path, *, commit: bool, leave_out: bool = False
) -> ImportResult:
    """Read, check, preview and, with `commit`, load a file in one transaction.

    Rows that stop and columns nobody answered about are left out only with `leave_out`; without it they keep
    everything out. Without `commit` the load is carried out on a copy (models/base/trial.py), so that the preview is
    what would really happen and no writer waits for it. Raises LoadError for a wrong order and when the database
    refuses; nothing is written then.
    """
    with _no_collector():
        return _carry_out(import_settings, with_pairs(order), path, commit=commit, leave_out=leave_out)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Spare Python the search for cycles among hundreds of thousands of new objects: there are none to find."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _carry_out(
    import_settings: ImportSettings, order: ImportRequest, path: Path, *, commit: bool, leave_out: bool
) -> ImportResult:
    kind = kind_of(order)
    findings = Findings(questions=_questions(import_settings, order))
    tables = [] if kind.read_book else _tables(import_settings, order, kind, path, findings)
    with ChangeSession(import_settings.engine) if commit else trial(import_settings.engine) as session:
        if commit:
            _hold_to_preview(session, order)
        context = _context(session, import_settings, order, findings)
        if kind.read_book:
            guard(session, [], findings, order.kind, demo=order.is_demo, marked=order.marked_demo)
            draft = kind.read_book(path, context, import_settings.limits)
            context = of_programme(context, draft)
        else:
            draft = _read(import_settings, order, context, tables)
        tables.clear()
        draft = Draft(pairs=draft.pairs) if findings.stops_file else draft
        say_open(findings, order.answers)
        asks_agreement = bool(findings.stopped or findings.questions.columns_out)
        may_write = commit and not findings.stops_file and (leave_out or not asks_agreement)
        written, effects, run_id = _write(import_settings, order, context, draft, keep=may_write)
        return ImportResult(
            run_id=run_id,
            findings=worst_first(findings.items),
            counts={str(severity): count for severity, count in findings.counts.items()},
            left_out=findings.stopped_rows,
            stops_file=findings.stops_file,
            written=written,
            effects=effects,
            pairs=draft.pairs,
            is_opened=findings.is_opened,
            has_personal=findings.has_personal,
            questions=[*findings.questions.open.values()],
            more_questions=findings.questions.more,
            taken=[*findings.questions.taken.values()],
            causes=causes_worst_first(findings.causes),
        )


def _tables(
    import_settings: ImportSettings, order: ImportRequest, kind: ImportKind, path: Path, findings: Findings
) -> list[Table]:
    shape = _shape(import_settings, order, kind, findings.questions)
    part = findings.apart()
    tables = read_tables(path, shape, part, limits=import_settings.limits, progress=import_settings.progress)
    findings.is_opened = part.is_opened
    if refused := persons_refusal(tables, kind.required):
        raise LoadError(refused)
    if other := _of_other_kind(import_settings, kind, path, tables, part):
        findings.add(Severity.STOPS_FILE, other)
        return []
    findings.merge(part)
    has_list = any(table.header.is_complete for table in tables)
    asked = AskedHeadings(shape.words, kind.headings[0], kind.unread, kind.required, shape.codes, has_list)
    for table in (table for table in tables if table.own in ("", TEMPLATE_SHEET) and not table.is_across):
        say_left_out(table, asked, findings)
    say_missing([table for table in tables if not table.is_across], findings)
    return [table for table in tables if table.header.is_complete]


def _of_other_kind(
    import_settings: ImportSettings, kind: ImportKind, path: Path, tables: Sequence[Table], findings: Findings
) -> Problem | None:
    """What a file of another kind is; not asked of one that cannot be read, or is known already."""
    is_known = any(finding.rule in KNOWN for finding in findings.items)
    is_read = findings.is_opened and not is_known
    return other_kind(path, kind, tables, import_settings.data_dir, import_settings.limits) if is_read else None


def _questions(import_settings: ImportSettings, order: ImportRequest) -> ImportQuestions:
    """What was answered before for this place, and what comes with the order: that counts first."""
    with Session(import_settings.engine) as session:
        return ImportQuestions.knowing([*read_answers(session, order.place), *order.answers])


def _shape(
    import_settings: ImportSettings, order: ImportRequest, kind: ImportKind, questions: ImportQuestions
) -> TableShape:
    """What the tables of this order must look like; lists of organisations are read for one year."""
    year = order.year if kind.headings == HEADINGS else None
    words = answered_headings(read_headings(import_settings.data_dir, *kind.headings), kind.headings[0], questions)
    codes = read_words(import_settings.data_dir)
    return TableShape(words, kind.required, kind.groups_are_rows, year, codes, kind.lies_across)


def _hold_to_preview(session: Session, order: ImportRequest) -> None:
    """With the turn held no other load comes between checking and writing; raises LoadError when one came before us."""
    if order.expected_version is not None and order.expected_version != current_version(session, order.place):
        raise LoadError("Dữ liệu đã thay đổi từ lúc xem trước. Xem trước lại rồi nạp")


def _context(session: Session, import_settings: ImportSettings, order: ImportRequest, findings: Findings) -> Context:
    places = read_places(session)
    if not places:
        raise LoadError("Cơ sở dữ liệu chưa có dữ liệu. Chạy `python -m etl init` trước")
    year = order.year or import_settings.as_of.year
    place = places[COUNTRY] if order.place is None else place_of_year(places, order.place, year)
    return Context(
        session=session,
        data_dir=import_settings.data_dir,
        findings=findings,
        place=place,
        places=places,
        indicators=read_indicators(session),
        year=year,
        load_date=import_settings.as_of,
        is_demo=order.is_demo,
        label=order.label,
        words=read_words(import_settings.data_dir),
        schemes=read_schemes(import_settings.data_dir),
        decisions=order.decisions,
        progress=import_settings.progress,
    )


def of_programme(context: Context, draft: Draft) -> Context:
    """The context of a load of a programme: its own place is what is looked at before and after."""
    if draft.programme is None:
        return context
    return replace(context, place=context.places[draft.programme.facts.head.value.place])


def _read(import_settings: ImportSettings, order: ImportRequest, context: Context, tables: list[Table]) -> Draft:
    kind, findings = KINDS[order.kind], context.findings
    guard(context.session, tables, findings, order.kind, demo=order.is_demo, marked=order.marked_demo)
    if kind.is_of_place and (other := other_place_named(_said_of_place(tables), context.place, context.places)):
        what = f"tiêu đề bảng nói về {other}, lượt nạp chọn {context.place.full_name}"
        findings.stop_file("file.other_place", what, "Chọn đúng địa bàn, hoặc sửa tiêu đề bảng")
    if findings.stops_file and not tables:
        return Draft()
    import_settings.progress("Kiểm tra và đối chiếu")
    draft = kind.read(tables, context)
    pairs.remember(context, order, draft)
    ask_pairs(draft.pairs, context.questions)
    if draft.is_empty and not findings.stops_file and not findings.stopped:
        if all(table.own or table.sheet == TEMPLATE_SHEET for table in tables):
            findings.remark(BLANK_TEMPLATE, "biểu mẫu hoặc danh sách của hệ thống chưa có dòng nào", "Điền rồi nạp")
            return draft
        what = "không có dòng nào để nạp: không cột số liệu nào được nhận hoặc các ô đều trống"
        findings.stop_file("file.no_rows", what, "Điền số liệu, hoặc sửa tiêu đề cột cho đúng biểu mẫu")
    return draft


def _said_of_place(tables: Iterable[Table]) -> Iterator[str]:
    """Where a table may name the province it is of: titles, its sheet, titles of groups."""
    for table in tables:
        groups = () if table.has(("name",)) else (text for _number, text in table.groups)  # lists: held row by row
        yield from (*table.header.titles, table.sheet, *groups)


def _write(
    import_settings: ImportSettings, order: ImportRequest, context: Context, draft: Draft, *, keep: bool
) -> tuple[Written, Sequence[Effect], int | None]:
    session = context.session
    import_settings.progress("Tính trước và sau")
    place, year, demo = context.place.slug, context.year, order.is_demo
    before = read_picture(session, place, year, is_demo=demo, as_of=import_settings.as_of)
    fills = bool(order.answers or draft.communes)
    use_temporary_tables(session, tables_of(draft) | (FILLED if fills else set()))
    now = datetime.now(UTC)
    run = _start_run(session, order, context, now)
    try:
        written = write_draft(Writing(session, run.id or 0, now), draft)
        if order.answers:  # what earlier files said in these words is read with them
            written.join(fill_in(Writing(session, run.id or 0, now), context))
        areas = [row["place"] for row in draft.communes]
        written.join(fill_communes_of(Writing(session, run.id or 0, now), context, areas))
        if draft.rows or fills:
            refresh_organizations(session, run.id or 0)
        keep_within(session, run.id or 0, order.within)
        refresh_statistics(session)
    except IntegrityError as error:
        raise LoadError(f"Cơ sở dữ liệu từ chối, chưa ghi gì: {' '.join(str(error.orig).split())}. Nạp lại") from error
    effects = compare(session, before, read_picture(session, place, year, is_demo=demo, as_of=import_settings.as_of))
    if not keep or written.is_empty or not isinstance(session, ChangeSession):
        session.rollback()
        return written, effects, None
    run.status, run.finished_at = "done", datetime.now(UTC)
    run.summary = summary(written, context.findings) | ({"on": draft.on.isoformat()} if draft.on else {})
    write_answers(session, context.questions.used_of(order.answers), order.place, order.actor, now)
    run_id = run.id or 0
    order.on_commit(session, run_id)
    session.finish(order.told(run_id))
    return written, effects, run_id


def _start_run(session: Session, order: ImportRequest, context: Context, now: datetime) -> Run:
    is_of_place = KINDS[order.kind].is_of_place
    run = Run(
        kind=order.kind,
        source=order.label,
        checksum=order.checksum,
        actor=order.actor,
        started_at=now,
        place=context.place.slug if is_of_place or KINDS[order.kind].read_book else None,
        year=context.year if is_of_place else None,
        is_demo=order.is_demo,
    )
    session.add(run)
    session.flush()
    return run


def summary(written: Written, findings: Findings) -> dict[str, Any]:
    """What the list of runs tells about a load."""
    tables = {name: asdict(changes) for name, changes in written.tables.items()}
    rows = {"new": written.new, "changed": written.changed, "untouched": written.untouched}
    told = {"tables": tables, "rows": rows | {"left_out": findings.stopped_rows}}
    return told | ({PERSONAL: True} if findings.has_personal else {})
