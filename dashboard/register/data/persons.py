"""Who directs and represents an organisation: read only for those with the right, and every reading is noted."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from dashboard.access.access import viewer
from dashboard.access.trail import note
from dashboard.db.read_session import repository
from models.accounts.rights import Action
from models.register.organization import Organization, OrganizationPerson


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of one year; None = not reported."""

    role: str
    year: int
    name: str | None
    is_female: bool | None
    birth_year: int | None
    education: str | None


@dataclass(frozen=True, slots=True)
class PersonsPage:
    """The persons of an organisation."""

    organization: int
    name: str
    place: str
    lines: tuple[PersonLine, ...]
    is_demo: bool


def read_persons(ident: int) -> PersonsPage | None:
    """The persons of an organisation, newest first; None when it is not there or the viewer may not see them.

    The reading stands in the trail before anything is given; where it cannot be noted nothing is (503).
    """
    with repository().session() as session:
        row = session.get(Organization, ident)
        if row is None or not viewer().may(Action.SEE_PERSONS, row.place):
            return None
        person = OrganizationPerson
        statement = select(person).where(col(person.organization_id) == ident, col(person.superseded_at).is_(None))
        rows = session.scalars(statement.order_by(col(person.year).desc(), col(person.role)))
        lines = tuple(
            PersonLine(item.role, item.year, item.name, item.is_female, item.birth_year, item.education)
            for item in rows
        )
        found = PersonsPage(ident, row.name, row.place, lines, row.is_demo)
    note("read_persons", viewer=viewer(), subject=found.name, place=found.place, details={"organization": ident})
    return found
