"""What a preview was made from: the newest run and the answers that could change it.

Runs and answers of other provinces do not count:
without this five officers at work would refuse each other's previews although none touches the other's province;
and a petition or a step of follow-up, which no file brings and no preview shows, makes none of them old.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.kept_answer import answers_moved
from models.base.source import Run
from models.places.place import PlaceSuccession

NOT_PREVIEWED = ("explanation_request", "petition", "conclusion", "worklist_step")


class CurrentVersion(NamedTuple):
    """The newest run that counts, how many there are, and how often answers were given or taken back.

    Others whenever one more is done, in whatever order.
    """

    newest: int
    runs: int
    answers: int = 0


UNKNOWN = CurrentVersion(-1, -1)


def version_of_preview(told: object) -> CurrentVersion:
    """What a kept preview says it was made from; one kept by an earlier version of the program is of no state today."""
    return CurrentVersion(*told) if isinstance(told, list | tuple) else UNKNOWN


def current_version(session: Session, place: str | None) -> CurrentVersion:
    """The finished runs of the place, of what it succeeded or became, or of all places; None: of any."""
    counted = (col(Run.status) == "done", col(Run.kind).not_in(NOT_PREVIEWED))
    statement = select(func.max(col(Run.id)), func.count(col(Run.id))).where(*counted)
    if place is not None:
        near = or_(col(Run.place).in_(_related(session, place)), col(Run.place).is_(None))
        statement = statement.where(near)
    newest, runs = session.execute(statement).one()
    return CurrentVersion(newest or 0, runs, answers_moved(session, place))


def _related(session: Session, place: str) -> set[str]:
    """The place with everything it came from and went into: a load resolves its name by year."""
    links = session.execute(select(col(PlaceSuccession.predecessor), col(PlaceSuccession.successor))).all()
    found, is_growing = {place}, True
    while is_growing:
        more = {slug for link in links if found & set(link) for slug in link} - found
        found |= more
        is_growing = bool(more)
    return found
