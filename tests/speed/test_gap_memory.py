"""After a run only the gaps that it may have changed are measured again, and none of those stays as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

import models.targets.reading
from dashboard.db.gaps import kept_gaps
from models.base.source import Run
from models.targets.reading import GapView, Moment, read_gaps
from models.targets.touched import run_state, touched_places

NOW = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))
Correct = Callable[[str, str, float], str]


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places whose gaps are measured from now on, one entry a gap."""
    seen: list[str] = []
    measure = models.targets.reading.measure_gap

    def note(target: Any, series: Any, **more: Any) -> Any:
        seen.append(target.place if target else "trend")
        return measure(target, series, **more)

    monkeypatch.setattr(models.targets.reading, "measure_gap", note)
    return seen


def gaps_of(engine: Engine) -> tuple[GapView, ...]:
    with Session(engine) as session:
        return kept_gaps(session, NOW)


def test_a_run_makes_only_the_gaps_of_its_place_measured_again(
    copied: Engine, correct: Correct, measured: list[str]
) -> None:
    before = gaps_of(copied)
    assert len(measured) == len(before) > 50
    measured.clear()
    correct("thanh-hoa", "htx_count", 4321)
    after = gaps_of(copied)
    assert set(measured) == {"thanh-hoa"} and len(measured) < len(before) / 2
    changed = {new.key for old, new in zip(before, after, strict=True) if old.gap != new.gap}
    assert changed and all(key.startswith("thanh-hoa") for key in changed)
    assert 4321 in {view.gap.value for view in after}


def test_what_is_kept_is_what_a_full_reading_gives(copied: Engine, correct: Correct) -> None:
    gaps_of(copied)
    for place, value in (("thanh-hoa", 1.0), ("ninh-thuan", 2.0), ("viet-nam", 3.0)):
        correct(place, "htx_count", value)
        kept = gaps_of(copied)
        with Session(copied) as session:
            assert list(kept) == read_gaps(session, NOW)


def test_a_value_of_a_neighbour_is_seen_beside_the_promise(copied: Engine, correct: Correct) -> None:
    gaps_of(copied)
    correct("gia-lai", "htx_member_count", 777.0)
    kept = gaps_of(copied)
    views = [view for view in kept if view.place == "gia-lai-truoc-2025-07"]
    assert 777.0 in [item.point.value for view in views for item in view.gap.series.elsewhere]


def test_nothing_is_measured_while_nothing_of_a_promise_changed(copied: Engine, measured: list[str]) -> None:
    first = gaps_of(copied)
    measured.clear()
    _finish_a_run(copied, "register")
    assert gaps_of(copied) is first and measured == []


def test_after_reviewed_data_everything_is_measured_again(copied: Engine) -> None:
    with Session(copied) as session:
        since = run_state(session)
    _finish_a_run(copied, "init")
    with Session(copied) as session:
        assert touched_places(session, since) is None


def test_a_run_that_ends_after_a_later_one_is_not_missed(copied: Engine) -> None:
    early = _finish_a_run(copied, "figures", status="running")
    _finish_a_run(copied, "figures")
    with Session(copied) as session:
        since = run_state(session)
        run = session.get(Run, early)
        assert run is not None
        run.status = "done"
        session.commit()
        assert touched_places(session, since) is None


def _finish_a_run(engine: Engine, kind: str, status: str = "done") -> int:
    from datetime import UTC, datetime

    with Session(engine) as session:
        run = Run(kind=kind, source="t", checksum="0", actor="t", started_at=datetime.now(UTC), status=status)
        session.add(run)
        session.commit()
        return run.id or 0
