"""The walk: every address, page, download, callback and form as every role; nothing leaks and nothing changes."""

from __future__ import annotations

import dash
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Map, Rule

from dashboard.db.import_file import import_service
from dashboard.db.read_session import Repository
from dashboard.web import callbacks
from dashboard.web.rules import ENDPOINTS
from tests.dashboard.access.desk import Client, fingerprint, form_token
from tests.dashboard.access.places_to_go import Places, bodies, missing_rules, router
from tests.dashboard.access.telling import CALLBACK, FIELDS, NEEDS_ONLY_AN_ACCOUNT, Answer, leaks, said, what_is_hidden
from tests.dashboard.access.two_provinces import MINE, ONLY, OTHER, preview_of


@pytest.fixture(scope="session")
def tokens(application: dash.Dash, doors: dict[bool, Repository]) -> dict[str, str]:
    """A kept preview of each province."""
    with pytest.MonkeyPatch.context() as patch, application.server.app_context():
        patch.setitem(application.server.extensions, "repository", doors[False])
        return {place: import_service()._previews.keep(preview_of(place)) for place in (MINE, OTHER)}


@pytest.fixture(scope="session")
def places(application: dash.Dash, doors: dict[bool, Repository], tokens: dict[str, str]) -> Places:
    return Places(application, doors[False].engine, tokens)


@pytest.fixture(scope="session")
def hidden(doors: dict[bool, Repository]) -> tuple[set[str], set[str]]:
    """Texts and numbers that only provinces hold which the walkers may not see."""
    return what_is_hidden(doors[False])


def read_all(client: FlaskClient, places: Places, *, again: bool = False) -> list[Answer]:
    """Every address and what it answered, the inside of workbooks too; `again` with a filter for another province."""
    return [said(address, client.get(address)) for address in places.reads(again=again)]


def post_bodies(client: FlaskClient, places: Places) -> list[Answer]:
    """Every callback with real and forged bodies and what it answered."""
    return [said(str(body)[:200], client.post(CALLBACK, json=body)) for body in bodies(places)]


@pytest.mark.parametrize("role", ["viewer", "officer", "closer"])
def test_who_may_see_one_province_is_never_told_of_another(
    client_of: Client, places: Places, doors: dict[bool, Repository], hidden: tuple[set[str], set[str]], role: str
) -> None:
    before = fingerprint(doors[False].engine)
    client = client_of(role)
    answers = read_all(client, places, again=role == "viewer") + post_bodies(client, places)
    assert [(name, status) for name, status, _ in answers if status >= 500] == []
    assert {name: found for name, _, body in answers if (found := leaks(body, hidden))} == {}
    assert any(f"{ONLY} {MINE}" in body for _, _, body in answers)
    assert fingerprint(doors[False].engine) == before


@pytest.mark.parametrize("role", ["", "nothing"])
def test_where_everybody_signs_in_others_get_the_door_and_nothing_else(
    client_of: Client, places: Places, doors: dict[bool, Repository], role: str
) -> None:
    before = fingerprint(doors[False].engine)
    client = client_of(role)
    answers = read_all(client, places) + post_bodies(client, places)
    ours = {"/dang-nhap", "/tai-khoan", "/dang-xuat"} | ({"/duyet", "/viec-cua-toi"} if role else set())
    shown = [(name, status) for name, status, _ in answers if status < 300 and not is_open(name)]
    assert [item for item in shown if not item[0].startswith(tuple(ours))] == []
    assert [name for name, _, body in answers if ONLY in body or "Chỉ riêng" in body] == []
    assert [(name, status) for name, status, _ in answers if status >= 500] == []
    assert fingerprint(doors[False].engine) == before


def is_open(address: str) -> bool:
    """What a browser needs before anybody has signed in, and what a monitor asks."""
    return address.startswith(("/assets/", "/_dash-component-suites/", "/_favicon", "/health"))


@pytest.mark.parametrize("role", ["", "admin"])
def test_where_figures_are_public_every_address_answers_and_reading_changes_nothing(
    client_of: Client, places: Places, doors: dict[bool, Repository], hidden: tuple[set[str], set[str]], role: str
) -> None:
    """The same walk sees here what it must not see above, so it would notice a leak."""
    before = fingerprint(doors[True].engine)
    client = client_of(role, public=True)
    answers = read_all(client, places) + post_bodies(client, places)
    assert [(name, status) for name, status, _ in answers if status >= 500] == []
    found = {one for _, _, body in answers for one in leaks(body, hidden)}
    assert f"{ONLY} {OTHER}" in found and "97.002" in found and len(found) > 60
    assert [name for name, _, body in answers if f"{OTHER} giám đốc" in body] == []
    assert fingerprint(doors[True].engine) == before


@pytest.mark.parametrize("role", ["", "officer", "everywhere", "admin"])
@pytest.mark.parametrize("carries", ["nothing", "the token of somebody else"])
def test_no_form_changes_anything_without_the_readers_own_token(
    client_of: Client, places: Places, doors: dict[bool, Repository], role: str, carries: str
) -> None:
    before = fingerprint(doors[True].engine)
    client = client_of(role, public=True)
    client.set_cookie("bieu-mau", form_token("stranger"))
    sent = FIELDS | ({} if carries == "nothing" else {"ma-bieu-mau": form_token("stranger")})
    if not role:
        sent |= {"ma-bieu-mau": form_token("nobody")}
    answers = {address: client.post(address, data=sent).status_code for address in places.posts()}
    assert {address: status for address, status in answers.items() if status < 400 or status >= 500} == {}
    assert fingerprint(doors[True].engine) == before


