"""Who walks: an account for every role, the tokens of their forms, and what a database holds."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from models import registry as tables
from models.accounts.rights import Grant, Role
from tests.dashboard.access.two_provinces import MINE, OTHER

ROLES: dict[str, tuple[Grant, ...]] = {
    "viewer": (Grant(Role.VIEWER, MINE),),
    "officer": (Grant(Role.OFFICER, MINE),),
    "closer": (Grant(Role.CLOSER, MINE),),
    "admin": (Grant(Role.ADMIN),),
    "persons": (Grant(Role.VIEWER, MINE, sees_persons=True),),
    "other": (Grant(Role.OFFICER, OTHER), Grant(Role.CLOSER, OTHER)),
    "everywhere": (Grant(Role.OFFICER), Grant(Role.CLOSER)),
    "nothing": (),
}
Client = Callable[..., FlaskClient]


def form_token(role: str) -> str:
    """The token that this reader's own forms carry."""
    return hmac.new(role.encode(), b"form", hashlib.sha256).hexdigest()


def sent(role: str, **fields: str) -> dict[str, str]:
    """A form as this reader's own page would send it."""
    return {"ma-bieu-mau": form_token(role), **fields}


def trail(door: Repository) -> list[tuple[str, str, str | None]]:
    """What stands in the trail: action, who, place."""
    with Session(door.engine) as session:
        rows = session.scalars(select(tables.TrailEntry).order_by(col(tables.TrailEntry.id)))
        return [(row.action, row.actor_name, row.place) for row in rows]


def fingerprint(engine: Engine) -> dict[str, Any]:
    """What every table holds, but for when sessions and tokens were last used and for the trail, which only grows."""
    moving = {"account_session", "access_token", "trail"}
    with engine.connect() as connection:
        return {
            table.name: connection.exec_driver_sql(f'SELECT * FROM "{table.name}"').fetchall()  # noqa: S608
            for table in tables.metadata.sorted_tables
            if table.name not in moving
        }
