"""What a first reader waits for: values are counted by an index alone, the newest are looked for by the database."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session
from sqlmodel import col

import dashboard.db.published as values
from dashboard.db.read_session import Repository
from models.base.facts import apply_facts
from models.places.place import Place
from models.targets.observation import Observation
from models.targets.reading import Moment, known_values
from models.targets.stored import newest_points, read_newest, read_points
from tests.dashboard.conftest import settings_for
from tests.speed.test_bulk import observation, start

TODAY = date(2026, 11, 21)
NOW = Moment(as_of=TODAY, known_on=TODAY)
PLACES = ("gia-lai", "ninh-thuan", "thanh-hoa")


def put_values(session: Session, chance: random.Random) -> None:
    """Values of few days, so that many share one, with keys that languages sort in different orders."""
    run_id = start(session)
    session.add_all(Place(slug=slug, name=slug, level="province") for slug in PLACES[:2])
    session.flush()
    for step in range(2):  # the second time some are superseded
        rows: dict[str, dict[str, Any]] = {}
        for number in range(90):
            day = TODAY + timedelta(days=365 * chance.randint(-2, 1))
            key = f"{chance.choice('aAbBđĐéz_-')}{chance.choice('aAbBđĐéz_-')}/{number}"
            days = {"period_end": day, "known_on": day + timedelta(days=chance.randint(0, 500))}
            rows[key] = observation(key, float(number + step), chance.choice(PLACES)) | days
        apply_facts(session, Observation, rows.values(), run_id=run_id, now=datetime.now(UTC), withdraw=False)


@pytest.mark.parametrize("seed", range(3))
def test_the_newest_values_found_by_the_database_are_those_found_among_all(engine: Engine, seed: int) -> None:
    chance = random.Random(seed)
    with Session(engine) as session:
        put_values(session, chance)
        series = [(place, "htx_count") for place in (*PLACES, "nowhere")]
        for as_of in (TODAY, TODAY - timedelta(days=400), TODAY - timedelta(days=4000)):
            known = known_values(Moment(as_of=as_of, known_on=TODAY))
            found = read_newest(session, series, as_of, *known)
            assert found == newest_points(read_points(session, series, *known), as_of)
            assert bool(found) is (as_of > TODAY - timedelta(days=1000))


def test_values_are_counted_by_an_index_alone(loaded: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    opened, asked = Repository(settings_for(loaded.url.render_as_string(hide_password=False))), []
    monkeypatch.setattr(values, "repository", lambda: opened)

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        if "FROM observation" in statement:
            asked.append((statement, parameters))

    event.listen(opened.engine, "before_cursor_execute", note)
    moment = Moment(as_of=TODAY, known_on=date(2026, 5, 5))  # one that nobody asked about before
    counts = values.value_counts(moment)
    (statement, parameters), *more = asked
    with opened.engine.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
        by_hand = select(col(Observation.indicator)).where(*known_values(moment))
        codes = [row[0] for row in connection.execute(by_hand)]
    opened.engine.dispose()
    assert not more and "SCAN observation USING INDEX ix_observation_counts" in str(plan)
    assert counts == {code: codes.count(code) for code in codes} and len(counts) > 20
