"""The choke point fact by fact: who signs in sees what, who writes under which name, what a token opens."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.read_session import Repository
from models import registry as tables
from tests.dashboard.access.desk import Client, fingerprint, form_token, sent, trail
from tests.dashboard.access.two_provinces import MINE, OTHER, task_of, told

WRONG = "/bao-so-lieu-sai"
REMARK = {"trang": f"/tinh/{MINE}#htx_count", "ve": "Số HTX", "noi-dung": "Con số này sai"}


def test_signing_in_is_offered_with_the_way_back(client_of: Client) -> None:
    answer = client_of().get("/tinh/gia-lai?nam=2045")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dang-nhap?ve=%2Ftinh%2Fgia-lai%3Fnam%3D2045")


@pytest.mark.parametrize("address", ["/api/v1/gaps.json", "/xuat/so-dang-ky.csv", "/lich/tinh/gia-lai.ics"])
def test_programs_are_told_that_they_must_sign_in(client_of: Client, address: str) -> None:
    answer = client_of().get(address)
    assert answer.status_code == 401
    assert "Đăng nhập" in (answer.get_json()["error"] if answer.is_json else answer.get_data(as_text=True))


def test_the_state_of_the_server_is_told_without_signing_in(client_of: Client) -> None:
    answer = client_of().get("/health")
    assert answer.status_code == 200 and answer.get_json()["status"] == "ok"


def test_another_province_is_refused_with_a_sentence_and_ways_on(client_of: Client) -> None:
    answer = client_of("viewer").get("/tinh/thanh-hoa")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 403
    assert "không có quyền xem số liệu ở địa bàn này" in page and 'href="/tai-khoan"' in page
    assert client_of("viewer").get("/nhiem-vu?dia-ban=thanh-hoa").status_code == 403


def test_the_head_of_a_page_says_who_is_signed_in_and_how_to_leave(client_of: Client) -> None:
    page = client_of("viewer").get("/").get_data(as_text=True)
    assert "Chỉ xem Gia Lai và cả nước" in page
    assert "Thử viewer" in page and 'action="/dang-xuat"' in page and form_token("viewer") in page
    public = client_of(public=True).get("/").get_data(as_text=True)
    assert "Chỉ xem" not in public
    assert 'href="/dang-nhap"' in public and "/dang-xuat" not in public


def test_links_that_lead_nowhere_for_a_reader_are_not_shown(client_of: Client) -> None:
    nobody = client_of().get("/dang-nhap").get_data(as_text=True)
    assert 'href="/tinh"' not in nobody and "/api/v1/gaps.csv" not in nobody
    assert 'href="/nhap-lieu"' not in client_of("viewer").get("/").get_data(as_text=True)
    assert 'href="/nhap-lieu"' in client_of("officer").get("/").get_data(as_text=True)
    assert 'href="/nhat-ky"' in client_of("admin").get("/").get_data(as_text=True)


def test_forms_are_shown_only_to_those_who_may_send_them(client_of: Client) -> None:
    page = f"/doi-soat?dia-ban={MINE}"
    assert "/chot-so?" in client_of("closer").get(page).get_data(as_text=True)
    assert "/chot-so?" not in client_of("officer").get(page).get_data(as_text=True)
    form = client_of("officer").get("/nhap-so").get_data(as_text=True)
    assert 'name="nguoi-ghi"' not in form and "Thử officer" in form
    refused = client_of("viewer").get("/nhap-so").get_data(as_text=True)
    assert "không có quyền nhập số liệu" in refused and 'name="gia-tri"' not in refused


def test_where_there_are_accounts_a_typed_name_writes_nothing(client_of: Client, own_door: Repository) -> None:
    """The trial of a single machine ends with the first account."""
    own_door.settings = replace(own_door.settings, allow_writes=True)
    before = fingerprint(own_door.engine)
    client = client_of(door=own_door)
    page = client.get(f"{WRONG}?dia-ban={MINE}&chi-tieu=htx_count").get_data(as_text=True)
    assert "Đăng nhập để ghi." in page and 'href="/dang-nhap?ve=' in page
    client.set_cookie("bieu-mau", "x")
    answer = client.post(WRONG, data={**REMARK, "ma-bieu-mau": "x", "nguoi-ghi": "Ai đó"})
    assert answer.status_code == 403
    assert fingerprint(own_door.engine) == before


def test_who_is_signed_in_writes_under_the_proved_name_and_is_noted(client_of: Client, own_door: Repository) -> None:
    client = client_of("viewer", door=own_door)
    assert client.post(WRONG, data=sent("viewer", **REMARK, **{"nguoi-ghi": "Người khác"})).status_code == 303
    with Session(own_door.engine) as session:
        row = session.scalars(select(tables.Remark).order_by(col(tables.Remark.id).desc())).first()
    assert row is not None and (row.reporter, row.is_reporter_verified) == ("Thử viewer", True)
    assert ("update", "Thử viewer", MINE) in trail(own_door)
    page = client_of("officer", door=own_door).get("/doi-soat?muc=phan-anh").get_data(as_text=True)
    assert "Thử viewer," in page and "Thử viewer (chưa xác thực)" not in page


def test_an_officer_answers_in_the_own_province_only(client_of: Client, own_door: Repository) -> None:
    client = client_of("officer", door=own_door)
    data = sent("officer", **{"tra-loi": "Đã đối chiếu"})
    assert client.post("/phan-anh/1", data=data).status_code == 303
    answer = client.post("/phan-anh/2", data=data)
    assert answer.status_code == 403 and "không có quyền cập nhật" in answer.get_data(as_text=True)
    with Session(own_door.engine) as session:
        mine, other = session.get(tables.Remark, 1), session.get(tables.Remark, 2)
    assert mine is not None and (mine.answered_by, mine.is_answerer_verified) == ("Thử officer", True)
    assert other is not None and other.answer is None


def test_an_office_reports_on_the_tasks_it_leads_and_on_no_others(client_of: Client, own_door: Repository) -> None:
    with Session(own_door.engine) as session:
        tasks = session.scalars(
            select(tables.Task).where(col(tables.Task.place) == OTHER, ~col(tables.Task.is_heading))
        )
        first = next(task for task in tasks if len(task.leads) == 1)
        grant = session.scalars(select(tables.AccountGrant).where(col(tables.AccountGrant.account_id) == 2)).one()
        elsewhere = session.scalars(select(tables.Agency.code).where(col(tables.Agency.code).not_in(first.leads)))
        grant.place, grant.agency, key = OTHER, elsewhere.first(), first.key
        session.commit()
        client = client_of("officer", door=own_door)
        assert client.post(f"/viec/{key}/bao-cao", data=sent("officer")).status_code == 403
        refused = client.post(f"/viec/{key}/bao-cao", data=sent("officer")).get_data(as_text=True)
        assert "không có quyền cập nhật" in refused
        grant.agency = first.leads[0]
        session.commit()
    answer = client.post(f"/viec/{key}/bao-cao", data=sent("officer"))
    assert "Chưa chọn kết quả" in answer.get_data(as_text=True)  # admitted, and told what is missing


def test_a_right_that_is_taken_away_is_gone_with_the_next_request(client_of: Client, own_door: Repository) -> None:
    own_door.settings = replace(own_door.settings, public_view=False)
    client = client_of("viewer", door=own_door)
    assert told(MINE, "HTX") in client.get("/htx/1").get_data(as_text=True)
    with Session(own_door.engine) as session:
        session.execute(text("UPDATE account_grant SET revoked_at = '2026-01-01' WHERE account_id = 1"))
        session.commit()
    answer = client.get("/htx/1")
    assert answer.status_code == 403 and told(MINE, "HTX") not in answer.get_data(as_text=True)


@pytest.mark.parametrize(("purpose", "address"), [
    ("lich", f"/lich/tinh/{MINE}.ics"), ("api", "/api/v1/gaps.json"), ("api", "/xuat/so-dang-ky.csv"),
])  # fmt: skip
def test_a_token_opens_what_it_is_for_and_its_own_places(client_of: Client, purpose: str, address: str) -> None:
    client = client_of()
    assert client.get(f"{address}?khoa=viewer-{purpose}").status_code == 200
    assert client.get(address, headers={"Authorization": f"Bearer viewer-{purpose}"}).status_code == 200
    assert client.get(f"{address}?khoa=viewer-tai-lieu").status_code == 401
    assert client.get(f"/tinh/{MINE}?khoa=viewer-{purpose}").status_code == 303
    assert client.get(f"/lich/tinh/{OTHER}.ics?khoa=viewer-lich").status_code == 403
    assert told(OTHER, "") not in client.get(f"{address}?khoa=viewer-{purpose}").get_data(as_text=True)


def test_a_token_changes_nothing(client_of: Client, own_door: Repository) -> None:
    before = fingerprint(own_door.engine)
    headers = {"Authorization": "Bearer officer-api"}
    assert client_of(door=own_door).post("/phan-anh/1", data=sent("officer"), headers=headers).status_code == 403
    assert fingerprint(own_door.engine) == before


def test_a_meeting_read_in_part_is_still_known_to_be_intact(client_of: Client, own_door: Repository) -> None:
    """The mark of a meeting stands for every number; a viewer of one province must not see it as tampered with."""
    own_door.settings = replace(own_door.settings, public_view=False)
    data = sent("everywhere", **{"ten": "Phiên thử", "dia-ban": MINE, "nam-moc": "2030"})
    opened = client_of("everywhere", door=own_door).post("/hop/mo", data=data)
    assert opened.status_code == 303
    page = client_of("viewer", door=own_door).get(opened.headers["Location"]).get_data(as_text=True)
    whole = client_of("everywhere", door=own_door).get(opened.headers["Location"]).get_data(as_text=True)
    mark = re.compile(r"khác với lúc mở|đã đổi|không còn như")
    assert mark.findall(page) == mark.findall(whole)


def test_an_account_without_any_right_reaches_its_own_page_and_nothing_else(client_of: Client) -> None:
    """Whoever has to change a one-time password first has no rights until then."""
    client = client_of("nothing")
    assert client.get("/tai-khoan").status_code == 200
    assert client.get("/").status_code == 403


def test_a_conclusion_about_another_province_is_refused_in_a_meeting_of_the_own(
    client_of: Client, own_door: Repository
) -> None:
    """An agenda may hold a foreign task; what is written about it would be the other province's."""
    with Session(own_door.engine) as session:
        item = session.scalars(select(tables.AgendaItem).where(col(tables.AgendaItem.meeting_id) == 1)).one()
        item.subject = task_of(session, OTHER)
        session.commit()
    before = fingerprint(own_door.engine)
    data = sent("officer", loai="conclusion", trang="2", **{"noi-dung": "Kết luận"})
    answer = client_of("officer", door=own_door).post("/hop/1/ghi", data=data)
    assert answer.status_code == 403 and "chưa ghi gì" in answer.get_data(as_text=True)
    assert fingerprint(own_door.engine) == before
