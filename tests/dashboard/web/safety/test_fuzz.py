"""Whatever is sent, nothing breaks open: no answer 500, no stack trace, and without a right nothing changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from random import Random
from typing import Any
from urllib.parse import quote

import dash
import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from dashboard.web.callbacks import ENDPOINT as CALLBACKS
from dashboard.web.callbacks import declared_callbacks
from dashboard.web.refusals import TAKES_FILES
from tests.dashboard.web.safety import forged

SAID_BY_A_PAGE = {
    "key": "gt-0001", "number": "1", "slug": "ninh-thuan", "name": "gaps", "extension": "csv", "kind": "register",
    "run_id": "1", "code": "htx_count", "checksum": "0" * 64, "token": "a" * 32,
}  # fmt: skip
PARAMETERS = (
    "nam", "biet-den", "dia-ban", "co-quan", "xem", "muc", "tinh-trang", "han", "nam-viec", "tim", "loai", "linh-vuc",
    "phap-ly", "xep-loai", "co", "sau", "ky", "thang", "vi", "trang", "nam-so", "chi-tieu", "tu", "as-of", "known-on",
    "place", "ve", "khoa", "truoc", "xa", "ranh-gioi", "snapshot", "view", "path_template",
)  # fmt: skip
ROUNDS = 4
UNHURRIED = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
EXAMPLES = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    suppress_health_check=UNHURRIED,
)


@pytest.fixture(autouse=True)
def nothing_changes(fingerprint: Callable[[], str]) -> Iterator[None]:
    """Every test of this file leaves the database as it was."""
    before = fingerprint()
    yield
    assert fingerprint() == before


def check(answer: TestResponse, what: object) -> TestResponse:
    """No failure of ours, and nothing of our inside in the answer."""
    body = answer.get_data()
    assert answer.status_code < 500, what
    assert b"Traceback" not in body and b"sqlalchemy" not in body.lower(), what
    assert b"<script>alert(1)" not in body or answer.mimetype != "text/html", what
    answer.close()
    return answer


def callbacks(application: dash.Dash) -> dict[str, dict[str, Any]]:
    with application.server.test_request_context():
        return dict(declared_callbacks(application))


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
def test_a_body_that_is_no_call_of_a_page_is_refused(client: FlaskClient, kind: str) -> None:
    for raw in forged.RAW:
        answer = check(client.post(CALLBACKS, data=raw, content_type=kind), (kind, raw[:40]))
        assert answer.status_code == 400 and answer.is_json


def test_a_call_with_another_content_type_is_refused(application: dash.Dash, client: FlaskClient) -> None:
    name, known = next(iter(callbacks(application).items()))
    body = forged.body_for(name, known["inputs"], known["state"], lambda _values: None)
    answer = check(client.post(CALLBACKS, data=forged.as_json(body), content_type="text/plain"), name)
    assert answer.status_code in (400, 415)


@EXAMPLES
@given(data=st.data())
def test_a_callback_takes_any_values_without_failing(
    application: dash.Dash, client: FlaskClient, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(callbacks(application))))
    known = callbacks(application)[name]
    body = forged.body_for(name, known["inputs"], known["state"], data.draw)
    check(client.post(CALLBACKS, data=forged.as_json(body), content_type="application/json"), body)


@EXAMPLES
@given(data=st.data())
def test_a_call_of_another_shape_is_refused(application: dash.Dash, client: FlaskClient, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(callbacks(application))))
    known = callbacks(application)[name]
    body = forged.body_for(name, known["inputs"], known["state"], lambda _values: "/")
    part = data.draw(st.sampled_from(["output", "outputs", "inputs", "state", "changedPropIds"]))
    was, body[part] = body[part], data.draw(forged.values)
    answer = check(client.post(CALLBACKS, data=forged.as_json(body), content_type="application/json"), body)
    assert answer.status_code == 400 or body[part] in (was, [])


@pytest.mark.parametrize("name", ["_pages_dummy.children", "app.children", "..app.children..", "nobody.data", ""])
def test_an_output_that_no_callback_has_is_refused(client: FlaskClient, name: str) -> None:
    body = forged.body_for(name, [], [], lambda _values: None) if "." in name else {"output": name, "inputs": []}
    assert check(client.post(CALLBACKS, json=body), name).status_code == 400


@pytest.mark.parametrize("address", [CALLBACKS, "/nhap-so", "/hop/mo", "/bao-so-lieu-sai"])
def test_ten_megabytes_are_refused_unread(client: FlaskClient, address: str) -> None:
    answer = check(
        client.post(address, data=b"[" + b"1," * 5_000_000 + b"1]", content_type="application/json"), address
    )
    assert answer.status_code in (403, 413)
    fields = {"noi-dung": "a" * 2_000_000}
    assert check(client.post(address, data=fields), address).status_code in (403, 413, 400)


def test_only_forms_for_files_take_more_than_a_megabyte(client: FlaskClient) -> None:
    assert client.application.view_functions.keys() >= TAKES_FILES
    two = {"tep": (BytesIO(b"0" * 2_000_000), "so.xlsx")}
    assert check(client.post("/nhap-lieu", data=two), "a file").status_code == 403  # read whole, then without a token
    other = {"tep": (BytesIO(b"0" * 2_000_000), "so.xlsx")}
    answer = check(client.post("/nhap-so", data=other), "no file belongs there")
    assert answer.status_code == 413 and "1 MB" in answer.text


def rules(application: dash.Dash, method: str) -> list[str]:
    """Every address of the application, with its parts as in Flask's rules, and of its pages."""
    found = {str(rule) for rule in application.server.url_map.iter_rules() if method in (rule.methods or ())}
    return sorted(found - {CALLBACKS})


