"""What the register holds of one place, in counts: for the page where everything of the place begins."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import col

from dashboard.db.cache import remembered
from dashboard.db.read_session import repository
from dashboard.register.address import RegisterFilter
from dashboard.register.data.register_picture import counts_of
from dashboard.register.data.register_query import in_register
from dashboard.register.data.worklist import unsettled
from models.register.organization import Organization


@dataclass(frozen=True, slots=True)
class PlaceRegister:
    """Organisations of a place by kind, by operating state and by class, and how many are to be settled."""

    total: int
    kinds: Counter[str]
    operating: Counter[str]
    classes: Counter[str]
    unsettled: int


def build_place_register(place: str) -> PlaceRegister | None:
    """The counts of a place; None where its register holds nothing that this reader may see."""
    chosen = RegisterFilter(place=place)
    with repository().session() as session:
        cube = counts_of(session, RegisterFilter())
        total = cube.total(chosen)
        if not total:
            return None
        count = select(func.count()).select_from(Organization).where(in_register(), unsettled())
        waiting = remembered(
            session,
            ("unsettled", place),
            lambda: session.scalar(count.where(col(Organization.place) == place)) or 0,
        )
    by = {facet: cube.by(facet, chosen) for facet in ("kind", "operating", "rating")}
    return PlaceRegister(total, by["kind"], by["operating"], by["rating"], waiting)
