"""Kept answers are the bytes that were sent, and never say what has changed or what the reader may not see."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.app import LivePages
from dashboard.db.cache import Cache
from dashboard.db.read_session import FinishedAnswer, Repository
from dashboard.web import authorize as admission
from dashboard.web import response_cache
from models.accounts.rights import NOBODY, Grant, Role, Viewer
from models.base.database import make_engine
from models.base.facts import Fact, apply_facts
from models.base.source import Run
from models.config.settings import ROOT, Settings
from models.targets.observation import Observation

GZIP = {"Accept-Encoding": "gzip"}
PAGE = "/tinh/thanh-hoa"
SPARE = set(Fact.model_fields) - {"key"}


@pytest.fixture
def keeping(app: LivePages, loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The application on a copy of the data, with a memory for answers."""
    with loaded.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    target = tmp_path / "kept.sqlite3"
    shutil.copy(str(loaded.url.database), target)
    settings = Settings(f"sqlite:///{target}", ROOT / "data", "", today=date(2026, 11, 21), answer_memory_mb=4)
    door = Repository(settings)
    monkeypatch.setitem(app.server.extensions, "repository", door)
    yield door
    door.engine.dispose()


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses whose answers are kept from now on."""
    seen: list[str] = []
    keep = Cache.keep

    def note(self: Cache[Any], key: Hashable, value: Any) -> Any:
        if isinstance(value, FinishedAnswer):
            seen.append(str(key))
        return keep(self, key, value)

    monkeypatch.setattr(Cache, "keep", note)
    return seen


@pytest.fixture
def sign_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[Viewer], None]:
    """Let every request come from this viewer."""
    return lambda viewer: monkeypatch.setattr(admission, "find_viewer", lambda _rule: viewer)


def reader(*places: str | None, account_id: int | None = 1) -> Viewer:
    return Viewer(account_id, "Nguyễn Văn An", True, tuple(Grant(Role.VIEWER, place) for place in places))


def correct(url: str, value: float) -> None:
    """Another worker or command loads another number of HTX of Thanh Hóa."""
    engine = make_engine(url)
    with Session(engine) as session:
        chosen = (col(Observation.place) == "thanh-hoa", col(Observation.indicator) == "htx_count")
        statement = select(Observation).where(*chosen, col(Observation.superseded_at).is_(None))
        old = session.scalars(statement.order_by(col(Observation.period_end).desc())).first()
        assert old is not None
        now = datetime.now(UTC)
        run = Run(kind="figures", source="t", checksum="0", actor="t", started_at=now, status="done")
        session.add(run)
        session.flush()
        content = old.model_dump(exclude=SPARE) | {"value": value}
        apply_facts(session, Observation, [content], run_id=run.id or 0, now=now, withdraw=False)
        session.commit()
    engine.dispose()


@pytest.mark.parametrize("address", ["/", PAGE, "/chi-tieu/htx_count", "/api/v1/gaps.json", "/api/v1/gaps.csv", "/htx"])
@pytest.mark.parametrize("headers", [GZIP, {}])
def test_the_second_answer_is_the_first_one_again(
    client: FlaskClient, keeping: Repository, kept: list[str], address: str, headers: dict[str, str]
) -> None:
    first, second = (client.get(address, headers=headers) for _ in range(2))
    assert len(kept) == 1 and keeping.answers.used == len(first.get_data())
    assert (second.status_code, second.get_data()) == (200, first.get_data())
    different = {name for name, value in first.headers.items() if second.headers.get(name) != value}
    assert different <= {"Date"}


def test_a_value_corrected_elsewhere_is_on_the_next_answer(client: FlaskClient, keeping: Repository) -> None:
    addresses = (PAGE, "/", "/chi-tieu/htx_count", "/api/v1/gaps.json")
    before = {address: client.get(address).text for address in addresses}
    correct(keeping.settings.database_url, 4321.0)
    for address in addresses:
        after = client.get(address).text
        assert after != before[address] and ("4.321" in after or "4321.0" in after), address


def test_what_one_reader_may_see_is_not_given_to_another(
    client: FlaskClient, keeping: Repository, sign_in: Callable[[Viewer], None]
) -> None:
    address = "/api/v1/gaps.json"
    sign_in(reader(None))
    whole = client.get(address).get_json()
    sign_in(reader("ninh-thuan"))
    part = client.get(address).get_json()
    assert {row["place"] for row in whole} > {row["place"] for row in part} == {"ninh-thuan", "viet-nam"}


def test_a_right_taken_away_is_gone_with_the_next_request(
    client: FlaskClient, keeping: Repository, sign_in: Callable[[Viewer], None]
) -> None:
    for address in (PAGE, "/api/v1/gaps.json"):
        sign_in(reader(None, account_id=None))
        assert [client.get(address).status_code for _ in range(2)] == [200, 200]
        sign_in(NOBODY)
        assert client.get(address).status_code in (303, 401, 403)


def test_readers_with_equal_rights_share_a_page_and_each_reads_the_own_name(
    client: FlaskClient, keeping: Repository, kept: list[str], sign_in: Callable[[Viewer], None]
) -> None:
    def read(name: str, cookie: str, session_id: int) -> str:
        sign_in(replace(reader(None, account_id=session_id), name=name, session_id=session_id))
        client.set_cookie("phien-lam-viec", cookie)
        return str(client.get("/").text)

    first = read('Nguyễn Văn "An" <b>', "phien-mot", 1)
    second = read("Trần Thị Bình", "phien-hai", 2)
    assert len(kept) == 1
    assert escape('Nguyễn Văn "An" <b>') in first and escape("Trần Thị Bình") not in first
    assert escape("Trần Thị Bình") in second and escape('Nguyễn Văn "An" <b>') not in second
    tokens = [set(re.findall(r"[0-9a-f]{64}", text)) for text in (first, second)]
    assert tokens[0] - tokens[1] and tokens[1] - tokens[0], "each session has its own token"
    client.delete_cookie("phien-lam-viec")
    held = b"".join(answer.body for answer in keeping.answers._kept.values())
    assert escape("Trần Thị Bình").encode() not in held and b"<b>" not in held


def test_a_list_is_built_once_for_all_who_have_the_same_rights_and_no_browser_keeps_it(
    client: FlaskClient, keeping: Repository, kept: list[str], sign_in: Callable[[Viewer], None]
) -> None:
    client.set_cookie("phien-lam-viec", "phien")
    sign_in(reader(None, account_id=1))
    first = client.get("/api/v1/gaps.json")
    sign_in(reader(None, account_id=2))
    again = client.get("/api/v1/gaps.json")
    client.delete_cookie("phien-lam-viec")
    assert first.data == again.data and len(kept) == 1
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "address", ["/tinh/khong-co", "/khong-co", "/hop", "/nhap-lieu", "/api/v1/khong.json", "/health"]
)
def test_failures_and_what_lives_outside_of_runs_are_never_kept(
    client: FlaskClient, keeping: Repository, kept: list[str], address: str
) -> None:
    client.get(address)
    assert kept == []


def test_another_day_has_its_own_answers(
    app: LivePages, client: FlaskClient, keeping: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    today = client.get("/").text
    monkeypatch.setattr(keeping, "settings", replace(keeping.settings, today=date(2026, 11, 22)))
    assert "22/11/2026" in client.get("/").text != today


def test_the_callback_that_draws_a_page_is_kept_for_its_own_address_only(
    client: FlaskClient, keeping: Repository, kept: list[str]
) -> None:
    overview, again, place = draw(client, "/htx"), draw(client, "/htx"), draw(client, "/bieu-do/chi-tieu/htx_count")
    assert overview == again != place and len(kept) == 2


def draw(client: FlaskClient, path: str) -> str:
    """What Dash's script is given when it opens a page."""
    outputs = [{"id": "_pages_content", "property": "children"}, {"id": "_pages_store", "property": "data"}]
    values = {"pathname": path, "search": ""}
    body = {
        "output": "..{}..".format("...".join(f"{out['id']}.{out['property']}" for out in outputs)),
        "outputs": outputs,
        "inputs": [{"id": "_pages_location", "property": name, "value": value} for name, value in values.items()],
        "changedPropIds": ["_pages_location.pathname", "_pages_location.search"],
    }
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def test_the_memory_is_bounded_and_forgets_what_was_not_asked_for() -> None:
    memory: Cache[FinishedAnswer] = Cache(1_000_000, lambda answer: len(answer.body))
    for number in range(12):
        memory.keep(number, FinishedAnswer(b"x" * 100_000, ()))
        memory.find(0)
    assert memory.used <= 1_000_000 and memory.find(0) and memory.find(11) and memory.find(1) is None
    memory.keep("large", FinishedAnswer(b"x" * 300_000, ()))
    assert memory.find("large") is None


def test_without_a_memory_nothing_is_looked_up(
    client: FlaskClient, keeping: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeping.answers.room = 0
    monkeypatch.setattr(response_cache, "_key", lambda *_: pytest.fail("a key was made"))
    assert client.get("/").status_code == 200
