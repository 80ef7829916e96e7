"""Which places a load wrote about: a file is held against rights by what it brings, not by what it says it is of.

A code in a register of one province may belong to an organisation of another; published values name their places.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.parsing.issues import LoadError
from models import registry as tables
from models.places.place import COUNTRY

SILENT = (tables.Run, tables.RunOrganization, tables.PendingChange, tables.PairDecision)  # about the load itself
NEW_NAMES = (tables.Indicator, tables.Agency)  # what a programme brings besides; no name that stands is changed
OTHER_PLACES = (
    "Tệp có dòng của địa bàn mà bạn không có quyền nạp ({names}). Bỏ các dòng đó rồi nộp lại, "
    "hoặc nhờ người có quyền cho cả nước; chưa ghi gì"
)


OTHER_PLACES_UNDONE = (
    "Lượt này có dòng của địa bàn mà bạn không có quyền hoàn tác ({names}). "
    "Nhờ người có quyền cho cả nước hoàn tác; chưa ghi gì"
)
Places = frozenset[str]


def keep_within(session: Session, run_id: int, places: Places | None, sentence: str = OTHER_PLACES) -> None:
    """Raise LoadError with a sentence when a run wrote about any other place; `places` None is everywhere."""
    if places is None:
        return
    beyond = written_places(session, run_id) - places
    if beyond:
        rows = session.scalars(select(tables.Place).where(col(tables.Place.slug).in_(beyond)))
        raise LoadError(sentence.format(names=", ".join(sorted(row.name for row in rows))))


def written_places(session: Session, run_id: int) -> set[str]:
    """The places of every row that a run added or closed; what is of no single place is the country's."""
    found = _of_pairs(session, run_id)
    for mapped in tables.mapped_classes():
        if hasattr(mapped, "run_id") and mapped not in (*SILENT, *NEW_NAMES):
            found |= set(session.scalars(_places(mapped, run_id)))
    return found


def _of_pairs(session: Session, run_id: int) -> set[str]:
    """The places of the organisations that decisions about pairs name; a key is "<organisation>/<mark>"."""
    keys = session.scalars(select(col(tables.PairDecision.key)).where(_touched(tables.PairDecision, run_id)))
    numbers = {int(number) for number in (key.split("/")[0] for key in keys) if number.isascii() and number.isdecimal()}
    organization: Any = tables.Organization
    return set(session.scalars(select(organization.place).where(organization.id.in_(numbers))))


def _places(mapped: Any, run_id: int) -> Select[Any]:
    is_touched = _touched(mapped, run_id)
    if mapped is tables.ReferenceChange:  # a changed programme says its place itself, a changed new name has none
        is_touched &= col(mapped.table_name).not_in(("programme", "indicator", "agency"))
    if hasattr(mapped, "place"):
        return select(col(mapped.place)).where(is_touched).distinct()
    if hasattr(mapped, "organization_id"):
        owner = col(tables.Organization.id) == mapped.organization_id
        return select(col(tables.Organization.place)).join(mapped, owner).where(is_touched).distinct()
    if hasattr(mapped, "programme"):
        owner = col(tables.Programme.slug) == mapped.programme
        return select(col(tables.Programme.place)).join(mapped, owner).where(is_touched).distinct()
    if hasattr(mapped, "task"):
        owner = col(tables.Task.key) == mapped.task
        return select(col(tables.Task.place)).join(mapped, owner).where(is_touched).distinct()
    return select(col(tables.Place.slug)).where(
        col(tables.Place.slug) == COUNTRY, select(mapped).where(is_touched).exists()
    )


def _touched(mapped: Any, run_id: int) -> ColumnElement[bool]:
    names = ("run_id", "superseded_by")
    return or_(*(getattr(mapped, name) == run_id for name in names if hasattr(mapped, name)))
