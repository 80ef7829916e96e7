"""An answer about files is taken back by who may load files of its place; for all places only an administrator acts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed
from models.base.kept_answer import KeptAnswer
from tests.dashboard.access.desk import Client, sent
from tests.dashboard.access.two_provinces import MINE


def keep(door: Repository, place: str | None) -> int:
    with ChangeSession(door.engine) as session:
        row = KeptAnswer(
            kind="word",
            field="operating_state",
            text="HĐ thử",
            text_key="hđ thử",
            value="active",
            words="Đang hoạt động",
            place=place,
            actor="Thử",
            answered_at=datetime.now(UTC),
        )
        session.add(row)
        session.finish(Deed("import", "Thử"))
        assert row.id
        return row.id


def post(client_of: Client, door: Repository, role: str, number: int, what: str) -> int:
    answer: Any = client_of(role, door=door).post(f"/nhap-lieu/tra-loi/{number}/{what}", data=sent(role))
    return int(answer.status_code)


def counting(door: Repository) -> list[tuple[str | None, str]]:
    with Session(door.engine) as session:
        rows = session.scalars(select(KeptAnswer).where(KeptAnswer.taken_back_at.is_(None)))  # type: ignore[union-attr]
        return [(row.place, row.words) for row in rows]


@pytest.mark.parametrize("role", ["viewer", "closer", "other", "admin"])
def test_only_an_officer_of_the_place_takes_its_answer_back(client_of: Client, own_door: Repository, role: str) -> None:
    number = keep(own_door, MINE)
    assert post(client_of, own_door, role, number, "thu-hoi") == 403
    assert post(client_of, own_door, "officer", number, "thu-hoi") == 303
    assert counting(own_door) == []
    assert post(client_of, own_door, "officer", number, "thu-hoi") == 403  # it is taken back already


def test_only_an_administrator_uses_an_answer_everywhere_and_takes_that_back(
    client_of: Client, own_door: Repository
) -> None:
    number = keep(own_door, MINE)
    assert post(client_of, own_door, "officer", number, "dung-chung") == 403
    assert post(client_of, own_door, "admin", number, "dung-chung") == 303
    assert counting(own_door) == [(MINE, "Đang hoạt động"), (None, "Đang hoạt động")]
    assert post(client_of, own_door, "officer", number + 1, "thu-hoi") == 403
    assert post(client_of, own_door, "admin", number + 1, "thu-hoi-chung") == 303
    assert counting(own_door) == [(MINE, "Đang hoạt động")]


def test_answers_of_a_place_are_listed_to_who_may_load_its_files(client_of: Client, own_door: Repository) -> None:
    keep(own_door, MINE)
    shown = {
        role: client_of(role, door=own_door).get("/nhap-lieu/tra-loi").get_data(as_text=True)
        for role in ("officer", "other", "viewer")
    }
    assert "HĐ thử" in shown["officer"] and "HĐ thử" not in shown["other"] + shown["viewer"]
