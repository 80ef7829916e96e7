"""The register as flat rows. Persons are left out unless asked for; invented organisations say so."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.register.organization import Organization, OrganizationPerson, RegisterEntry

TABLE = "organizations"
_FIRST = (
    "id", "tax_code", "tax_code_is_valid", "legacy_number", "kind", "name", "sector", "place", "commune_code",
    "commune_name", "founded_on", "legal_status", "legal_status_on", "operating_state", "operating_state_on",
    "is_law_compliant", "union_name", "rating_class", "rating_year", "member_count", "report_year", "is_demo",
)  # fmt: skip
COLUMNS = (*_FIRST, *(name for name in RegisterEntry.model_fields if name not in _FIRST))
PERSON_COLUMNS = ("name", "is_female", "birth_year", "education")
ROLES = ("director", "legal_representative")


def organization_rows(session: Session, *, with_persons: bool = False) -> list[dict[str, Any]]:
    """One row an organisation that is in the register, by place and name; None is unknown."""
    statement = select(*(getattr(Organization, name) for name in COLUMNS)).where(~col(Organization.is_withdrawn))
    order = (col(Organization.place), col(Organization.name_sort), col(Organization.name_norm), col(Organization.id))
    rows = [dict(row) for row in session.execute(statement.order_by(*order)).mappings()]
    for row in rows:
        row["label"] = "mô phỏng" if row["is_demo"] else ""
    return _with_persons(session, rows) if with_persons else rows


def _with_persons(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    newest: dict[tuple[int, str], OrganizationPerson] = {}
    statement = select(OrganizationPerson).where(col(OrganizationPerson.superseded_at).is_(None))
    for person in session.scalars(statement.order_by(col(OrganizationPerson.year))):
        newest[person.organization_id, person.role] = person
    for row in rows:
        for role in ROLES:
            known = newest.get((row["id"], role))
            row |= {f"{role}_{name}": getattr(known, name, None) for name in PERSON_COLUMNS}
    return rows
