"""Facts are written the quick way of each database and say the same as when written one by one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import col

import models.base.facts
from models.base.bulk import insert_rows
from models.base.facts import apply_facts
from models.base.fingerprints import fingerprint, fingerprints
from models.base.source import Run
from models.places.place import Place
from models.targets.indicator import Indicator
from models.targets.observation import Observation

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.dates(), st.lists(st.text()),
    st.dictionaries(st.text(), st.integers()),
)  # fmt: skip


@given(st.lists(st.fixed_dictionaries({"key": st.text(), "%s": VALUES, "b\"'": VALUES, "a": VALUES}), min_size=1))
def test_fingerprints_of_many_are_those_of_each(contents: list[dict[str, Any]]) -> None:
    assert fingerprints(contents, contents[0].keys()) == [fingerprint(content) for content in contents]


def test_a_stored_fingerprint_stays_what_it_was() -> None:
    content = {"key": "k", "value": 1234.5, "on": date(2025, 12, 31), "note": 'Hòa "Bình"', "is": True, "none": None}
    stored = "1df6204220df2ab95fbc602acf384101c87c705e3a22b9aa4e0996cf478dfad1"
    assert [fingerprint(content), *fingerprints([content], content)] == [stored, stored]


def test_rows_come_back_as_they_were_given(engine: Engine) -> None:
    with Session(engine) as session:
        run_id = start(session)
        row = observation("a", 12.5) | {"fingerprint": "f", "recorded_at": NOW, "run_id": run_id}
        insert_rows(session, Observation, [row, row | {"key": "b", "published_on": None}])
        session.commit()
        first, second = session.scalars(select(Observation).order_by(col(Observation.key)))
        assert first.model_dump(include=set(row)) == row
        assert (second.key, second.published_on, second.recorded_at) == ("b", None, NOW)
        assert first.source_url == "" and first.superseded_at is None


def test_a_key_said_twice_is_refused_even_far_apart(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.base.facts, "CHUNK", 2)
    with Session(engine) as session:
        run_id = start(session)
        rows = [observation(key, 1.0) for key in ("a", "b", "c", "a")]
        with pytest.raises(IntegrityError):
            apply_facts(session, Observation, rows, run_id=run_id, now=NOW, withdraw=False)


def test_an_unknown_place_is_refused(engine: Engine) -> None:
    with Session(engine) as session:
        run_id = start(session)
        with pytest.raises(IntegrityError):
            apply_facts(session, Observation, [observation("a", 1.0, "nowhere")], run_id=run_id, now=NOW)
            session.commit()


def test_chunks_change_nothing_of_what_a_load_does(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(models.base.facts, "CHUNK", 2)
    with Session(engine) as session:
        run_id = start(session)

        def load(values: dict[str, float], **more: Any) -> tuple[int, int, int, int]:
            rows = (observation(key, value) for key, value in values.items())
            found = apply_facts(session, Observation, rows, run_id=run_id, now=NOW, **more)
            return found.added, found.changed, found.withdrawn, found.untouched

        first = dict.fromkeys("abcde", 1.0)
        assert load(first, withdraw=False) == (5, 0, 0, 0)
        assert load(first, withdraw=False) == (0, 0, 0, 5)
        assert load({"a": 2.0, "b": 1.0, "f": 1.0}, withdraw=False) == (1, 1, 0, 1)
        assert load({"a": 2.0, "c": 3.0}) == (0, 1, 4, 1)


def start(session: Session) -> int:
    """A place, an indicator and a run."""
    session.add(Place(slug="thanh-hoa", name="Thanh Hóa", level="province"))
    words = ("name", "short_name", "unit", "kind", "direction", "aggregation", "group", "definition")
    texts = dict.fromkeys(words, "x")
    session.add(Indicator(code="htx_count", position=1, decimals=0, **texts))
    run = Run(kind="figures", source="t", checksum="0", actor="t", started_at=NOW, status="done")
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


def observation(key: str, value: float, place: str = "thanh-hoa") -> dict[str, Any]:
    """One value."""
    return {
        "key": key, "place": place, "indicator": "htx_count", "definition": "published",
        "period_start": date(2025, 12, 31), "period_end": date(2025, 12, 31), "period_kind": "point", "value": value,
        "unit": "HTX", "value_kind": "actual", "qualifier": "exact", "publisher": "Sở Tài chính",
        "published_on": date(2026, 1, 15), "known_on": date(2026, 1, 15), "known_on_is_load_date": False,
        "source_title": "Báo cáo",
    }  # fmt: skip
