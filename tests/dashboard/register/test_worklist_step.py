"""Who settles an organisation, what comes next and until when: written with a form, shown, kept with its history."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from models.base.database import make_engine
from models.base.source import Run
from models.config.settings import ROOT, Settings
from models.register.organization import WorklistStep

STOPPED, ACTIVE, WAITING = 2, 1, 6
SAID = {"theo-doi": "Liên minh HTX tỉnh", "viec": "Họp giải thể", "han": "31/12/2026", "ghi-chu": "đã gửi giấy mời"}


@pytest.fixture
def url(small_register: str, tmp_path: Path) -> str:
    path = tmp_path / "writing.sqlite3"
    with make_engine(small_register).connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")
    return f"sqlite:///{path}"


@pytest.fixture
def open_client(application: dash.Dash, monkeypatch: pytest.MonkeyPatch, url: str) -> Callable[..., FlaskClient]:
    def use(**changes: Any) -> FlaskClient:
        known = Settings(url, ROOT / "data", "", date(2026, 11, 21), allow_writes=True)
        monkeypatch.setitem(application.server.extensions, "repository", Repository(replace(known, **changes)))
        return application.server.test_client()

    return use


@pytest.fixture
def writer(open_client: Callable[..., FlaskClient]) -> Iterator[FlaskClient]:
    yield open_client()


def text_of(client: FlaskClient, address: str) -> str:
    return unescape(client.get(address).get_data(as_text=True))


NAME = {"nguoi-ghi": "Lê Thị Thử"}


def send(client: FlaskClient, ident: int, page: int | None = None, **changes: str) -> Any:
    """Fill in the form of an organisation as a reader would."""
    text = text_of(client, f"/can-xu-ly/{page or ident}")
    token = re.search(r'name="ma-bieu-mau" value="([^"]+)"', text)
    seen = re.search(r'name="luot-da-xem" value="([0-9]+)"', text)
    assert token and seen
    fields = SAID | {name.replace("_", "-"): value for name, value in changes.items()}
    return client.post(f"/can-xu-ly/{ident}", data={"ma-bieu-mau": token[1], "luot-da-xem": seen[1], **NAME, **fields})


def steps(url: str, ident: int) -> list[WorklistStep]:
    with Session(make_engine(url)) as session:
        chosen = select(WorklistStep).where(col(WorklistStep.organization_id) == ident).order_by(col(WorklistStep.id))
        found = list(session.scalars(chosen))
        session.expunge_all()
        return found


def test_a_step_replaces_the_earlier_one_which_is_kept_and_names_who_wrote(writer: FlaskClient, url: str) -> None:
    assert send(writer, STOPPED).status_code == 303
    before, after = steps(url, STOPPED)
    assert before.responsible == "Sở Tài chính" and before.superseded_by == after.run_id
    assert (after.responsible, after.next_step, after.due_on, after.note, after.actor, after.superseded_at) == (
        "Liên minh HTX tỉnh", "Họp giải thể", date(2026, 12, 31), "đã gửi giấy mời", "Lê Thị Thử", None,
    )  # fmt: skip
    with Session(make_engine(url)) as session:
        run = session.get_one(Run, after.run_id)
        assert (run.kind, run.actor, run.status) == ("worklist_step", "Lê Thị Thử (chưa xác thực)", "done")


def test_what_was_written_stands_in_the_list_and_on_the_page_of_the_organisation(writer: FlaskClient) -> None:
    send(writer, STOPPED)
    for address in ("/can-xu-ly", f"/htx/{STOPPED}"):
        page = text_of(writer, address)
        assert all(told in page for told in ("Liên minh HTX tỉnh", "Họp giải thể", "31/12/2026", "đã gửi giấy mời"))
    assert "Sở Tài chính" in text_of(writer, f"/htx/{STOPPED}")  # what it said before


def test_an_organisation_nobody_had_in_charge_gets_one(writer: FlaskClient, url: str) -> None:
    assert "2 chưa có cơ quan theo dõi" in text_of(writer, "/can-xu-ly")
    assert send(writer, WAITING, han="", ghi_chu="").status_code == 303
    assert "1 chưa có cơ quan theo dõi" in text_of(writer, "/can-xu-ly")
    assert [(step.due_on, step.note) for step in steps(url, WAITING)] == [(None, "")]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"theo_doi": " "}, "Cơ quan, người theo dõi"),
        ({"viec": ""}, "Việc tiếp theo"),
        ({"han": "31/02/2027"}, "không phải ngày"),
        ({"han": "20/11/2026"}, "Hạn đã qua"),
        ({"nguoi_ghi": ""}, "Chưa ghi tên"),
        ({"ma_bieu_mau": "khac"}, "Biểu mẫu đã cũ"),
    ],
)
def test_a_refused_step_says_why_and_writes_nothing(
    writer: FlaskClient, url: str, changes: dict[str, str], why: str
) -> None:
    answer = send(writer, WAITING, **changes)
    assert answer.status_code == 403 and why in unescape(answer.get_data(as_text=True))
    assert steps(url, WAITING) == []


def test_a_day_that_passed_may_stay_while_the_rest_is_corrected(writer: FlaskClient, url: str) -> None:
    assert send(writer, STOPPED, han="30/06/2026").status_code == 303
    assert [step.due_on for step in steps(url, STOPPED)] == [date(2026, 6, 30)] * 2


def test_the_same_words_again_write_nothing_and_are_answered_as_the_first_time(writer: FlaskClient, url: str) -> None:
    answers = [send(writer, WAITING) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location and len(steps(url, WAITING)) == 1


def test_the_same_words_of_somebody_else_are_refused(writer: FlaskClient, url: str) -> None:
    send(writer, WAITING)
    answer = send(writer, WAITING, nguoi_ghi="Phạm Văn Mẫu")
    assert answer.status_code == 403 and "y như vậy" in answer.get_data(as_text=True)
    assert len(steps(url, WAITING)) == 1


def test_an_organisation_with_nothing_to_settle_takes_no_step(writer: FlaskClient, url: str) -> None:
    assert writer.get(f"/can-xu-ly/{ACTIVE}").status_code == 404
    assert writer.get("/can-xu-ly/abc").status_code == 404
    assert send(writer, ACTIVE, page=STOPPED).status_code == 403
    assert steps(url, ACTIVE) == []


def test_where_writing_is_off_no_way_leads_to_the_form_and_the_form_says_why(
    open_client: Callable[..., FlaskClient], url: str
) -> None:
    assert f'href="/can-xu-ly/{STOPPED}' in text_of(open_client(), "/can-xu-ly")
    reader = open_client(allow_writes=False)
    assert f'href="/can-xu-ly/{STOPPED}' not in text_of(reader, "/can-xu-ly")
    assert "Bản cài này chỉ để đọc" in text_of(reader, f"/can-xu-ly/{STOPPED}")
    assert reader.post(f"/can-xu-ly/{STOPPED}", data=SAID).status_code == 403
    assert len(steps(url, STOPPED)) == 1
