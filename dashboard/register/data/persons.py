"""Who directs and represents an organisation: read only for those with the right, and every reading is noted."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from dashboard.access.access import viewer
from dashboard.access.trail import note
from dashboard.db.read_session import repository
from models.accounts.rights import Action
from models.register.organization import Organization, OrganizationPerson


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
