"""The rules of accounts as arithmetic: names, passwords, locks, where one is sent after signing in."""

from __future__ import annotations

import json
import unicodedata
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.accounts.account_rules import (
    fold_username,
    is_session_over,
    lock_time,
    one_time_password,
    password_problem,
    plain_code,
    recovery_code,
    safe_return,
    username_problem,
)
from models.accounts.account_secrets import decrypt, encrypt, hash_password, is_password
from models.accounts.rights import Grant, Role
from models.config.role_map import grants_for, read_role_map
from models.config.settings import read_settings

NOW = datetime(2026, 11, 21, 8, tzinfo=UTC)
HERE = "https://cam-ket.example.org"


@given(st.text(max_size=30))
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert fold_username(fold_username(name)) == fold_username(name)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=["L", "N"]), min_size=2, max_size=30))
def test_a_name_is_the_same_in_both_cases_and_spellings_where_unicode_says_so(name: str) -> None:
    for form in ("NFC", "NFD"):
        assert fold_username(unicodedata.normalize(form, name)) == fold_username(name)
    assert fold_username(f" {name.casefold()} ") == fold_username(name)


@pytest.mark.parametrize("name", ["a", "a b", "", ".ab", "ab-", "a" * 65, "a\tb", "tên\u200bẩn", "<b>"])
def test_names_that_could_be_mistaken_are_refused(name: str) -> None:
    assert username_problem(fold_username(name))


@pytest.mark.parametrize("name", ["Lan.Nguyen", "LÊ-thị", "so-tai-chinh", "a1", "lan@so"])
def test_usual_names_are_taken(name: str) -> None:
    assert username_problem(fold_username(name)) == ""


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("mười một ký", "ít nhất 12"),
        ("matkhau12345", "hay bị đoán"),
        ("aaaaaaaaaaaa", "hay bị đoán"),
        ("xin chao LAN.nguyen nhe", "tên đăng nhập"),
        ("x" * 201, "dài hơn"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(typed: str, says: str) -> None:
    assert says in password_problem(typed, "lan.nguyen")


@pytest.mark.parametrize("typed", ["trời hôm nay đẹp quá", "khong co chu hoa hay so", "123 con bò vàng!"])
def test_no_kind_of_sign_is_asked_for(typed: str) -> None:
    assert password_problem(typed, "lan.nguyen") == ""


@pytest.mark.parametrize(
    ("failures", "minutes"), [(4, 0), (5, 15), (6, 0), (10, 30), (15, 60), (20, 120), (50, 1440), (500, 1440)]
)
def test_every_fifth_failure_locks_twice_as_long_up_to_a_day(failures: int, minutes: int) -> None:
    assert lock_time(failures) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("idle", "old", "revoked", "over"),
    [(59, 1, False, False), (60, 1, False, True), (1, 13, False, True), (1, 1, True, True)],
)
def test_a_session_ends_by_disuse_by_age_and_by_hand(idle: int, old: int, revoked: bool, over: bool) -> None:
    seen, end = NOW - timedelta(minutes=idle), NOW - timedelta(hours=old) + timedelta(hours=12)
    assert is_session_over(NOW, seen_at=seen, expires_at=end, revoked_at=NOW if revoked else None) is over


@given(st.text(alphabet="/\\:.?#@ab% \t\n\r;&=-đ", max_size=14))
def test_after_signing_in_nobody_leaves_the_site(address: str) -> None:
    for given_address in (address, "/" + address, "//" + address, "/\\" + address):
        way = safe_return(given_address)
        assert way.startswith("/") and not way.startswith(("//", "/\\"))
        read_by_a_browser = way.replace("\\", "/").replace("\t", "").replace("\n", "").replace("\r", "")
        assert urlsplit(urljoin(HERE, read_by_a_browser)).netloc == urlsplit(HERE).netloc


