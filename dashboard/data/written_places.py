"""Which places a load wrote about: files that are not of one province are held against rights by what they bring."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.data.imports import ImportRefusedError, Seal, import_door, no_seal
from dashboard.data.territory import Places, mapped_classes
from models import registry as tables
from models.place import COUNTRY

SILENT = (tables.Run, tables.RunOrganization, tables.PendingChange)  # about the load itself
OTHER_PLACES = (
    "Tệp có dòng của địa bàn mà bạn không có quyền nạp ({names}). Bỏ các dòng đó rồi nộp lại, "
    "hoặc nhờ người có quyền cho cả nước; chưa ghi gì."
)


def seal_of(token: str, places: Places | None) -> Seal:
    """What holds a previewed file that is not of one province against the officer's own places (None: all)."""
    if places is None or import_door().wanted_by(token).get("place"):
        return no_seal
    return only_within(places)


def only_within(places: Places) -> Seal:
    """A seal for a load: it stops the load, with a sentence, when that wrote about any other place."""

    def seal(session: Session, run_id: int) -> None:
        beyond = written_places(session, run_id) - places
        if beyond:
            rows = session.scalars(select(tables.Place).where(col(tables.Place.slug).in_(beyond)))
            raise ImportRefusedError(OTHER_PLACES.format(names=", ".join(sorted(row.name for row in rows))))

    return seal


def written_places(session: Session, run_id: int) -> set[str]:
    """The places of every row that a run added or closed; what is of no single place is the country's."""
    found: set[str] = set()
    for mapped in mapped_classes():
        if hasattr(mapped, "run_id") and mapped not in SILENT:
            found |= set(session.scalars(_places(mapped, run_id)))
    return found


def _places(mapped: Any, run_id: int) -> Select[Any]:
    is_touched = _touched(mapped, run_id)
    if hasattr(mapped, "place"):
        return select(mapped.place).where(is_touched).distinct()
    if hasattr(mapped, "organization_id"):
        owner = col(tables.Organization.id) == mapped.organization_id
        return select(tables.Organization.place).join(mapped, owner).where(is_touched).distinct()
    if hasattr(mapped, "task"):
        return select(tables.Task.place).join(mapped, col(tables.Task.key) == mapped.task).where(is_touched).distinct()
    return select(tables.Place.slug).where(col(tables.Place.slug) == COUNTRY, select(mapped).where(is_touched).exists())


def _touched(mapped: Any, run_id: int) -> ColumnElement[bool]:
    names = ("run_id", "superseded_by")
    return or_(*(getattr(mapped, name) == run_id for name in names if hasattr(mapped, name)))
