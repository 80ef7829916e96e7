"""Every answer carries the same guards, whatever made it and however it went wrong."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dash import Dash
from flask import Flask, Response, abort, request
from flask.testing import FlaskClient

from dashboard.access.headers import set_headers
from dashboard.web.refusals import refuse_plainly
from models.config.settings import read_settings

ANSWERS = (
    ("GET", "/", 200),
    ("GET", "/tinh/thanh-hoa", 200),
    ("GET", "/khong-co", 404),
    ("GET", "/tinh/thanh-hoa?slug=x", 200),
    ("GET", "/nhap-so", 200),
    ("GET", "/health", 200),
    ("GET", "/api/v1/gaps.json", 200),
    ("GET", "/api/v1/gaps.csv", 200),
    ("GET", "/api/v1/nothing.json", 404),
    ("GET", "/lich/tinh/thanh-hoa.ics", 200),
    ("GET", "/lich/tinh/khong-co.ics", 404),
    ("GET", "/xuat/so-dang-ky.csv", 200),
    ("GET", "/nhiem-vu.xlsx", 200),
    ("GET", "/assets/10-tokens.css", 200),
    ("GET", "/assets/nothing.css", 404),
    ("GET", "/_dash-component-suites/other/x.js", 404),
    ("GET", "/_dash-layout", 200),
    ("POST", "/", 405),
    ("POST", "/nhap-so", 403),
    ("POST", "/_dash-update-component", 400),
    ("GET", "/hop/99999999999999999999", 404),
)
ALWAYS = ("Content-Security-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Referrer-Policy")


@pytest.mark.parametrize(("method", "address", "status"), ANSWERS)
def test_every_answer_carries_the_guards(client: FlaskClient, method: str, address: str, status: int) -> None:
    answer = client.open(address, method=method)
    assert answer.status_code == status
    assert all(answer.headers.getlist(name) and len(answer.headers.getlist(name)) == 1 for name in ALWAYS)
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in policy
    assert policy.startswith("default-src 'self'" if answer.mimetype == "text/html" else "default-src 'none'")
    assert "unsafe-eval" not in policy and "script-src 'self' 'unsafe-inline'" not in policy
    assert "Strict-Transport-Security" not in answer.headers
    assert b"Traceback" not in answer.data and b"werkzeug" not in answer.data.lower()


def test_only_assets_may_be_kept_by_anybody(client: FlaskClient) -> None:
    for method, address, status in ANSWERS:
        said = client.open(address, method=method).headers.get("Cache-Control", "")
        if address == "/assets/10-tokens.css":
            assert "max-age" in said
        else:
            assert "private" in said and ("no-cache" in said or "no-store" in said), (address, status, said)


def test_what_a_signed_in_person_sees_is_not_left_on_the_machine(client: FlaskClient) -> None:
    signed_in = client.application.test_client()
    signed_in.set_cookie("phien-lam-viec", "x")
    for address in ("/", "/api/v1/gaps.json", "/nhiem-vu.csv"):
        answer = signed_in.get(address)
        assert "no-store" in answer.headers["Cache-Control"] and "Cookie" in answer.headers["Vary"]


def site(**changes: Any) -> FlaskClient:
    """The guards alone, around the smallest application."""
    app = Dash("headers", server=Flask("headers"), pages_folder="", use_pages=False)
    app.layout = []
    set_headers(app, replace(read_settings({}), **changes))
    refuse_plainly(app)

    @app.server.get("/seen")
    def seen() -> Response:
        answer = Response(f"{request.scheme} {request.host} {request.remote_addr}", mimetype="text/plain")
        answer.set_cookie("plain", "1")
        answer.set_cookie("strict", "2", samesite="Strict", httponly=True)
        return answer

    @app.server.get("/gone")
    def gone() -> Response:
        abort(410)

    return app.server.test_client()


FORWARDED = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example.org", "X-Forwarded-For": "203.0.113.9"}


def test_without_a_trusted_proxy_forwarded_headers_count_for_nothing() -> None:
    answer = site().get("/seen", headers=FORWARDED)
    assert answer.text == "http localhost 127.0.0.1"
    assert "Strict-Transport-Security" not in answer.headers
    assert not any("Secure" in cookie for cookie in answer.headers.getlist("Set-Cookie"))


def test_behind_a_trusted_proxy_https_is_kept_and_cookies_are_secure() -> None:
    answer = site(trusted_proxies=1).get("/seen", headers=FORWARDED | {"X-Forwarded-Host": "cam-ket.example.org"})
    assert answer.text == "https cam-ket.example.org 203.0.113.9"
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
    plain, strict = answer.headers.getlist("Set-Cookie")
    assert plain.endswith("HttpOnly; SameSite=Lax; Secure")
    assert strict.count("SameSite") == 1 and "SameSite=Strict" in strict and strict.endswith("Secure")


def test_only_the_nearest_proxies_are_believed() -> None:
    headers = {"X-Forwarded-For": "10.9.9.9, 203.0.113.9", "X-Forwarded-Proto": "http, https"}
    assert site(trusted_proxies=1).get("/seen", headers=headers).text == "https localhost 203.0.113.9"


@pytest.mark.parametrize("headers", [{"Host": "evil.example.org"}, {"Host": "cam-ket.example.org.evil.example.org"}])
def test_a_forged_host_is_refused(headers: dict[str, str]) -> None:
    answer = site(trusted_hosts=("cam-ket.example.org",)).get("/seen", headers=headers)
    assert answer.status_code == 400 and "evil" not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_whole_application_refuses_a_forged_host_with_a_sentence(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(client.application.config, "TRUSTED_HOSTS", ["cam-ket.example.org"])
    for address in ("/", "/lich/tinh/thanh-hoa.ics", "/nhap-so", "/api/v1/gaps.json"):
        answer = client.get(address, headers={"Host": "evil.example.org"})
        assert answer.status_code == 400 and "evil" not in answer.text
    assert "Yêu cầu không đọc được" in client.get("/", headers={"Host": "evil.example.org"}).text


def test_the_own_name_is_served_with_any_port() -> None:
    answer = site(trusted_hosts=("cam-ket.example.org",)).get("/seen", headers={"Host": "cam-ket.example.org:8050"})
    assert answer.status_code == 200


def test_errors_of_any_kind_carry_the_guards_too() -> None:
    assert site().get("/gone").headers["Content-Security-Policy"].endswith("frame-ancestors 'none'")
