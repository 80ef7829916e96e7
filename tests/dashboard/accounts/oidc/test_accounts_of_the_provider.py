"""Which account stands behind what an OpenID provider proved, and which roles it brings."""

from __future__ import annotations

from typing import Any

import requests
from sqlalchemy.orm import Session

from models.accounts.account_reading import account_of, grant_rows
from models.accounts.account_writing import add_account, add_grant
from models.accounts.rights import Grant, Role
from tests.patience import PATIENCE


def test_roles_of_the_claim_are_replaced_at_each_sign_in_and_those_given_by_hand_stay(
    province: Any, provider: str
) -> None:
    browser = province.browser()
    browser.come_in("u-1")
    with province.session() as session:
        add_grant(session, account_of(session, "lan.tran"), Grant(Role.CLOSER, "thanh-hoa"), "test")
    claims = {"preferred_username": "Lan.Tran", "name": "Trần Thị Thử"}
    requests.put(f"{provider}/users/u-1", json={**claims, "roles": ["admin"]}, timeout=PATIENCE)
    try:
        province.browser().come_in("u-1")
        with province.session() as session:
            held = grant_rows(session, account_of(session, "lan.tran").id)
            assert {(row.role, row.place, row.origin) for row in held} == {
                ("admin", None, "oidc"), ("closer", "thanh-hoa", "hand")
            }  # fmt: skip
    finally:
        requests.put(f"{provider}/users/u-1", json={**claims, "roles": ["cb-gia-lai"]}, timeout=PATIENCE)


def test_a_namesake_at_the_provider_does_not_get_an_account_with_a_password(province: Any) -> None:
    browser = province.browser()
    answer = browser.come_in("u-2")
    assert answer.status_code == 403 and "chưa được mở ở đây" in browser.alert(answer)
    assert browser.key == "" and province.account("quan.tri").oidc_subject is None


def test_an_account_that_is_off_is_refused(province: Any) -> None:
    province.browser().come_in("u-1")
    province.change("lan.tran", is_active=False)
    browser = province.browser()
    answer = browser.come_in("u-1")
    assert answer.status_code == 403 and "đang bị khóa" in browser.alert(answer) and browser.key == ""


def test_without_auto_create_only_prepared_accounts_come_in(install: Any, offering: Any, provider: str) -> None:
    province = install(**offering(provider))
    assert "chưa được mở ở đây" in province.browser().alert(province.browser().come_in("u-1"))
    with Session(province.door.engine) as session:
        add_account(session, "lan.tran", "Trần Thị Thử")
        session.commit()
    assert province.browser().come_in("u-1").status_code == 303
    assert province.account("lan.tran").oidc_subject == "u-1"


def test_a_claim_without_a_usable_name_makes_no_account(province: Any) -> None:
    assert "chưa cho biết tên" in province.browser().alert(province.browser().come_in("u-3"))


def test_a_second_factor_at_the_provider_counts_as_one_here(install: Any, offering: Any, provider: str) -> None:
    province = install(**offering(provider), oidc_auto_create=True, needs_second_factor=True)
    strong, weak = province.browser(), province.browser()
    strong.come_in("u-4")
    weak.come_in("u-1")
    assert "đòi xác thực hai lớp" not in strong.text("/tai-khoan")
    assert "đòi xác thực hai lớp" in weak.text("/tai-khoan")


def test_nobody_is_led_to_another_site_by_way_of_the_provider(province: Any) -> None:
    assert province.browser().come_in("u-1", "//evil.example.org").headers["Location"] == "/"