@pytest.mark.parametrize("role", ["viewer", "officer", "closer", "nothing"])
def test_no_form_of_a_signed_in_reader_changes_another_province(
    client_of: Client, places: Places, doors: dict[bool, Repository], monkeypatch: pytest.MonkeyPatch, role: str
) -> None:
    """The reader's own token, the other province in the address and in every field."""
    monkeypatch.setattr("dashboard.reports.data.job_process.launch", lambda *_: None)
    before = fingerprint(doors[False].engine)
    client = client_of(role)
    others = [address for address in places.posts() if "1" not in address.split("/") and MINE not in address]
    asked = [address for address in others if not address.startswith(NEEDS_ONLY_AN_ACCOUNT)]
    asked = [address for address in asked if not any(own in address for own in (places.tokens[0], "-0001", "tac/2"))]
    asked.remove(f"/nhap-lieu/{places.tokens[2]}/huy")  # giving up a preview that is not there does nothing
    sent = FIELDS | {"ma-bieu-mau": form_token(role)}
    answers = {address: client.post(address, data=sent).status_code for address in asked}
    assert len(answers) > 30
    assert {address: status for address, status in answers.items() if status != 403} == {}
    assert fingerprint(doors[False].engine) == before


def test_an_administrator_without_other_roles_changes_no_figure(
    client_of: Client, places: Places, doors: dict[bool, Repository]
) -> None:
    before = fingerprint(doors[False].engine)
    client = client_of("admin")
    asked = [a for a in places.posts() if not a.startswith((*NEEDS_ONLY_AN_ACCOUNT, "/quan-tri", "/hop/"))]
    sent = FIELDS | {"ma-bieu-mau": form_token("admin")}
    assert {address: s for address in asked if (s := client.post(address, data=sent).status_code) != 403} == {}
    assert fingerprint(doors[False].engine) == before


def test_everything_that_can_be_asked_for_has_a_rule(application: dash.Dash) -> None:
    application.server.test_client().get("/")  # Dash adds its own callbacks on the first request
    assert missing_rules(application) == []


def test_a_new_route_page_or_callback_without_a_rule_is_noticed_and_refused(
    application: dash.Dash, client_of: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = application.server.url_map
    rules = [*(rule.empty() for rule in old.iter_rules()), Rule("/moi", endpoint="moi", methods=["GET"])]
    monkeypatch.setattr(application.server, "url_map", Map(rules, converters=old.converters))
    monkeypatch.setitem(application.server.view_functions, "moi", lambda: "mới")
    with application.server.test_request_context():
        known = callbacks.declared_callbacks(application)
    known = {**known, "moi.getRowsResponse": known["register-grid.getRowsResponse"]}
    monkeypatch.setattr(callbacks, "declared_callbacks", lambda _app: known)
    assert missing_rules(application) == ["moi", "moi.getRowsResponse"]
    client = client_of("everywhere", public=True)
    assert client.get("/moi").status_code == 403
    inputs = [{"id": "register-grid", "property": "getRowsRequest", "value": {}}]
    outputs = {"id": "moi", "property": "getRowsResponse"}
    body = {"output": "moi.getRowsResponse", "outputs": outputs, "inputs": inputs, "changedPropIds": []}
    assert client.post(CALLBACK, json=body).status_code == 403


@pytest.mark.parametrize(("name", "address"), [
    ("api.rows", "/api/v1/gaps.json"), ("pages.place-layout", "/tinh/gia-lai"), ("pages.overview-layout", "/"),
    ("pages.organizations-layout", "/htx"),
])  # fmt: skip
def test_an_address_whose_rule_is_taken_away_is_shut_even_to_those_who_may_everything(
    client_of: Client, monkeypatch: pytest.MonkeyPatch, name: str, address: str
) -> None:
    client = client_of("everywhere", public=True)
    assert client.get(address).status_code == 200
    monkeypatch.delitem(ENDPOINTS, name)
    answer = client.get(address)
    assert answer.status_code == 403
    told = answer.get_json()["error"] if answer.is_json else answer.get_data(as_text=True)
    assert "Chưa ai được mở địa chỉ này" in told
    if not answer.is_json:
        assert client.post(CALLBACK, json=router(address)).status_code == 403


def test_a_page_drawn_by_its_callback_asks_for_the_same_rule(client_of: Client) -> None:
    """Dash draws pages through a callback that carries the path; it is no way around the address."""
    assert client_of("viewer").post(CALLBACK, json=router("/htx")).status_code == 200
    for role in ("nothing", ""):
        assert client_of(role).post(CALLBACK, json=router("/htx")).status_code in (401, 403)


def test_what_dash_does_not_draw_cannot_be_had_through_its_callback(client_of: Client) -> None:
    for address in (f"/tinh/{MINE}", f"/tinh/{OTHER}", "/htx/1", "/tai-khoan", "/khong-co", "/api/v1/gaps.json"):
        assert client_of("everywhere").post(CALLBACK, json=router(address)).status_code == 403
