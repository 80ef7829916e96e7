"""What an administrator does with accounts, what nobody else can, and what each grant comes to."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from dashboard.access.accounts import viewer_of_session, viewer_of_token
from models.accounts.account import Account, AccountGrant
from models.accounts.account_reading import account_of, grant_rows, make_viewer
from models.accounts.rights import Action, Grant, Role

LIST = "/quan-tri/tai-khoan"
CHANGES = ("khoa", "mo-khoa", "mat-khau", "bo-hai-lop", "dong-phien", "vai-tro", "vai-tro/2/thu-hoi",
           "khoa-truy-cap/1/thu-hoi")  # fmt: skip


@pytest.fixture
def admin(office: Any) -> Any:
    """The administrator's browser."""
    browser = office.browser()
    browser.sign_in("quan.tri")
    return browser


def act(admin: Any, number: int, what: str, **fields: str) -> Any:
    return admin.send(f"{LIST}/{number}", f"{LIST}/{number}/{what}", **fields)


def roles(office: Any, name: str) -> set[tuple[str, str | None]]:
    with office.session() as session:
        account = account_of(session, name)
        assert account and account.id
        return {(row.role, row.place) for row in grant_rows(session, account.id)}


def one_time(answer: Any) -> str:
    found = re.search(r"[a-z2-9]{5}(?:-[a-z2-9]{5}){3}", answer.get_data(as_text=True))
    assert found
    return found[0]


def test_an_account_is_added_with_a_role_and_a_password_shown_once(office: Any, admin: Any) -> None:
    fields = {"ten": "Lan.Tran", "ho_ten": "Trần Thị Thử", "vai_tro": "officer", "dia_ban": "gia-lai"}
    answer = admin.send(LIST, LIST, **fields)
    handed_over = one_time(answer)
    assert handed_over not in admin.get(LIST).get_data(as_text=True)
    assert roles(office, "lan.tran") == {("officer", "gia-lai")}
    assert office.browser().sign_in("LAN.TRAN", handed_over).headers["Location"] == "/tai-khoan?da=moi"
    assert ("account_changed", "thêm tài khoản: lan.tran") in office.trail() and handed_over not in str(office.trail())


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"ten": "QUAN.TRI"}, "Đã có tài khoản"),
        ({"ten": "có dấu cách"}, "Tên đăng nhập có từ"),
        ({"dia_ban": "atlantis"}, "Không có địa bàn"),
        ({"co_quan": "nobody"}, "Không có cơ quan"),
        ({"vai_tro": "root"}, "không có trong danh mục"),
    ],
)
def test_what_cannot_be_added_is_told_and_nothing_is_added(admin: Any, office: Any, fields: dict, says: str) -> None:
    answer = admin.send(LIST, LIST, **{"ten": "moi", "ho_ten": "Người mới", "vai_tro": "viewer", **fields})
    assert answer.status_code == 403 and says in answer.get_data(as_text=True)
    with office.session() as session:
        assert len(session.scalars(select(Account)).all()) == 2


