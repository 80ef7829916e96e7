"""What a preview was made from: the newest load that could change it. Loads of other provinces do not count.

Without this five officers at work would refuse each other's previews although none touches the other's province.
"""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.place import PlaceSuccession
from models.source import Run


def standing(session: Session, place: str | None) -> int:
    """The newest finished load of the place, of what it succeeded or became, or of all places; None: of any."""
    statement = select(func.max(col(Run.id))).where(col(Run.status) == "done")
    if place is not None:
        near = or_(col(Run.place).in_(_related(session, place)), col(Run.place).is_(None))
        statement = statement.where(near)
    return session.scalar(statement) or 0


def _related(session: Session, place: str) -> set[str]:
    """The place with everything it came from and went into: a load resolves its name by year."""
    links = session.execute(select(col(PlaceSuccession.predecessor), col(PlaceSuccession.successor))).all()
    found, is_growing = {place}, True
    while is_growing:
        more = {slug for link in links if found & set(link) for slug in link} - found
        found |= more
        is_growing = bool(more)
    return found
