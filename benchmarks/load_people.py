"""Who works during the load test: accounts with sessions, and the workbooks that officers bring."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from etl.demo.sample import YEARS, Spot, write_register
from etl.demo.sample_fill import communes_of
from models.accounts.account import Account, AccountGrant, AccountSession
from models.accounts.account_rules import token_hash
from models.accounts.rights import Role
from models.base.database import make_engine
from models.registry import metadata
from models.targets.reading import read_places

PLACES = ("thanh-hoa", "nghe-an", "ha-tinh", "quang-ninh", "son-la")  # the same area in every year of the workbooks
HOURS = timedelta(hours=8)


@dataclass(frozen=True, slots=True)
class Officer:
    """One officer: the token of the session, the own province, and the workbooks in order with their years."""

    token: str
    place: str
    books: tuple[tuple[Path, int], ...]


@dataclass(frozen=True, slots=True)
class People:
    """The tokens of those who read, and the officers."""

    viewers: tuple[str, ...]
    officers: tuple[Officer, ...]


def settle(url: str, folder: Path, *, viewers: int, officers: int, imports: int, rows: int) -> People:
    """Make an account and a session for everybody, as `etl user add` and signing in would, and the workbooks."""
    if not metadata.tables:
        raise RuntimeError("no tables")
    engine = make_engine(url)
    with Session(engine) as session:
        reading = tuple(_account(session, f"viewer-{n}", Role.VIEWER, None) for n in range(viewers))
        places, working = read_places(session), []
        for n in range(officers):
            place = PLACES[n % len(PLACES)]
            token = _account(session, f"officer-{n}", Role.OFFICER, place)
            spots = communes_of(session, places[place])
            working.append(Officer(token, place, tuple(_books(folder, n, imports, rows, spots))))
        session.commit()
    engine.dispose()
    return People(reading, tuple(working))


def _account(session: Session, name: str, role: Role, place: str | None) -> str:
    now, token = datetime.now(UTC), secrets.token_urlsafe(32)
    row = Account(username=name, display_name=name, created_at=now)
    session.add(row)
    session.flush()
    if row.id is None:
        raise RuntimeError("an account without a number")
    session.add(AccountGrant(account_id=row.id, role=role, place=place, granted_by="load", granted_at=now))
    opened = AccountSession(
        account_id=row.id, token_hash=token_hash(token), created_at=now, seen_at=now, expires_at=now + HOURS
    )
    opened.has_second_step = True
    session.add(opened)
    return token


def _books(folder: Path, officer: int, imports: int, rows: int, spots: list[Spot]) -> list[tuple[Path, int]]:
    """The lists of the same organisations year by year, then of the next ones: each changes something."""
    found = []
    for turn in range(imports):
        year, path = YEARS[turn % len(YEARS)], folder / f"so-{officer}-{turn}.xlsx"
        first = 1_500_000 + officer * 100_000 + (turn // len(YEARS)) * rows
        write_register(path, organizations=rows, seed=100 + officer, year=year, first=first, spots=spots)
        found.append((path, year))
    return found
