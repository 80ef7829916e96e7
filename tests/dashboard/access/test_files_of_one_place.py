"""A register of one province reaches only its organisations, though a code in it may be of another province."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from models import registry as tables
from tests.dashboard.access.desk import Client, sent
from tests.dashboard.access.two_provinces import MINE, NUMBER, OTHER

HEAD = "TT,Tên HTX,Mã số HTX,Loại hình,Lĩnh vực,Xã phường,Tình trạng hoạt động"
NAME = "HTX Sang Tên"


def register(number: int) -> bytes:
    """A register of one line that bears the code of an organisation."""
    return f"{HEAD}\n1,{NAME},01{number:08d},HTX,Nông nghiệp,Xã A,Đang hoạt động\n".encode()


def preview(client: Any, role: str, content: bytes) -> tuple[str, str]:
    """Send it as a register of the own province; gives what was told and the address of the preview, if any."""
    data = sent(role, loai="register", **{"dia-ban": MINE, "nam-so": "2025"}) | {"tep": (io.BytesIO(content), "so.csv")}
    told = client.post("/nhap-lieu", data=data, content_type="multipart/form-data").get_data(as_text=True)
    found = re.search(r'href="(/nhap-lieu/[^"?]+)', told)
    return told, found[1] if found else ""


@pytest.fixture
def own_database(own_door: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """The installation's own copy, for the import door as well."""
    monkeypatch.setenv("DATABASE_URL", own_door.settings.database_url)
    monkeypatch.setenv("AS_OF", "2026-11-21")
    return own_door


def written(door: Repository) -> list[str]:
    """The provinces of the organisations that a register said to be active; at first there are none."""
    with Session(door.engine) as session:
        state, organization = tables.OrganizationState, tables.Organization
        found = select(col(organization.place)).join(state, col(state.organization_id) == col(organization.id))
        return list(session.scalars(found.where(col(state.state) == "active")))


@pytest.mark.parametrize("is_public", [True, False])
def test_a_register_neither_changes_nor_shows_an_organisation_of_another_province(
    client_of: Client, own_database: Repository, is_public: bool
) -> None:
    own_database.settings = replace(own_database.settings, public_view=is_public)
    client = client_of("officer", door=own_database)
    told, address = preview(client, "officer", register(NUMBER[OTHER]))
    assert not address and "Thanh Hóa" in told and "không có quyền nạp" in told
    assert written(own_database) == []


def test_the_same_line_with_a_code_of_the_own_province_is_loaded(client_of: Client, own_database: Repository) -> None:
    client = client_of("officer", door=own_database)
    _, address = preview(client, "officer", register(NUMBER[MINE]))
    assert client.post(f"{address}/nap", data=sent("officer")).status_code == 303
    assert written(own_database) == [MINE]


def test_a_preview_made_by_somebody_with_a_wider_right_is_loaded_within_the_own_one_only(
    client_of: Client, own_database: Repository
) -> None:
    _, address = preview(client_of("everywhere", door=own_database), "everywhere", register(NUMBER[OTHER]))
    answer = client_of("officer", door=own_database).post(f"{address}/nap", data=sent("officer"))
    assert answer.status_code == 403 and "Thanh Hóa" in answer.get_data(as_text=True)
    assert written(own_database) == []


def test_a_decision_about_a_pair_of_another_province_is_not_kept(client_of: Client, own_database: Repository) -> None:
    client = client_of("officer", door=own_database)
    told, address = preview(client, "officer", register(NUMBER[MINE]))
    checksum = re.search(r"tep=([0-9a-f]{64})", told)
    assert checksum
    fields = {"tep": checksum[1], "ten": "so.csv", "loai": "register", "dia-ban": MINE, "nam-so": "2025"}
    decided = {f"cap:{NUMBER[OTHER]}/1": "giong", "ly-do": "Cùng một giấy đăng ký"}
    again = client.post(f"{address}/cap", data=sent("officer", **fields, **decided))
    assert "Thanh Hóa" in again.get_data(as_text=True)


def test_a_run_that_reached_another_province_is_not_taken_back_by_an_officer_of_one(
    client_of: Client, own_database: Repository
) -> None:
    everywhere = client_of("everywhere", door=own_database)
    _, address = preview(everywhere, "everywhere", register(NUMBER[OTHER]))
    assert everywhere.post(f"{address}/nap", data=sent("everywhere")).status_code == 303
    before = places_of_states(own_database)
    with Session(own_database.engine) as session:
        number = session.scalars(select(col(tables.Run.id)).order_by(col(tables.Run.id).desc())).first()
    answer = client_of("officer", door=own_database).post(f"/hoan-tac/{number}", data=sent("officer"))
    assert answer.status_code == 403 and "Thanh Hóa" in answer.get_data(as_text=True)
    assert places_of_states(own_database) == before != []
    again = client_of("everywhere", door=own_database).post(f"/hoan-tac/{number}", data=sent("everywhere"))
    assert again.status_code == 303 and places_of_states(own_database) == []


def places_of_states(door: Repository) -> list[str]:
    """The places of the organisations that bear a current state "active" today."""
    state, organization = tables.OrganizationState, tables.Organization
    with Session(door.engine) as session:
        found = select(col(organization.place)).join(state, col(state.organization_id) == col(organization.id))
        current = col(state.superseded_at).is_(None)
        return list(session.scalars(found.where(col(state.state) == "active", current)))
