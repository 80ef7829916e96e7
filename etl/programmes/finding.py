"""Which programme a command means: its code, or its place where that has one programme only."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.parsing.issues import LoadError
from models.targets.programme import Programme

FORMER = "-truoc-"  # how the code of a place of former times begins to tell when it ended


def find_programme(session: Session, name: str) -> Programme:
    """The programme with this code, or the only one of the place with this code; LoadError where none is meant."""
    programmes = session.scalars(select(Programme).order_by(col(Programme.slug))).all()
    coded = [row for row in programmes if row.slug == name]
    found = coded or [row for row in programmes if name in (row.place, row.place.partition(FORMER)[0])]
    if len(found) == 1:
        return found[0]
    known = ", ".join(row.slug for row in found or programmes) or "chưa có"
    said = f'Địa bàn "{name}" có {len(found)} chương trình.' if found else f'Không có chương trình "{name}".'
    raise LoadError(f"{said} Chọn một trong: {known}")