@pytest.mark.parametrize(
    "address",
    ["https://evil.example.org/", "//evil.example.org", "/\\evil.example.org", "javascript:alert(1)", "/\tx", None,
     "", "/dang-nhap", "/dang-nhap/oidc?ve=/", "/dang-xuat"],
)  # fmt: skip
def test_an_address_that_leads_elsewhere_becomes_the_first_page(address: str | None) -> None:
    assert safe_return(address) == "/"


@pytest.mark.parametrize("address", ["/tinh/gia-lai?nam=2045", "/tai-khoan", "/htx?tim=h%E1%BB%A3p", "/dang-nhap-khac"])
def test_an_address_of_this_site_is_kept(address: str) -> None:
    assert safe_return(address) == address


def test_a_password_is_known_again_in_either_spelling_of_its_letters() -> None:
    kept = hash_password("một câu dài dễ nhớ")
    assert kept.startswith("$argon2id$")
    assert is_password(unicodedata.normalize("NFD", "một câu dài dễ nhớ"), kept)
    assert not is_password("một câu dài dễ nhớ!", kept)
    assert not is_password("bất kỳ", None)
    assert not is_password("bất kỳ", "not a hash")


def test_what_is_encrypted_opens_only_with_its_secret_its_purpose_and_in_time() -> None:
    sealed = encrypt("JBSWY3DP", "one secret", "totp")
    assert decrypt(sealed, "one secret", "totp") == "JBSWY3DP"
    assert decrypt(sealed, "other secret", "totp") is None
    assert decrypt(sealed, "one secret", "oidc-state") is None
    assert decrypt(sealed[:-4] + "AAAA", "one secret", "totp") is None
    assert decrypt(sealed, "one secret", "totp", not_older=-1) is None
    assert "JBSWY3DP" not in sealed


def test_codes_for_paper_cannot_be_confused_and_are_read_however_typed() -> None:
    assert not set("01ilo") & set(one_time_password() + recovery_code())
    code = recovery_code()
    assert plain_code(f" {code.upper()} ") == plain_code(code)
    assert len(plain_code(code)) == 16


def test_a_claim_gives_the_roles_of_the_map_and_no_other() -> None:
    found = read_role_map('{"cb": [{"role": "officer", "place": "gia-lai"}], "sep": [{"role": "viewer"}]}')
    assert grants_for(found, "cb") == (Grant(Role.OFFICER, "gia-lai"),)
    assert set(grants_for(found, ["sep", "cb", "other"])) == {Grant(Role.OFFICER, "gia-lai"), Grant(Role.VIEWER)}
    assert grants_for(found, None) == grants_for(found, 5) == grants_for((), "cb") == ()


@pytest.mark.parametrize(
    "text",
    ["[", "[]", '{"a": {"role": "admin"}}', '{"a": [{"role": "boss"}]}', '{"a": [{"role": "admin", "where": "x"}]}',
     '{"a": [{"role": "viewer", "sees_persons": "yes"}]}', '{"a": [{"role": "viewer", "place": 5}]}'],
)  # fmt: skip
def test_a_map_that_cannot_be_understood_stops_the_start_and_names_the_setting(text: str) -> None:
    with pytest.raises(ValueError, match="OIDC_ROLE_MAP"):
        read_settings({"OIDC_ROLE_MAP": text})


@pytest.mark.parametrize("hours", ["0", "25", "x", "-1"])
def test_a_session_lives_one_hour_to_a_day(hours: str) -> None:
    with pytest.raises(ValueError, match="SESSION_HOURS"):
        read_settings({"SESSION_HOURS": hours})


def test_settings_never_print_the_secret_of_the_provider() -> None:
    found = read_settings({"OIDC_CLIENT_SECRET": "giu-kin", "OIDC_ROLE_MAP": json.dumps({"a": [{"role": "viewer"}]})})
    assert "giu-kin" in found.oidc_client_secret and "giu-kin" not in repr(found)
