"""What one person proposes counts only once another has approved it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.imports.data import approvals
from models.accounts.account import Account, AccountGrant, AccountSession
from models.accounts.approval import DecidedError, PendingChange
from models.accounts.trail import TrailEntry
from models.base.database import make_engine
from models.base.source import Run
from models.rows import EXPORTS

GAPS = "/api/v1/gaps.json"
SETTLE = "/chot-so?dia-ban=thanh-hoa&chi-tieu=htx_count&nam-so=2025"
FIGURE = {
    "dia_ban": "thanh-hoa", "chi_tieu": "htx_count|unstated", "gia_tri": "1.399", "ngay": "31/10/2026",
    "don_vi": "Sở Tài chính", "nguon": "Báo cáo thử", "loai": "actual",
}  # fmt: skip


@pytest.fixture
def rows(settings):
    """Rows of a table, read beside the application."""
    engine = make_engine(settings.database_url)

    def read(model: Any) -> list[Any]:
        with Session(engine) as session:
            return list(session.scalars(select(model).order_by(col(model.id))))

    yield read
    engine.dispose()


def everything(browser) -> dict[str, bytes]:
    """Every table of the API as this person gets it."""
    return {table: browser.get(f"/api/v1/{table}.json").data for table in EXPORTS}


def runs(rows) -> int:
    return len(rows(Run))


def test_a_proposed_file_changes_nothing_until_another_person_approves_it(as_person, workbook, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    before = everything(binh)
    proposal = an.propose_file(workbook)
    assert everything(binh) == before
    assert "chưa có tổ chức nào" in binh.read("/htx?dia-ban=thanh-hoa")
    assert runs(rows) == 1
    assert "1 đề nghị chờ bạn duyệt" in binh.read("/duyet")
    preview = binh.look(proposal)
    assert "2 dòng mới" in binh.read(preview) or "Mới 2" in binh.read(preview)
    answer = binh.send(preview, f"{proposal}/duyet")
    assert answer.status_code == 303, answer.get_data(as_text=True)
    assert "HTX Lam Sơn" in binh.read("/htx?dia-ban=thanh-hoa")
    (pending,) = rows(PendingChange)
    run = rows(Run)[-1]
    assert (pending.verdict, pending.run_id, pending.decided_by_name) == ("approved", run.id, "Lê Thị Bình")
    assert run.actor == "Trần Văn An; duyệt: Lê Thị Bình"


def test_the_proposer_cannot_approve_nor_refuse_through_another_session_either(
    as_person, second_session, workbook, rows
) -> None:
    an = as_person("an")
    proposal = an.propose_file(workbook)
    other = as_person("an", second_session("an"))
    assert "Người đề nghị không tự duyệt được" in other.read(proposal)
    assert [action for action in other.forms(proposal) if action.startswith("/duyet")] == [f"{proposal}/rut"]
    token = other.forms(proposal)[f"{proposal}/rut"]
    for way in ("duyet", "khong-duyet"):
        answer = other.client.post(f"{proposal}/{way}", data={**token, "ly-do": "thử xem", "phien-ban": "1"})
        assert answer.status_code == 403
        assert "không tự duyệt được" in answer.get_data(as_text=True)
    assert rows(PendingChange)[0].verdict is None


@pytest.mark.parametrize("who", ["cuong", "dung", "ha", "khanh", ""])
def test_nobody_without_the_right_to_approve_there_sees_or_approves_a_proposal(as_person, workbook, rows, who) -> None:
    proposal = as_person("an").propose_file(workbook)
    other = as_person(who)
    if who:
        assert "so.xlsx" not in other.read("/duyet")
        assert "so.xlsx" not in other.read(proposal, 404)
        form = other.forms("/tai-khoan") or other.forms("/duyet")
        token = next((fields for fields in form.values() if "ma-bieu-mau" in fields), {})
    else:
        assert other.get(proposal).status_code in (303, 401, 403)
        token = {}
    answer = other.client.post(f"{proposal}/duyet", data={**token, "phien-ban": "1"})
    assert answer.status_code in (401, 403)
    assert rows(PendingChange)[0].verdict is None


def test_data_that_moved_on_is_shown_anew_before_it_can_be_approved(as_person, workbook, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    proposal = an.propose_file(workbook)
    preview = binh.look(proposal)
    form = binh.forms(preview)[f"{proposal}/duyet"]
    figure = an.send("/nhap-so", "/nhap-so", **FIGURE).headers["Location"]
    assert binh.send(figure, f"{figure}/duyet").status_code == 303
    answer = binh.client.post(f"{proposal}/duyet", data=form)
    assert answer.headers["Location"] == f"{proposal}?da-doi=1"
    assert rows(PendingChange)[0].verdict is None
    again = binh.look(f"{proposal}?da-doi=1")
    assert "Dữ liệu đã đổi từ lúc bạn xem" in binh.read(again)
    assert binh.send(again, f"{proposal}/duyet").status_code == 303
    assert rows(PendingChange)[0].verdict == "approved"


def test_what_comes_in_while_a_proposal_is_being_shown_is_shown_before_it_can_be_approved(
    as_person, rows, monkeypatch
) -> None:
    an, binh, giang = as_person("an"), as_person("binh"), as_person("giang")
    figure = an.send("/nhap-so", "/nhap-so", **FIGURE).headers["Location"]
    second = an.send("/nhap-so", "/nhap-so", **{**FIGURE, "don_vi": "Sở khác"}).headers["Location"]
    second_form, shown = giang.forms(second)[f"{second}/duyet"], approvals.effects

    def slowly(item: Any) -> Any:
        found = shown(item)
        monkeypatch.setattr(approvals, "effects", shown)
        with as_person("giang").client.application.app_context():
            assert giang.client.post(f"{second}/duyet", data=second_form).status_code == 303
        return found

    monkeypatch.setattr(approvals, "effects", slowly)
    answer = binh.send(figure, f"{figure}/duyet")
    assert answer.headers["Location"] == f"{figure}?da-doi=1"
    assert [row.verdict for row in rows(PendingChange)] == [None, "approved"]


def test_a_preview_of_another_file_does_not_approve_this_one(as_person, workbook, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    proposal = an.propose_file(workbook)
    other = binh.preview(workbook, year=2024).split("?")[0].rsplit("/", 1)[1]
    form = {**binh.forms(binh.look(proposal))[f"{proposal}/duyet"], "ban-xem-truoc": other}
    answer = binh.client.post(f"{proposal}/duyet", data=form)
    assert answer.status_code == 403
    assert "không phải của đề nghị" in answer.get_data(as_text=True)
    assert runs(rows) == 1


def test_a_choice_of_the_official_value_a_figure_and_an_undo_wait_too(as_person, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    before = everything(binh)
    assert "Gửi để người thứ hai duyệt" in an.read("/nhap-so")
    official = an.send(SETTLE, "/chot-so", ly_do="Biên bản đối chiếu 12/BB").headers["Location"]
    figure = an.send("/nhap-so", "/nhap-so", **FIGURE).headers["Location"]
    assert everything(binh) == before
    assert "Biên bản đối chiếu 12/BB" in binh.read(official)
    assert "1.399" in binh.read(figure)
    assert binh.send(figure, f"{figure}/duyet").status_code == 303
    assert b"1399" in binh.get(GAPS).data
    assert binh.send(official, f"{official}/duyet").status_code == 303
    run = rows(Run)[1]
    undo = an.send(f"/hoan-tac/{run.id}", f"/hoan-tac/{run.id}").headers["Location"]
    assert b"1399" in binh.get(GAPS).data
    assert binh.send(undo, f"{undo}/duyet").status_code == 303
    assert b"1399" not in binh.get(GAPS).data
    assert [item.kind for item in rows(Run)] == ["init", "manual", "official", "undo"]


def test_a_refusal_needs_a_reason_that_the_proposer_reads(as_person, workbook, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    proposal = an.propose_file(workbook)
    preview = binh.look(proposal)
    assert binh.send(preview, f"{proposal}/khong-duyet", ly_do="").status_code == 403
    assert binh.send(preview, f"{proposal}/khong-duyet", ly_do="Thiếu xã C").status_code == 303
    assert "Thiếu xã C" in an.read(proposal)
    assert runs(rows) == 1
    answer = binh.client.post(f"{proposal}/duyet", data=binh.forms("/nhap-lieu")["/nhap-lieu"] | {"phien-ban": "1"})
    assert answer.status_code == 403


def test_the_proposer_may_take_it_back_and_the_same_may_not_wait_twice(as_person, workbook, rows) -> None:
    an = as_person("an")
    proposal = an.propose_file(workbook)
    address = an.preview(workbook)
    answer = an.send(address, f"{address.split('?')[0]}/nap")
    assert answer.status_code == 403
    assert "đang chờ duyệt" in answer.get_data(as_text=True)
    assert an.send(proposal, f"{proposal}/rut").status_code == 303
    assert rows(PendingChange)[0].verdict == "withdrawn"


def test_each_step_is_in_the_trail_under_its_own_name(as_person, workbook, rows) -> None:
    an, binh = as_person("an"), as_person("binh")
    proposal = an.propose_file(workbook)
    binh.send(binh.look(proposal), f"{proposal}/duyet")
    _data, *entries = rows(TrailEntry)
    said = [(e.action, e.actor_name, e.place) for e in entries]
    assert said == [("propose", "Trần Văn An", "thanh-hoa"), ("approve", "Lê Thị Bình", "thanh-hoa")]
    assert entries[1].details["run"] == rows(Run)[-1].id


def test_one_step_is_enough_where_the_setting_does_not_ask_for_two(open_for, workbook, rows) -> None:
    an = open_for(two_steps=False)("an")
    address = an.preview(workbook)
    assert an.send(address, f"{address.split('?')[0]}/nap").headers["Location"].startswith("/doi-soat")
    assert rows(Run)[-1].actor == "Trần Văn An"
    assert rows(PendingChange) == []


def test_without_accounts_two_steps_refuse_every_change_with_a_sentence(open_for, settings, rows) -> None:
    engine = make_engine(settings.database_url)
    with engine.begin() as connection:
        for model in (AccountSession, AccountGrant, Account):
            connection.execute(delete(model))
    engine.dispose()
    trial = open_for(allow_writes=True)("")
    for page in ("/nhap-lieu", "/nhap-so"):
        assert "tạo tài khoản đầu tiên trên máy chủ" in trial.read(page)
    answer = trial.client.post("/nhap-so", data={"nguoi-ghi": "Ai Đó"})
    assert answer.status_code in (401, 403)
    assert "hai người cho mỗi thay đổi" in answer.get_data(as_text=True)
    assert runs(rows) == 1


def test_a_change_whose_verdict_cannot_be_written_is_not_made_either(as_person, workbook, rows, monkeypatch) -> None:
    an, binh = as_person("an"), as_person("binh")
    file = an.propose_file(workbook)
    figure = an.send("/nhap-so", "/nhap-so", **FIGURE).headers["Location"]

    def decided_meanwhile(*_: object, **__: object) -> None:
        raise DecidedError

    monkeypatch.setattr(approvals, "decide", decided_meanwhile)
    for answer in (binh.send(binh.look(file), f"{file}/duyet"), binh.send(figure, f"{figure}/duyet")):
        assert answer.status_code == 403
        assert "không còn chờ" in answer.get_data(as_text=True)
    assert runs(rows) == 1
    assert [item.verdict for item in rows(PendingChange)] == [None, None]


def test_national_figures_are_approved_only_by_who_holds_the_right_everywhere(as_person, rows) -> None:
    giang, national = as_person("giang"), {**FIGURE, "dia_ban": "viet-nam"}
    proposal = giang.send("/nhap-so", "/nhap-so", **national).headers["Location"]
    assert as_person("binh").get(proposal).status_code == 404
    assert rows(PendingChange)[0].place == "viet-nam"
