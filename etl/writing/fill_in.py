"""Reads unread values again with the words and answers of today, and says what can be read now; without the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlmodel import SQLModel, col

from etl.facts.reference import Writing
from etl.importers.draft import Content, Context, Draft, OrganizationRow
from etl.importers.harmonise import Found
from etl.importers.lists.odd_amounts import NUMBERS, said_unit
from etl.importers.lists.unread import DETAIL, REPORT, STATES, unit_of
from etl.importers.matching import Candidate
from etl.importers.rating_fields import NAMES as RATING
from etl.importers.register_row import RowFacts
from etl.parsing.parse import Marks
from etl.questions.questions import ImportQuestions
from etl.tables.cells import CellReader
from etl.tables.findings import Findings
from etl.tables.headings import HeadedColumn, Header
from etl.tables.tables import DataRow, Table
from etl.writing.changes_written import Written
from etl.writing.drafts import write_draft
from etl.writing.fill_communes import fill_communes
from models.base.facts import Fact
from models.base.source import Run
from models.register.organization import Organization, OrganizationDetail, OrganizationState, Rating, YearReport
from models.register.unread import UnreadValue

FILLED: set[type[SQLModel]] = {
    Run,
    Organization,
    OrganizationDetail,
    OrganizationState,
    YearReport,
    Rating,
    UnreadValue,
}
FactRow = tuple[type[Fact], str, Content]


def fill_in(writing: Writing, context: Context) -> Written:
    """Say under this run what today's words, answers and commune tables read of the place; the rest stays unread."""
    written = Written()
    for on, unread in groupby(_unread(writing, context), key=lambda pair: pair[1].on):
        draft = Draft(on=on, is_list=False)
        for _key, values in groupby(unread, key=lambda pair: (pair[0].id, pair[1].year)):
            group = list(values)
            if facts := _read(writing, context, group[0][0], [value for _organization, value in group]):
                owner = group[0][0]
                draft.rows.append(OrganizationRow("", 0, owner.name, owner.id, {}, facts))
        if draft.rows:
            written.join(write_draft(writing, draft))
    written.join(fill_communes(writing, context))
    return written


def _unread(writing: Writing, context: Context) -> Sequence[tuple[Organization, UnreadValue]]:
    statement = (
        select(Organization, UnreadValue)
        .join(UnreadValue, col(UnreadValue.organization_id) == col(Organization.id))
        .where(col(UnreadValue.superseded_at).is_(None), ~col(Organization.is_withdrawn))
        .where(col(Organization.place) == context.place.slug, col(Organization.is_demo) == context.is_demo)
        .order_by(col(UnreadValue.on), col(Organization.id), col(UnreadValue.year))
    )
    return [(organization, value) for organization, value in writing.session.execute(statement)]


def _read(writing: Writing, context: Context, owner: Organization, values: Sequence[UnreadValue]) -> list[FactRow]:
    """The facts that the unread values of one list about one organisation give now.

    A number is unread because it may mean two things; it stays so until somebody says its unit.
    """
    said = {value.field: said_unit(value, context.questions) for value in values if value.field in NUMBERS}
    values = [value for value in values if value.field not in NUMBERS or said[value.field] is not None]
    if not values:
        return []
    first, names = values[0], {value.field for value in values}
    stored = _stored(writing, owner, first.year) if names & set(RATING) else None
    cells = {value.field: value.text for value in values}
    if stored is not None:  # class and points are said together
        cells = {"rating_class": context.words["rating_class"].first(stored.rating_class)} | cells
    units = {value.field: said.get(value.field) or unit_of(value.unit) for value in values}
    columns = [
        HeadedColumn(index, name, name, units.get(name), is_unit_stated=True) for index, name in enumerate(cells)
    ]
    findings = Findings(questions=ImportQuestions(context.findings.questions.answers))
    marks = Marks(first.marks or Marks.UNDECLARED)
    reader = CellReader(Table("", Header((1,), tuple(columns))), findings, marks, stops=())
    reader.begin(DataRow(1, tuple(cells.values())))
    context = replace(context, year=first.year)
    facts = RowFacts(first.on, first.source.partition(', trang "')[0], True, True, True)
    facts.start(reader, context)
    candidate = Candidate(owner.tax_code, owner.legacy_number, owner.name, owner.commune_code or "")
    read = facts.read(reader, context, candidate, Found(None, None, None)).facts
    known = _has_report(writing, owner, first.year)
    return list(_only(read, names - set(reader.unread), has_report=known))


def _only(facts: Sequence[FactRow], names: set[str], *, has_report: bool) -> Iterator[FactRow]:
    """What the facts say of these fields alone."""
    for model, suffix, content in facts:
        if model is OrganizationDetail:
            kept = {DETAIL[name]: content[DETAIL[name]] for name in names & set(DETAIL)}
        elif model is OrganizationState:
            kept = content if content["field"] in names & set(STATES) else {}
        elif model is YearReport:
            kept = {name: content[name] for name in names & REPORT if name in content}
            about = ("year",) if has_report else ("year", "value_kind", "source")
            kept = kept | {name: content[name] for name in about} if kept else {}
        else:
            kept = content if model is Rating and names & set(RATING) else {}
        if any(value is not None for value in kept.values()):
            yield model, suffix, kept


def _stored(writing: Writing, owner: Organization, year: int) -> Any:
    statement = select(Rating).where(col(Rating.organization_id) == owner.id, col(Rating.year) == year)
    return writing.session.scalars(statement.where(col(Rating.superseded_at).is_(None))).first()


def _has_report(writing: Writing, owner: Organization, year: int) -> bool:
    statement = select(col(YearReport.id)).where(col(YearReport.organization_id) == owner.id)
    statement = statement.where(col(YearReport.year) == year, col(YearReport.superseded_at).is_(None))
    return writing.session.scalars(statement).first() is not None
