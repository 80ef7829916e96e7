"""After a run the counts of values and the values that sources may disagree about are those of a full count."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

import dashboard.db.published as values
from dashboard.db.published import comparable_values, value_counts
from dashboard.db.read_session import Repository
from models.base.source import Run
from models.targets.observation import Observation
from models.targets.reading import Moment, known_values
from tests.dashboard.conftest import settings_for
from tests.speed.conftest import new_run

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
Correct = Callable[[str, str, float], str]


@pytest.fixture
def opened(copied: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    """The door of the copy, as pages have it."""
    found = Repository(settings_for(copied.url.render_as_string(hide_password=False)))
    monkeypatch.setattr(values, "repository", lambda: found)
    yield found
    found.engine.dispose()


@pytest.fixture
def asked(opened: Repository) -> list[str]:
    """The statements about observations from now on."""
    seen: list[str] = []

    def note(_c: object, _cur: object, statement: str, *_: object) -> None:
        if "FROM observation" in statement:
            seen.append(statement)

    event.listen(opened.engine, "before_cursor_execute", note)
    return seen


def counted(engine: Engine) -> Counter[str]:
    code = col(Observation.indicator)
    with Session(engine) as session:
        rows = session.execute(select(code, func.count(code)).where(*known_values(NOW)).group_by(code))
        return Counter({row[0]: row[1] for row in rows})


def withdraw(engine: Engine, indicator: str) -> None:
    """A run that takes back every value of an indicator and says nothing."""
    with Session(engine) as session:
        run_id, now = new_run(session), datetime.now(UTC)
        chosen = (col(Observation.indicator) == indicator, col(Observation.superseded_at).is_(None))
        for row in session.scalars(select(Observation).where(*chosen)):
            row.superseded_by, row.superseded_at = run_id, now
        session.commit()


def test_counts_renewed_after_any_runs_are_those_of_a_full_count(
    opened: Repository, copied: Engine, correct: Correct
) -> None:
    chance = random.Random(5)
    assert value_counts(NOW) == counted(copied)
    for step in range(8):
        for number in range(chance.randint(1, 3)):
            correct("thanh-hoa", "htx_count", step * 10.0 + number)
        if step in (2, 5):
            withdraw(copied, chance.choice(sorted(counted(copied).keys() - {"htx_count"})))
        assert value_counts(NOW) == counted(copied), step


def test_after_a_run_only_its_own_values_are_counted(opened: Repository, correct: Correct, asked: list[str]) -> None:
    before = dict(value_counts(NOW))
    asked.clear()
    correct("thanh-hoa", "htx_count", 77)
    assert value_counts(NOW) == before
    assert len(asked) == 2
    assert "run_id > ?" in asked[0] and "superseded_by > ?" in asked[1]  # both by an index
    asked.clear()
    assert value_counts(NOW) == before and not asked


def test_a_run_that_ends_while_values_are_counted_is_counted_once(
    opened: Repository, copied: Engine, correct: Correct, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, before = values._counted, []

    def interrupted(*asked: object, **more: object) -> Counter[str]:
        if not before:
            before.append(counted(copied))
            correct("thanh-hoa", "htx_count", 80)
            withdraw(copied, "tht_count")
        return count(*asked, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(values, "_counted", interrupted)
    assert value_counts(NOW) == before[0] != counted(copied)  # as of the state that was looked at first
    assert value_counts(NOW) == counted(copied)


def test_a_run_that_ends_late_makes_everything_counted_again(
    opened: Repository, copied: Engine, correct: Correct
) -> None:
    with Session(copied) as session:
        running = Run(kind="figures", source="t", checksum="0", actor="t", started_at=datetime.now(UTC))
        session.add(running)
        session.commit()
        late = running.id
    correct("thanh-hoa", "htx_count", 78)
    value_counts(NOW)
    with Session(copied) as session:
        row = session.scalars(select(Observation).where(col(Observation.superseded_at).is_(None)).limit(1)).one()
        row.superseded_by, row.superseded_at = late, datetime.now(UTC)
        session.get_one(Run, late).status = "done"
        session.commit()
    assert value_counts(NOW) == counted(copied)


def test_values_to_compare_are_read_again_for_the_touched_place_only(
    opened: Repository, correct: Correct, asked: list[str]
) -> None:
    before = comparable_values(NOW)
    assert len(before) > 100
    asked.clear()
    key = correct("thanh-hoa", "htx_count", 79)
    after = comparable_values(NOW)
    reading = [each for each in asked if "observation.publisher" in each]
    assert len(reading) == 1 and "observation.place IN (?)" in reading[0]
    assert {row.key: row.value for row in after} == {row.key: row.value for row in before} | {key: 79}
