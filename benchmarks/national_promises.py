"""The invented promises of the national database: 700 in all, at every scale."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.bulk import insert_rows
from models.base.facts import apply_facts
from models.places.place import Place
from models.targets.indicator import Indicator
from models.targets.programme import Programme, Target

TARGETS, PROMISED = 700, 18
SOURCE = "Số liệu mô phỏng để đo tốc độ"


def fill_promises(session: Session, run_id: int, _scale: float) -> None:
    """One invented programme for each province of today without one, until there are 700 promises in all."""
    with_programme = set(session.scalars(select(col(Programme.place))))
    bare = [row for row in provinces(session) if row.valid_to is None and row.slug not in with_programme]
    missing = TARGETS - (session.scalar(select(func.count()).select_from(Target)) or 0)
    indicators = _promised_indicators(session)
    wanted = [(place, indicator) for indicator in indicators for place in bare][:missing]
    insert_rows(session, Programme, [_programme(place) for place in bare])
    rows = [_target(place, indicator, number) for number, (place, indicator) in enumerate(wanted)]
    apply_facts(session, Target, rows, run_id=run_id, now=datetime.now(UTC), withdraw=False)


def _promised_indicators(session: Session) -> list[Indicator]:
    statement = select(Indicator).where(col(Indicator.direction) == "higher").order_by(col(Indicator.position))
    return list(session.scalars(statement))[: PROMISED + 8]


def provinces(session: Session) -> list[Place]:
    """Every province there is or was."""
    statement = select(Place).where(col(Place.level) == "province").order_by(col(Place.slug))
    return list(session.scalars(statement))


def _programme(place: Place) -> dict[str, Any]:
    return {
        "slug": f"mo-phong-{place.slug}",
        "place": place.slug,
        "title": f"Chương trình mô phỏng của {place.name}",
        "number": None,
        "issued_on": date(2025, 9, 1),
        "issued_precision": "day",
        "issued_text": "01/9/2025",
        "issuer": None,
        "issuer_text": "mô phỏng",
        "signed_note": None,
        "implements": [],
        "replaces": [],
        "reporting": None,
        "checked": False,
        "remark": SOURCE,
    }


def _target(place: Place, indicator: Indicator, number: int) -> dict[str, Any]:
    share = indicator.unit == "%"
    return {
        "key": f"mo-phong/{place.slug}/{indicator.code}/2030",
        "position": number,
        "programme": f"mo-phong-{place.slug}",
        "place": place.slug,
        "indicator": indicator.code,
        "definition": definition_of(indicator),
        "horizon": 2030,
        "comparator": "at_least",
        "kind": "by",
        "low": 80.0 if share else 1500.0,
        "high": None,
        "unit": indicator.unit,
        "clause": "mô phỏng",
        "wording": f"{indicator.name} (mô phỏng)",
        "nested_in": None,
        "note": None,
        "amended_on": None,
        "amended_by": None,
    }


def definition_of(indicator: Indicator) -> str:
    """The first meaning an indicator has."""
    return str(indicator.definitions[0]["code"]) if indicator.definitions else "published"
