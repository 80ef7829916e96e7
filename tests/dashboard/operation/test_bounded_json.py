"""The API's JSON is noted where only some may read it, once a day; where everybody may, it is not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.web import export_trail as trail_exports
from models.accounts.account_reading import account_of
from models.accounts.account_writing import make_token
from models.accounts.changing import write_trail
from models.accounts.trail import Deed, TrailEntry
from models.base.database import make_engine

GAPS = "/api/v1/gaps.json"


@pytest.fixture
def office(settings: Any) -> Any:
    """The installation's database, read beside the application."""
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def private(open_for: Callable[..., Any]) -> Callable[[str], Any]:
    """Browsers on the installation where everybody signs in."""
    browsers: Callable[[str], Any] = open_for(public_view=False)
    return browsers


def noted(office: Engine) -> list[tuple[str, str, str | None, Any]]:
    with Session(office) as session:
        rows = session.scalars(
            select(TrailEntry).where(col(TrailEntry.action) != "import").order_by(col(TrailEntry.id))
        )
        return [(row.actor_name, row.subject, row.place, row.details.get("filter")) for row in rows]


def test_json_cut_to_the_places_of_an_account_is_noted_once_a_day(private: Any, office: Engine) -> None:
    binh = private("binh")
    for _ in range(3):
        assert binh.get(f"{GAPS}?place=thanh-hoa").status_code == 200
    assert noted(office) == [("Lê Thị Bình", GAPS, "thanh-hoa", {"place": "thanh-hoa"})]


def test_another_table_another_filter_and_another_reader_are_noted_of_their_own(private: Any, office: Engine) -> None:
    binh = private("binh")
    for address in (GAPS, f"{GAPS}?place=thanh-hoa", "/api/v1/petitions.json", GAPS):
        assert binh.get(address).status_code == 200
    assert private("an").get(GAPS).status_code == 200
    assert [(who, what) for who, what, _, _ in noted(office)] == [
        ("Lê Thị Bình", GAPS), ("Lê Thị Bình", GAPS), ("Lê Thị Bình", "/api/v1/petitions.json"), ("Trần Văn An", GAPS),
    ]  # fmt: skip


def test_the_same_json_on_the_next_day_is_noted_again(private: Any, office: Engine) -> None:
    with Session(office) as session:
        number = getattr(account_of(session, "binh"), "id", None)
        deed = Deed("export", "Lê Thị Bình", actor_id=number, subject=GAPS, details={"filter": {}})
    write_trail(office, deed, at=datetime.now(UTC) - timedelta(days=1))
    assert private("binh").get(GAPS).status_code == 200
    assert len(noted(office)) == 2


def test_a_key_is_noted_as_its_account_and_never_stands_in_the_trail(private: Any, office: Engine) -> None:
    with Session(office) as session:
        key = make_token(session, getattr(account_of(session, "binh"), "id", 0), "api", "thử")
        session.commit()
    program = private("")
    assert [program.get(f"{GAPS}?khoa={key}").status_code for _ in range(2)] == [200, 200]
    assert noted(office) == [("Lê Thị Bình", GAPS, None, {})]


def test_refused_and_unknown_tables_leave_nothing(private: Any, office: Engine) -> None:
    assert private("").get(GAPS).status_code == 401
    assert private("binh").get(f"{GAPS}?as-of=mai").status_code == 400
    assert private("binh").get("/api/v1/khong-co.json").status_code == 404
    assert noted(office) == []


def test_json_that_everybody_may_read_is_not_noted(as_person: Any, office: Engine) -> None:
    assert as_person("binh").get(GAPS).status_code == 200
    assert noted(office) == []


def test_bounded_json_that_cannot_be_noted_is_not_handed_out(private: Any, office: Engine) -> None:
    with office.begin() as connection:
        connection.execute(text("DROP TABLE trail"))
    answer = private("binh").get(GAPS)
    assert answer.status_code == 503 and b"thanh-hoa" not in answer.data


def test_only_few_readers_wait_for_the_trail_and_the_others_hear_when_again(
    private: Any, office: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trail_exports, "TURN_SECONDS", 0.01)
    binh = private("binh")
    with ExitStack() as held:
        for _ in range(trail_exports.WAITING_READS):
            held.enter_context(trail_exports.turns)
        answer = binh.get(GAPS)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
        assert binh.get("/").status_code == 200
    assert noted(office) == []
    assert binh.get(GAPS).status_code == 200
