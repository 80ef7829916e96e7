"""A small register that a test fills, on either database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.facts import apply_facts
from models.base.source import Run
from models.places.commune import Commune, CommuneSuccession
from models.places.place import Place, PlaceSuccession
from models.register.measures import Measure, read_measures
from models.register.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    YearReport,
)

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLD_GIA_LAI, BINH_DINH, GIA_LAI, THANH_HOA = "gia-lai-truoc-2025-07", "binh-dinh", "gia-lai", "thanh-hoa"


class Register:
    """A small register that a test fills; facts go in the way imports put them in."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.run_id = self._run()

    def _run(self) -> int:
        run = Run(kind="register", source="t", checksum="0", actor="t", started_at=NOW, status="done")
        self.session.add(run)
        self.session.flush()
        assert run.id is not None
        return run.id

    def put(self, place: str = THANH_HOA, *, kind: str = "htx", is_demo: bool = False, **said: Any) -> int:
        """An organisation with its detail; `state`, `report` and `rating` by year."""
        row = Organization(kind=kind, name="HTX", name_norm="htx", place=place, is_demo=is_demo, run_id=self.run_id)
        self.session.add(row)
        self.session.flush()
        assert row.id is not None
        self.describe(
            row.id, place, kind=kind, **{k: v for k, v in said.items() if k not in ("state", "report", "rating")}
        )
        for year, state in said.get("state", {2023: "active"}).items():
            self.say(
                OrganizationState,
                row.id,
                f"operating_state/{year}",
                field="operating_state",
                state=state,
                on=date(year, 12, 31),
            )
        for year, report in said.get("report", {}).items():
            self.say(YearReport, row.id, year, year=year, **({"value_kind": "actual"} | report))
        for year, classes in said.get("rating", {}).items():
            for scheme, rating_class in classes.items():
                self.say(Rating, row.id, f"{scheme}/{year}", scheme=scheme, year=year, rating_class=rating_class)
        return row.id

    def describe(
        self, row_id: int, place: str, *, kind: str = "htx", known_on: date = date(2023, 12, 31), **said: Any
    ) -> None:
        """What the list says of an organisation, superseding what it said before."""
        content = {
            "organization_id": row_id,
            "place": place,
            "kind": kind,
            "name": "HTX",
            "source": "t",
            "known_on": known_on,
        }
        apply_facts(
            self.session,
            OrganizationDetail,
            [content | said | {"key": str(row_id)}],
            run_id=self.run_id,
            now=NOW,
            withdraw=False,
        )

    def say(self, model: Any, row_id: int, key: object, **content: Any) -> None:
        """One fact about an organisation."""
        fact = {"organization_id": row_id, "key": f"{row_id}/{key}", **content}
        if model is not OrganizationPerson:
            fact["source"] = "t"
        apply_facts(self.session, model, [fact], run_id=self.run_id, now=NOW, withdraw=False)

    def communes(self, moves: dict[str, tuple[str, str, bool]]) -> None:
        """Old communes by code: the old place, the new commune of GIA_LAI, and whether it went there wholly."""
        for old, (place, new, whole) in moves.items():
            end, start = date(2025, 6, 30), date(2025, 7, 1)
            common = {"name": "Xã", "name_norm": "xa", "run_id": self.run_id}
            self.session.add(Commune(code=old, valid_from=date(2004, 1, 1), valid_to=end, place=place, **common))
            self.session.add(Commune(code=new, valid_from=start, place=GIA_LAI, **common))
            self.session.add(CommuneSuccession(old_code=old, new_code=new, is_whole=whole, run_id=self.run_id))
        self.session.flush()

    def count(self, place: str = THANH_HOA, year: int = 2023, **more: Any) -> dict[str, Measure]:
        """The figures of a place."""
        return read_measures(self.session, place, year, **more)


@pytest.fixture
def register(sqlite_engine: Engine) -> Any:
    """A register on a database with four places."""
    yield from _register_on(sqlite_engine)


@pytest.fixture
def postgres_register(postgres_engine: Engine) -> Any:
    """The same on PostgreSQL."""
    yield from _register_on(postgres_engine)


def _register_on(engine: Engine) -> Any:
    start, end = date(2025, 7, 1), date(2025, 6, 30)
    with Session(engine) as session:
        for slug, name, spans in (
            (THANH_HOA, "Thanh Hóa", {}),
            (OLD_GIA_LAI, "Gia Lai", {"valid_to": end}),
            (BINH_DINH, "Bình Định", {"valid_to": end}),
            (GIA_LAI, "Gia Lai", {"valid_from": start}),
        ):
            session.add(Place(slug=slug, name=name, level="province", **spans))
        session.flush()
        for old in (OLD_GIA_LAI, BINH_DINH):
            session.add(PlaceSuccession(predecessor=old, successor=GIA_LAI, effective_on=start))
        yield Register(session)
