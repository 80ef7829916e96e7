"""Signing in through an OpenID provider, against a real one in a process of its own."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
import requests

from dashboard.accounts import oidc
from models.accounts.account_secrets import decrypt, encrypt
from models.accounts.rights import Grant, Role
from tests.patience import PATIENCE

BACK = "/dang-nhap/oidc/tra-ve"


def remembered(browser: Any, province: Any) -> dict[str, str]:
    """What the sealed cookie holds."""
    cookie = browser.client.get_cookie(oidc.COOKIE, path="/dang-nhap/oidc")
    opened = decrypt(cookie.value, province.settings.secret_key, oidc.PURPOSE)
    found: dict[str, str] = json.loads(opened or "{}")
    return found


def remember(browser: Any, province: Any, kept: dict[str, str]) -> None:
    sealed = encrypt(json.dumps(kept), province.settings.secret_key, oidc.PURPOSE)
    browser.client.set_cookie(oidc.COOKIE, sealed, path="/dang-nhap/oidc")


def test_whom_the_provider_proves_is_in_with_the_roles_of_the_map(province: Any) -> None:
    browser = province.browser()
    assert "Đăng nhập bằng tài khoản của tỉnh" in browser.text("/dang-nhap")
    answer = browser.come_in("u-1", "/tinh/gia-lai")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/tinh/gia-lai")
    assert "Trần Thị Thử" in browser.text("/tai-khoan") and "cán bộ" in browser.text("/tai-khoan")
    account = province.account("lan.tran")
    assert (account.password_hash, account.oidc_subject) == (None, "u-1")
    assert ("sign_in", "lan.tran") in province.trail()


def test_the_request_carries_pkce_state_and_nonce(province: Any) -> None:
    browser = province.browser()
    asked = {name: values[0] for name, values in parse_qs(urlsplit(browser.leave()).query).items()}
    kept = remembered(browser, province)
    digest = hashlib.sha256(kept["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert (asked["code_challenge_method"], asked["response_type"]) == ("S256", "code")
    assert (asked["state"], asked["nonce"]) == (kept["state"], kept["nonce"])
    assert asked["redirect_uri"].endswith(BACK)


def test_the_sealed_cookie_tells_a_thief_nothing_and_is_used_once(province: Any) -> None:
    browser = province.browser()
    address = browser.leave()
    cookie = browser.client.get_cookie(oidc.COOKIE, path="/dang-nhap/oidc")
    assert cookie.http_only and cookie.same_site == "Lax" and remembered(browser, province)["nonce"] not in cookie.value
    browser.get(browser.agree(address, "u-1"))
    assert browser.client.get_cookie(oidc.COOKIE, path="/dang-nhap/oidc") is None


def test_coming_back_without_having_left_signs_nobody_in(province: Any) -> None:
    back = province.browser().agree(province.browser().leave(), "u-1")
    victim = province.browser()
    answer = victim.get(back)
    assert answer.status_code == 403 and "không bắt đầu từ trình duyệt này" in victim.alert(answer)
    assert victim.key == ""


def test_a_wrong_state_signs_nobody_in(province: Any) -> None:
    browser = province.browser()
    back = browser.agree(browser.leave(), "u-1")
    answer = browser.get(f"{back.split('&state=')[0]}&state=guessed")
    assert answer.status_code == 403 and browser.key == ""


def test_a_code_that_was_used_signs_nobody_in_again(province: Any) -> None:
    browser = province.browser()
    address = browser.leave()
    kept = remembered(browser, province)
    back = browser.agree(address, "u-1")
    assert browser.get(back).status_code == 303
    again = province.browser()
    remember(again, province, kept)
    answer = again.get(back)
    assert answer.status_code == 403 and "không hợp lệ" in browser.alert(answer) and again.key == ""


def test_a_token_for_another_request_is_refused_by_its_nonce(province: Any, caplog: pytest.LogCaptureFixture) -> None:
    browser = province.browser()
    back = browser.agree(browser.leave(), "u-1")
    remember(browser, province, {**remembered(browser, province), "nonce": "of-another-request"})
    answer = browser.get(back)
    assert answer.status_code == 403 and "không hợp lệ" in browser.alert(answer) and browser.key == ""
    assert "nonce" in caplog.text


def test_an_expired_token_is_refused(
    install: Any, start_provider: Any, offering: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with start_provider("--token-max-age", "-60") as address:
        province = install(**offering(address), oidc_auto_create=True)
        browser = province.browser()
        answer = browser.come_in("u-1")
        assert answer.status_code == 403 and "không hợp lệ" in browser.alert(answer) and browser.key == ""
        assert "ExpiredTokenError" in caplog.text


def test_a_token_made_for_another_client_is_refused(province: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = province.browser()
    back = browser.agree(browser.leave(), "u-1")
    real = oidc._Provider.parse_id_token
    monkeypatch.setattr(oidc._Provider, "parse_id_token", lambda *a, **k: {**real(*a, **k), "aud": ["other"]})
    answer = browser.get(back)
    assert answer.status_code == 403 and "không hợp lệ" in browser.alert(answer) and browser.key == ""


def test_a_token_signed_with_another_key_is_refused(
    province: Any, start_provider: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = province.browser()
    back = browser.agree(browser.leave(), "u-1")
    with start_provider() as stranger:
        keys = requests.get(f"{stranger}/jwks", timeout=PATIENCE).json()
        monkeypatch.setattr(oidc._Provider, "fetch_jwk_set", lambda _self, force=False: keys)
        answer = browser.get(back)
    assert answer.status_code == 403 and "không hợp lệ" in browser.alert(answer) and browser.key == ""


def test_while_the_provider_is_away_the_page_says_so_and_offers_the_password(install: Any, offering: Any) -> None:
    province = install(**offering("http://127.0.0.1:1"))
    province.add("quan.tri", Grant(Role.ADMIN))
    browser = province.browser()
    answer = browser.get("/dang-nhap/oidc")
    assert answer.status_code == 503 and "Không kết nối được" in browser.alert(answer)
    assert browser.sign_in("quan.tri").status_code == 303


@pytest.mark.parametrize("issuer", ["http://provider.example.org", "ftp://127.0.0.1"])
def test_a_provider_in_the_open_is_not_asked(install: Any, offering: Any, issuer: str) -> None:
    browser = install(**offering(issuer)).browser()
    answer = browser.get("/dang-nhap/oidc")
    assert answer.status_code == 503 and "https" in browser.alert(answer)


def test_a_provider_that_calls_itself_otherwise_is_not_believed(install: Any, offering: Any, provider: str) -> None:
    province = install(**offering(provider.replace("127.0.0.1", "localhost") + "/"))
    answer = province.browser().get("/dang-nhap/oidc")
    assert answer.status_code in (403, 503)


def test_a_provider_that_does_not_know_us_is_told_apart_from_a_false_answer(
    install: Any, offering: Any, provider: str
) -> None:
    browser = install(**{**offering(provider), "oidc_client_secret": ""}).browser()
    answer = browser.come_in("u-1")
    assert answer.status_code == 503 and "OIDC_CLIENT_ID" in browser.alert(answer)


@pytest.mark.parametrize(
    ("taken", "way"),
    [
        (None, "client_secret_basic"),
        (["client_secret_post"], "client_secret_post"),
        (["client_secret_post", "client_secret_basic"], "client_secret_basic"),
    ],
)
def test_our_secret_is_sent_as_the_provider_takes_it(
    install: Any, offering: Any, provider: str, taken: list[str] | None, way: str
) -> None:
    chosen = install(**offering(provider)).settings
    assert oidc._proof(chosen, {"token_endpoint_auth_methods_supported": taken}) == way


def test_refusing_at_the_provider_is_told(province: Any) -> None:
    browser = province.browser()
    state = parse_qs(urlsplit(browser.leave()).query)["state"][0]
    answer = browser.get(f"{BACK}?{urlencode({'error': 'access_denied', 'state': state})}")
    assert answer.status_code == 403 and "đã từ chối" in browser.alert(answer)


def test_without_a_provider_its_addresses_say_so(install: Any) -> None:
    browser = install().browser()
    assert browser.get("/dang-nhap/oidc").status_code == browser.get(BACK).status_code == 404
    assert "oidc" not in browser.get("/dang-nhap").get_data(as_text=True)
