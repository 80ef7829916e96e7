"""One organisation, now or as stored at an instant: identity, dated states, years, ratings, what was said earlier."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import pairwise
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.access import viewer
from dashboard.access.trail import note
from dashboard.db.read_session import repository
from dashboard.register.values import OrganizationLine, OrganizationPage, RecordedStatement
from models.accounts.rights import Action
from models.base.facts import Fact
from models.base.source import Run
from models.register.organization import (
    LISTED,
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    RegisterEntry,
    WorklistStep,
    YearReport,
)
from models.register.unread import UnreadValue

FROM_ENTRY = [item.name for item in fields(OrganizationLine) if item.name in RegisterEntry.model_fields]


def is_in_force(fact: Any, recorded_at: datetime | None) -> bool:
    """Whether a fact was not yet superseded at the instant (None: now)."""
    return fact.superseded_at is None or (recorded_at is not None and fact.superseded_at > recorded_at)


def line_at(line: OrganizationLine, current: Mapping[type[Fact], Sequence[Any]]) -> OrganizationLine:
    """The line of an organisation from the facts in force then; without an entry its last name and code stay."""
    detail = next(iter(current[OrganizationDetail]), None)
    named = {name: getattr(detail, name) for name in FROM_ENTRY} if detail is not None else {}
    operating, legal = (_state(current[OrganizationState], name) for name in ("operating_state", "legal_status"))
    rating = max(current[Rating], key=lambda fact: (fact.year, -(fact.id or 0)), default=None)
    report = max(current[YearReport], key=lambda fact: fact.year, default=None)
    return replace(
        line,
        **named,
        operating_state=operating and operating.state,
        operating_state_on=operating and operating.on,
        legal_status=legal and legal.state,
        legal_status_on=legal and legal.on,
        rating_class=rating and rating.rating_class,
        rating_year=rating and rating.year,
        member_count=report and report.member_count,
        report_year=report and report.year,
    )


def _state(states: Sequence[Any], name: str) -> Any | None:
    return max((fact for fact in states if fact.field == name), key=lambda fact: (fact.on, fact.id or 0), default=None)


Found = TypeVar("Found")
SUBJECTS: tuple[tuple[type[Fact], str], ...] = (
    (OrganizationDetail, "detail"),
    (OrganizationState, "state"),
    (YearReport, "report"),
    (Rating, "rating"),
    (WorklistStep, "step"),
)
KEPT: tuple[type[Fact], ...] = (*(model for model, _subject in SUBJECTS), UnreadValue)
# Not told as a change: what the row is for itself, and what identifies a person.
SILENT = frozenset({*Fact.model_fields, "organization_id", "is_director_female", "actor"})


def build_organization(ident: int, recorded_at: datetime | None = None) -> OrganizationPage | None:
    """The page of an organisation, as it was stored at an instant if one is given; None when there is none.

    At an instant before its first entry, the organisation is not there either.
    """
    with repository().session() as session:
        row = session.get(Organization, ident)
        if row is None:
            return None
        facts = {model: _facts(session, model, ident, recorded_at) for model in KEPT}
        if recorded_at is not None and not facts[OrganizationDetail]:
            return None
        current = {model: [fact for fact in found if is_in_force(fact, recorded_at)] for model, found in facts.items()}
        line = OrganizationLine(**{item.name: getattr(row, item.name) for item in fields(OrganizationLine)})
        detail = _newest(current[OrganizationDetail])
        return OrganizationPage(
            line=line if recorded_at is None else line_at(line, current),
            is_withdrawn=row.is_withdrawn if recorded_at is None else detail is None,
            detail=detail,
            states=_states(current[OrganizationState]),
            unread=tuple(sorted(current[UnreadValue], key=lambda fact: (fact.on, fact.field), reverse=True)),
            reports=tuple(sorted(current[YearReport], key=lambda fact: fact.year, reverse=True)),
            ratings=tuple(sorted(current[Rating], key=lambda fact: (fact.year, fact.scheme), reverse=True)),
            step=_newest(current[WorklistStep]),
            withheld_roles=_withheld_roles(session, ident),
            history=tuple(_history(facts, recorded_at)),
            runs=_runs(session, [row.run_id, *[f.run_id for found in facts.values() for f in found]]),
        )


def _states(found: Sequence[Any]) -> tuple[OrganizationState, ...]:
    told = (fact for fact in found if fact.field != LISTED)
    return tuple(sorted(told, key=lambda fact: (fact.on, fact.field), reverse=True))


def _facts(session: Session, model: type[Any], ident: int, recorded_at: datetime | None) -> list[Any]:
    statement = select(model).where(col(model.organization_id) == ident)
    if recorded_at is not None:
        statement = statement.where(col(model.recorded_at) <= recorded_at)
    found = list(session.scalars(statement.order_by(col(model.recorded_at), col(model.id))))
    session.expunge_all()
    return found


def _newest(facts: Sequence[Found]) -> Found | None:
    return facts[-1] if facts else None


def _withheld_roles(session: Session, ident: int) -> tuple[str, ...]:
    """Which roles are stored; names and birth years never leave the database here."""
    person = OrganizationPerson
    statement = select(col(person.role)).where(
        col(person.organization_id) == ident, col(person.superseded_at).is_(None)
    )
    return tuple(sorted(set(session.scalars(statement))))


def _runs(session: Session, ids: Iterable[int]) -> tuple[Run, ...]:
    return tuple(session.scalars(select(Run).where(col(Run.id).in_(sorted(set(ids)))).order_by(col(Run.id).desc())))


def _history(facts: dict[type[Fact], list[Any]], recorded_at: datetime | None) -> list[RecordedStatement]:
    """Every change by key, newest first: what it was, what it became, or that it was taken back."""
    found: list[RecordedStatement] = []
    for model, subject in SUBJECTS:
        by_key: dict[str, list[Any]] = defaultdict(list)
        for fact in facts[model]:
            by_key[fact.key].append(fact)
        for versions in by_key.values():
            for before, after in pairwise(versions):
                found += _changes(model, _label(subject, after), before, after)
            last = versions[-1]
            if not is_in_force(last, recorded_at):
                run = last.superseded_by or last.run_id
                label = _label(subject, last)
                found.append(RecordedStatement(label, "", None, None, last.superseded_at, run, is_withdrawal=True))
    return sorted(found, key=lambda said: said.recorded_at, reverse=True)


def _changes(model: type[Fact], subject: str, before: Any, after: Any) -> list[RecordedStatement]:
    return [
        RecordedStatement(subject, name, getattr(before, name), getattr(after, name), after.recorded_at, after.run_id)
        for name in model.model_fields
        if name not in SILENT and getattr(before, name) != getattr(after, name)
    ]


def _label(subject: str, fact: Any) -> str:
    if subject == "state":
        return f"state/{fact.field}/{fact.on.isoformat()}"
    return f"{subject}/{fact.year}" if subject in ("report", "rating") else subject


def read_persons(ident: int) -> tuple[Organization, Sequence[OrganizationPerson]] | None:
    """An organisation and its persons, newest first; None when it is not there or the viewer may not see them.

    The reading stands in the trail before anything is given; where it cannot be noted nothing is (503).
    """
    with repository().session() as session:
        row = session.get(Organization, ident)
        if row is None or not viewer().may(Action.SEE_PERSONS, row.place):
            return None
        person = OrganizationPerson
        statement = select(person).where(col(person.organization_id) == ident, col(person.superseded_at).is_(None))
        persons = session.scalars(statement.order_by(col(person.year).desc(), col(person.role))).all()
    note("read_persons", viewer=viewer(), subject=row.name, place=row.place, details={"organization": ident})
    return row, persons
