"""Persons are read by right and noted; a file of several provinces is held against the officer's own."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from models import registry as tables
from tests.dashboard.access.desk import Client, sent, trail
from tests.dashboard.access.two_provinces import MINE, OTHER, told

PERSONS = "/htx/1/nguoi-dai-dien"


def test_persons_are_shown_to_those_with_the_right_and_each_reading_is_noted(
    client_of: Client, own_door: Repository
) -> None:
    client = client_of("persons", door=own_door)
    assert f'href="{PERSONS}"' in client.get("/htx/1").get_data(as_text=True)
    before = trail(own_door)
    answer = client.get(PERSONS)
    assert told(MINE, "giám đốc") in answer.get_data(as_text=True) and "no-store" in answer.headers["Cache-Control"]
    assert trail(own_door)[len(before) :] == [("read_persons", "Thử persons", MINE)]


@pytest.mark.parametrize("role", ["viewer", "officer", "closer", "admin", "everywhere", "other"])
def test_persons_are_withheld_from_everybody_else(client_of: Client, own_door: Repository, role: str) -> None:
    client = client_of(role, door=own_door)
    answer = client.get(PERSONS)
    assert answer.status_code == 403 and "giám đốc" not in answer.get_data(as_text=True).replace("người đại diện", "")
    assert PERSONS not in client.get("/htx/1").get_data(as_text=True)
    assert client_of("persons", door=own_door).get("/htx/2/nguoi-dai-dien").status_code == 403


def test_persons_are_not_given_where_the_reading_cannot_be_noted(
    client_of: Client, own_door: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: Any) -> None:
        from sqlalchemy.exc import OperationalError

        raise OperationalError("x", {}, Exception("away"))

    monkeypatch.setattr("dashboard.access.trail.write_trail", away)
    answer = client_of("persons", door=own_door).get(PERSONS)
    assert answer.status_code >= 500 and told(MINE, "giám đốc") not in answer.get_data(as_text=True)


def figures(*places: str) -> bytes:
    """A list of published values as an officer would send it, one row a place."""
    lines = [f"{place},htx_count,unstated,2026-06-30,777,HTX,actual,Sở Thử,Báo cáo thử" for place in places]
    head = "place,indicator,definition,period_end,value,unit,value_kind,publisher,source_title"
    return "\n".join([head, *lines]).encode()


def load(client: Any, content: bytes) -> str:
    """Send a list of published values and agree to its preview; gives the status, or why there is no preview."""
    data = sent("officer", loai="figures", **{"nam-so": "2026"}) | {"tep": (io.BytesIO(content), "so.csv")}
    told = client.post("/nhap-lieu", data=data, content_type="multipart/form-data").get_data(as_text=True)
    address = re.search(r'href="(/nhap-lieu/[^"?]+)', told)
    return told if address is None else str(client.post(f"{address[1]}/nap", data=sent("officer")).status_code)


@pytest.mark.parametrize(("places", "is_loaded"), [((MINE,), True), ((MINE, OTHER), False), ((OTHER,), False)])
def test_a_list_of_several_provinces_is_loaded_only_where_the_officer_may_load(
    client_of: Client, own_door: Repository, monkeypatch: pytest.MonkeyPatch, places: tuple[str, ...], is_loaded: bool
) -> None:
    monkeypatch.setenv("DATABASE_URL", own_door.settings.database_url)
    monkeypatch.setenv("AS_OF", "2026-11-21")
    answer = load(client_of("officer", door=own_door), figures(*places))
    assert answer == "303" if is_loaded else "Thanh Hóa" in answer and "không có quyền nạp" in answer
    with Session(own_door.engine) as session:
        loaded = session.scalars(select(tables.Observation.place).where(col(tables.Observation.value) == 777)).all()
    assert list(loaded) == (list(places) if is_loaded else [])


def test_a_list_without_a_province_takes_a_right_to_all_where_not_everything_is_public(client_of: Client) -> None:
    data = sent("officer", loai="figures") | {"tep": (io.BytesIO(figures(MINE)), "so.csv")}
    answer = client_of("officer").post("/nhap-lieu", data=data, content_type="multipart/form-data")
    assert answer.status_code == 403 and "cho cả nước" in answer.get_data(as_text=True)
