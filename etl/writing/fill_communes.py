"""Gives organisations whose commune is known in words alone the commune that today's tables and answers know."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from etl.facts.reference import Writing
from etl.importers.draft import Content, Context, Draft, OrganizationRow
from etl.importers.harmonise import Communes, Found
from etl.questions.questions import ImportQuestions
from etl.tables.findings import Findings
from etl.writing.answers import read_answers
from etl.writing.changes_written import Written
from etl.writing.drafts import write_draft
from models.base.facts import Fact
from models.base.source import Run
from models.register.organization import Organization, OrganizationDetail, OrganizationState

FactRow = tuple[type[Fact], str, Content]


def fill_communes(writing: Writing, context: Context) -> Written:
    """Say under this run the communes of the place's entries that have none, by the day of the list that named them."""
    written = Written()
    rows = sorted(
        ((on, row) for row in _unknown(writing, context) if (on := _day(row)) is not None), key=lambda p: p[0]
    )
    for on, group in groupby(rows, key=lambda pair: pair[0]):
        communes, draft = Communes(context, on), Draft(on=on, is_list=False)
        for _on, row in group:
            found = communes.known(row.commune_name, row.district_name or "")
            if found is not None:
                facts: list[FactRow] = [(OrganizationDetail, "", _said(found))]
                draft.rows.append(OrganizationRow("", 0, row.name, row.id, {}, facts))
        if draft.rows:
            written.join(write_draft(writing, draft))
    return written


def fill_communes_of(writing: Writing, context: Context, areas: Iterable[str]) -> Written:
    """The same for the places of which commune tables were loaded, each with its own answers."""
    written = Written()
    for area in sorted(set(areas)):
        answers = ImportQuestions.knowing(read_answers(writing.session, area))
        for is_demo in (False, True):
            findings = Findings(questions=answers)
            own = replace(context, place=context.places[area], findings=findings, is_demo=is_demo)
            written.join(fill_communes(writing, own))
    return written


def _said(found: Found) -> Content:
    return {
        "commune_code": found.code,
        "commune_since": found.since,
        "commune_name": found.name,
        "district_name": found.district,
    }


def _unknown(writing: Writing, context: Context) -> Sequence[Any]:
    detail = OrganizationDetail
    last = (
        select(func.max(col(OrganizationState.on)))
        .where(col(OrganizationState.organization_id) == col(Organization.id))
        .where(col(OrganizationState.superseded_at).is_(None))
        .correlate(Organization)
        .scalar_subquery()
    )
    named = (col(Organization.id), col(Organization.name), col(detail.commune_name), col(detail.district_name))
    statement = (
        select(*named, col(Run.summary), col(Run.year), last.label("last"))
        .join(detail, col(detail.organization_id) == col(Organization.id))
        .join(Run, col(Run.id) == col(detail.run_id))
        .where(col(detail.superseded_at).is_(None), col(detail.commune_code).is_(None))
        .where(col(detail.commune_name).is_not(None), ~col(Organization.is_withdrawn))
        .where(col(Organization.place) == context.place.slug, col(Organization.is_demo) == context.is_demo)
    )
    return writing.session.execute(statement).all()


def _day(row: Any) -> date | None:
    """The day of the list that named the commune: of its load, else of the last state, else the end of its year."""
    if said := (row.summary or {}).get("on"):
        return date.fromisoformat(said)
    return row.last or (date(row.year, 12, 31) if row.year else None)
