"""Whatever an address is asked with, it answers: no failure of ours, no stream that breaks off, no endless answer."""

from __future__ import annotations

import re
from itertools import cycle
from random import Random
from urllib.parse import quote, urlencode

import dash
import pytest

from dashboard.db.read_session import Repository
from dashboard.register.address import PARAMETERS
from dashboard.tasks.values import FIELDS
from dashboard.web.api import DAYS as API_DAYS
from dashboard.web.api import FILTERS
from models.config.settings import ROOT
from tests.dashboard.access.desk import Client
from tests.dashboard.access.places_to_go import Places
from tests.dashboard.access.two_provinces import MINE, OTHER

READ = re.compile(r'(?:args|query|rest|typed)(?:\.get\(|\[)"([\w-]+)"')
IN_PATH = re.compile(r"<(?:[^:<>]*(?:\([^)]*\))?:)?(\w+)>")
DAYS = ("0001-01-01", "9999-12-31", "10000-01-01", "31/12/9999", "2026-02-30", "2020-01-01")
NUMBERS = ("99999", "0000", "-1", "0", "2147483648", "9" * 30, "9" * 4500, "1e309", "２０２６", "²", "2")
TEXTS = (MINE, "", "x;=1+1;y", "' OR 1=1 --", "<b>x</b>", "{0}", "%s", "\u202e", "a" * 3000, "../../etc/passwd", "[]")
NASTY = (*DAYS, *NUMBERS, *TEXTS)
UNFIT = ("%00", "a%00b", "%ED%A0%80", "%FF", "%C0%80")  # NUL, half a letter, no letter at all
LARGEST = 5_000_000  # bytes of an answer from the reviewed data


@pytest.fixture(scope="module")
def addresses(application: dash.Dash, doors: dict[bool, Repository]) -> list[str]:
    return Places(application, doors[True].engine, {MINE: "x" * 32, OTHER: "y" * 32}).one_each()


@pytest.fixture(scope="module")
def parameters(application: dash.Dash) -> list[str]:
    """Every name that the code reads from an address, and the names of the parts of paths."""
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "dashboard").rglob("*.py")]
    rules = [str(rule) for rule in application.server.url_map.iter_rules()]
    found = {name for text in code for name in READ.findall(text)} | {*PARAMETERS.values(), *FIELDS.values(), *FIELDS}
    found |= {name for rule in rules for name in IN_PATH.findall(rule)} | {
        "snapshot",
        "view",
        "arguments",
        *API_DAYS,
        *FILTERS,
    }
    assert {"biet-den", "nam-so", "as-of", "number", "token", "key", "trang"} <= found
    return sorted(found)


def trouble(client_of: Client, addresses: list[str], role: str) -> list[tuple[str, int]]:
    """The addresses that failed or gave too much; a stream that breaks off raises here."""
    client, found = client_of(role, public=True), []
    for address in addresses:
        answer = client.get(address)
        size = len(answer.get_data())
        if answer.status_code >= 500 or size > LARGEST:
            found.append((address[:200], answer.status_code))
    return found


def test_every_address_answers_whatever_one_of_its_arguments_says(
    client_of: Client, addresses: list[str], parameters: list[str]
) -> None:
    values = cycle(NASTY)
    asked = [f"{address}?{urlencode({name: next(values)})}" for address in addresses for name in parameters[::3]]
    assert trouble(client_of, asked, "") == []


@pytest.mark.parametrize("role", ["", "officer", "admin"])
def test_every_address_answers_whatever_all_of_its_arguments_say(
    client_of: Client, addresses: list[str], parameters: list[str], role: str
) -> None:
    chance = Random(f"2030 {role}")
    asked = []
    for address in addresses:
        for _ in range(4):
            names = chance.sample(parameters, chance.randint(1, 6))
            asked.append(f"{address}?{urlencode([(name, chance.choice(NASTY)) for name in names])}")
    assert trouble(client_of, asked, role) == []


@pytest.mark.parametrize("address", [
    "/hop/1?number=2", "/duyet/1?number=2", "/duyet/1?token=" + "y" * 32, "/nhap-lieu/" + "x" * 32 + "?token=y",
    f"/tinh/{MINE}?slug={OTHER}", "/htx/1?number=2", "/can-xu-ly/1?number=2", "/giai-trinh/gt-0001?key=x&kind=y",
    *(f"{path}?biet-den={day}" for path in ("/htx/1", "/htx/theo-xa", "/doi-soat", "/", "/nhiem-vu") for day in DAYS),
    *(f"/nhat-ky{end}?{name}={day}" for end in ("", ".csv") for name in ("tu-ngay", "den-ngay") for day in DAYS),
    *(f"/xuat/theo-xa.csv?nam-so={year}" for year in NUMBERS), *(f"/chot-so?nam-so={year}" for year in NUMBERS),
    *(f"/doi-soat?muc=bao-cao&nam-so={year}" for year in NUMBERS), *(f"/hop/1?trang={page}" for page in NUMBERS),
])  # fmt: skip
def test_what_once_failed_answers(client_of: Client, address: str) -> None:
    assert trouble(client_of, [quote(address, safe="/?&=-.%:")], "admin") == []
    assert trouble(client_of, [quote(address, safe="/?&=-.%:")], "") == []


@pytest.mark.parametrize(
    ("address", "query"), [("/hop/1", "number=2"), ("/htx/1", "number=2"), ("/tinh/gia-lai", "slug=x")]
)
def test_a_query_named_like_a_part_of_the_path_is_left_out(client_of: Client, address: str, query: str) -> None:
    client = client_of("officer", public=True)
    plain, asked = client.get(address), client.get(f"{address}?{query}")
    heading = re.compile(r"<h1>.*?</h1>")
    assert asked.status_code == plain.status_code and heading.findall(asked.text) == heading.findall(plain.text) != []


@pytest.mark.parametrize("value", UNFIT)
def test_what_no_database_keeps_is_refused_at_every_address_and_noted_nowhere(
    client_of: Client, doors: dict[bool, Repository], addresses: list[str], value: str
) -> None:
    client = client_of("viewer", public=True)
    with doors[True].engine.connect() as connection:
        before = connection.exec_driver_sql("SELECT count(*) FROM trail").scalar()
        for address in addresses:
            for asked in (f"{address}?place={value}", f"{address}?{value}=1"):
                answer = client.get(asked)
                assert answer.status_code == 400, asked
                assert "không lưu được" in (answer.get_json()["error"] if answer.is_json else answer.text)
        assert connection.exec_driver_sql("SELECT count(*) FROM trail").scalar() == before