def filled(rule: str, chance: Random) -> str:
    """An address of a rule: each part from a page, or forged."""

    def part(match: re.Match[str]) -> str:
        if chance.random() < 0.5 and match[1] in SAID_BY_A_PAGE:
            return SAID_BY_A_PAGE[match[1]]
        return escaped(chance.choice(forged.TEXTS) or "x")[:1500]

    return re.sub(r"<(?:[^:<>]*(?:\([^)]*\))?:)?(\w+)>", part, rule)


def escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def test_every_address_takes_any_query_without_failing(application: dash.Dash, client: FlaskClient) -> None:
    chance = Random(2030)
    for rule in rules(application, "GET"):
        for _ in range(ROUNDS):
            names = chance.sample(PARAMETERS, chance.randint(0, 5))
            query = "&".join(f"{name}={escaped(chance.choice(forged.TEXTS))}" for name in names)
            address = f"{filled(rule, chance)}?{query}"
            check(client.get(address), address)


@pytest.mark.parametrize("address", ["/bieu-do/cam-ket/%0a/x", "/a%0ab/c%0ad", "/tinh/%0a", "/hop/%0d%0a", "/%0a"])
def test_a_line_break_in_an_address_is_an_address_that_does_not_exist(client: FlaskClient, address: str) -> None:
    assert check(client.get(address), address).status_code == 404


def test_every_form_is_refused_without_its_token(application: dash.Dash, client: FlaskClient) -> None:
    chance = Random(2045)
    for rule in rules(application, "POST"):
        for _ in range(ROUNDS):
            address = filled(rule, chance)
            fields = {name: chance.choice(forged.TEXTS).encode("utf-8", "surrogatepass") for name in PARAMETERS}
            answer = check(client.post(address, data=fields), address)
            assert 400 <= answer.status_code < 500, address
            answer = check(client.post(address, data=b"\x00\xff" * 50, content_type="multipart/form-data"), address)
            assert 400 <= answer.status_code < 500, address


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_do_nothing(client: FlaskClient, method: str) -> None:
    for rule in ("/", "/nhap-so", "/hop/1", "/api/v1/gaps.json", CALLBACKS):
        check(client.open(rule, method=method, data=b"x"), (method, rule))