def test_a_locked_account_is_out_at_once_and_back_after_unlocking(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")
    assert act(admin, 2, "khoa").status_code == 303
    assert officer.get("/tai-khoan").status_code == 303
    assert officer.sign_in("can.bo").status_code == 403
    assert "đã khóa" in admin.text(LIST)
    act(admin, 2, "mo-khoa")
    assert officer.sign_in("can.bo").status_code == 303
    assert [s for a, s in office.trail() if a == "account_changed"] == [
        "khóa tài khoản: can.bo",
        "mở khóa tài khoản: can.bo",
    ]


def test_unlocking_forgets_failed_attempts(office: Any, admin: Any) -> None:
    office.change("can.bo", failed_count=5, locked_until=datetime.now(UTC) + timedelta(hours=1))
    assert "tạm khóa đến" in admin.text(LIST)
    act(admin, 2, "mo-khoa")
    assert office.browser().sign_in("can.bo").status_code == 303


def test_a_role_given_and_taken_back_changes_rights_at_once_and_stays_in_the_history(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")

    def may_close() -> bool:
        with office.server.app_context():
            return viewer_of_session(officer.key).may(Action.CLOSE, "thanh-hoa")

    assert not may_close()
    act(admin, 2, "vai-tro", vai_tro="closer", dia_ban="thanh-hoa")
    assert may_close()
    act(admin, 2, "vai-tro", vai_tro="closer", dia_ban="thanh-hoa")  # twice is once
    act(admin, 2, "vai-tro/3/thu-hoi")
    assert not may_close()
    with office.session() as session:
        row = session.get_one(AccountGrant, 3)
        assert (row.granted_by, row.revoked_by) == ("Người quan.tri", "Người quan.tri") and row.revoked_at
        assert session.get(AccountGrant, 4) is None


def test_a_new_one_time_password_ends_sessions_and_replaces_the_old_one(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")
    handed_over = one_time(act(admin, 2, "mat-khau"))
    assert officer.get("/tai-khoan").status_code == 303
    assert officer.sign_in("can.bo").status_code == 403
    assert officer.sign_in("can.bo", handed_over).headers["Location"] == "/tai-khoan?da=moi"


def test_a_lost_second_factor_is_taken_away_and_sessions_end(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")
    office.change("can.bo", totp_secret="sealed", totp_confirmed_at=datetime.now(UTC))  # noqa: S106
    act(admin, 2, "bo-hai-lop")
    assert officer.get("/tai-khoan").status_code == 303
    assert office.browser().sign_in("can.bo").headers["Location"] == "/"


def test_all_sessions_of_an_account_can_be_ended(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")
    act(admin, 2, "dong-phien")
    assert officer.get("/tai-khoan").status_code == 303


def test_an_access_key_of_somebody_can_be_revoked(office: Any, admin: Any) -> None:
    officer = office.browser()
    officer.sign_in("can.bo")
    shown = officer.send("/tai-khoan", "/tai-khoan/khoa", muc_dich="api", ghi_chu="máy cũ").get_data(as_text=True)
    key = re.search(r'class="secret">([\w-]{43})<', shown)
    assert key and "máy cũ" in admin.text(f"{LIST}/2")
    assert act(admin, 2, "khoa-truy-cap/1/thu-hoi").status_code == 303
    with office.server.app_context():
        assert viewer_of_token(key[1], "api") is None


@pytest.mark.parametrize("what", ["khoa", "vai-tro/1/thu-hoi"])
def test_the_last_administrator_cannot_be_locked_out(office: Any, admin: Any, what: str) -> None:
    answer = act(admin, 1, what)
    assert answer.status_code == 403 and "duy nhất" in answer.get_data(as_text=True)
    office.add("thu.hai", Grant(Role.ADMIN))
    assert act(admin, 1, what).status_code == 303


def test_nobody_but_an_administrator_of_everything_sees_or_changes_accounts(office: Any) -> None:
    office.add("quan.tri.tinh", Grant(Role.ADMIN, "gia-lai"))
    for name in ("can.bo", "quan.tri.tinh"):
        browser = office.browser()
        browser.sign_in(name)
        assert browser.get(LIST).status_code == browser.get(f"{LIST}/1").status_code == 403
        token = browser.form_token("/tai-khoan")
        for address in (LIST, *(f"{LIST}/2/{what}" for what in CHANGES)):
            fields = {"ma-bieu-mau": token, "ten": "gian", "ho-ten": "Gian", "vai-tro": "admin"}
            assert browser.client.post(address, data=fields).status_code == 403, address
    with office.session() as session:
        assert session.scalars(select(Account).where(col(Account.username) == "gian")).all() == []
        assert {row.role for row in grant_rows(session, 2)} == {"officer"}


def test_without_the_token_of_the_form_an_administrator_changes_nothing(office: Any, admin: Any) -> None:
    for address in (LIST, *(f"{LIST}/2/{what}" for what in CHANGES)):
        fields = {"ten": "gian", "ho-ten": "Gian", "vai-tro": "admin"}
        assert admin.client.post(address, data=fields).status_code == 403, address
    assert office.account("can.bo").is_active and roles(office, "can.bo") == {("officer", "gia-lai")}


def test_an_account_that_is_not_there_is_not_found(admin: Any) -> None:
    assert admin.get(f"{LIST}/99").status_code == 404
    token = admin.form_token(LIST)
    assert admin.client.post(f"{LIST}/99/khoa", data={"ma-bieu-mau": token}).status_code in (403, 404)


def test_a_grant_for_a_merged_province_covers_the_provinces_it_took_in(office: Any) -> None:
    with office.session() as session:
        viewer = make_viewer(session, account_of(session, "can.bo"))
    assert {"gia-lai", "gia-lai-truoc-2025-07", "binh-dinh"} <= viewer.places
    assert viewer.may(Action.IMPORT, "binh-dinh") and not viewer.may(Action.IMPORT, "thanh-hoa")


def test_a_grant_for_a_former_province_does_not_reach_its_successor(office: Any) -> None:
    office.add("cu", Grant(Role.OFFICER, "gia-lai-truoc-2025-07"))
    with office.session() as session:
        viewer = make_viewer(session, account_of(session, "cu"))
    assert not viewer.may(Action.IMPORT, "gia-lai") and not viewer.may(Action.IMPORT, "binh-dinh")
