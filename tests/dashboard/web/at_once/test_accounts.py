"""Whatever several people do to accounts in one moment: somebody administers, and each guess counts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from flask import g
from sqlmodel import col, select

from dashboard.access.accounts import viewer_of_session
from dashboard.accounts.data import account_changes, second_factor, sessions
from dashboard.accounts.data.sign_in import SignInError, sign_in
from models.accounts import account_writing
from models.accounts.account import Account, AccountGrant, AccountSession, FailedSignIn
from models.accounts.account_reading import is_last_administrator
from models.accounts.account_rules import token_hash
from models.accounts.changing import ChangeSession
from models.accounts.rights import Grant, Role
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.database import Turn
from tests.dashboard.web.at_once.conftest import AT_ONCE, PLACE, Office
from tests.dashboard.web.at_once.together import one_kept

PHRASE = "một câu dài dễ nhớ"


def account(office: Office, name: str, *grants: Grant, must_change: bool = False) -> int:
    with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
        row = account_writing.add_account(session, name, f"Người {name}", PHRASE, must_change=must_change)
        for grant in grants:
            account_writing.add_grant(session, row, grant, "test")
        session.finish(Deed("account_changed", COMMAND_LINE))
        return account_writing.account_id(row)


def test_accounts_of_one_name(office: Office) -> None:
    def add(_number: int) -> Any:
        return account_changes.add_account(
            "trung.ten", "Trùng tên", has_password=True, grant=Grant(Role.VIEWER), by="a"
        )

    one_kept(office, add, account_writing.AccountError)
    assert len(office.rows(select(Account).where(col(Account.username) == "trung.ten"))) == 1


def test_one_role_given_at_once_is_held_once_and_taken_back_once(office: Office) -> None:
    number = account(office, "mot.vai")
    office.at_once(lambda _n: account_changes.give_role(number, Grant(Role.OFFICER, PLACE), "a"))
    (row,) = office.rows(select(AccountGrant).where(col(AccountGrant.account_id) == number))
    one_kept(office, lambda _n: account_changes.revoke_role(number, row.id, "a"), account_writing.AccountError)


@pytest.mark.parametrize("way", ["lock", "revoke"])
def test_administrators_who_take_each_other_out_leave_one(office: Office, way: str) -> None:
    for row in office.rows(select(AccountGrant).where(col(AccountGrant.role) == Role.ADMIN.value)):
        with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
            session.merge(row).revoked_at = datetime.now(UTC)
            session.finish(Deed("account_changed", COMMAND_LINE))
    numbers = [account(office, f"{way}.{n}", Grant(Role.ADMIN)) for n in range(AT_ONCE)]
    grants = {
        row.account_id: row.id for row in office.rows(select(AccountGrant).where(col(AccountGrant.role) == "admin"))
    }

    def act(number: int) -> None:
        other = numbers[number]
        account_changes.switch_off(other) if way == "lock" else account_changes.revoke_role(other, grants[other], "a")

    outcomes = office.at_once(act)
    assert sum(isinstance(outcome, account_writing.AccountError) for outcome in outcomes) == 1, outcomes
    left = next(numbers[n] for n, outcome in enumerate(outcomes) if outcome is not None)
    with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
        assert is_last_administrator(session, left)


def test_access_keys_never_exceed_their_number(office: Office) -> None:
    number = account(office, "nhieu.khoa")
    for _ in range(account_changes.MOST_TOKENS - 1):
        office.alone(lambda: account_changes.make_own_token(number, "api", "thử"))
    one_kept(office, lambda _n: account_changes.make_own_token(number, "api", "thử"), account_writing.AccountError)


def test_a_one_time_password_opens_one_session(office: Office) -> None:
    number = account(office, "mot.lan", must_change=True)
    opened = [o for o in office.at_once(lambda _n: sign_in("mot.lan", PHRASE)) if not isinstance(o, SignInError)]
    assert len(opened) == 1 and opened[0].must_change_password
    living = office.rows(select(AccountSession).where(col(AccountSession.account_id) == number))
    assert [row.token_hash for row in living] == [token_hash(opened[0].token)]


def test_a_one_time_password_is_used_up_and_its_keys_end_with_it(office: Office) -> None:
    number = account(office, "het.han", must_change=True)
    with office.server.test_request_context("/"):
        opened = sign_in("het.han", PHRASE)
        with pytest.raises(SignInError, match="đã được dùng"):
            sign_in("het.han", PHRASE)
        key = account_changes.make_own_token(number, "api", "làm trước khi đổi")
        account_changes.change_password(number, None, PHRASE, "một câu khác hẳn của mình")
        from dashboard.access.accounts import viewer_of_token

        assert viewer_of_token(key, "api") is None and opened.token
        assert account_changes.make_own_token(number, "api", "làm sau") and sign_in(
            "het.han", "một câu khác hẳn của mình"
        )


def test_guesses_at_once_count_exactly_and_lock_at_five(office: Office) -> None:
    number = account(office, "bi.doan")
    for _ in range(3):
        office.at_once(lambda n: sign_in("bi.doan", f"đoán sai lần {n} nữa"))
    (row,) = office.rows(select(Account).where(col(Account.id) == number))
    assert row.failed_count == 5 and row.locked_until is not None
    told = office.rows(select(FailedSignIn))
    assert len(told) >= 3 * AT_ONCE
    with office.server.test_request_context("/"), pytest.raises(SignInError):
        sign_in("bi.doan", PHRASE)


def test_right_passwords_at_once_leave_no_failure_behind(office: Office) -> None:
    number = account(office, "dung.ca")
    before = len(office.rows(select(FailedSignIn)))
    opened = office.at_once(lambda _n: sign_in("dung.ca", PHRASE))
    assert all(o.token for o in opened) and len(office.rows(select(FailedSignIn))) == before
    (row,) = office.rows(select(Account).where(col(Account.id) == number))
    assert (row.failed_count, row.locked_until) == (0, None)


def test_one_session_ends_once(office: Office) -> None:
    account(office, "mot.phien")
    with office.server.test_request_context("/"):
        token = sign_in("mot.phien", PHRASE).token
    before = office.told()
    office.at_once(lambda _n: sessions.close_session(token))
    assert office.told() == before + 1
    with office.server.test_request_context("/"):
        assert viewer_of_session(token) is None and "lack" not in g


def test_a_second_factor_is_put_in_force_once(office: Office) -> None:
    import pyotp

    number = account(office, "hai.lop")
    office.alone(lambda: second_factor.begin(number))
    secret = office.alone(lambda: second_factor.waiting_secret(number))
    code = pyotp.TOTP(secret).now()
    given = office.at_once(lambda _n: second_factor.confirm(number, None, code))
    assert sum(codes is not None for codes in given) == 1
