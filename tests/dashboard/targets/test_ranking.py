"""One ranking: what the overview says of a place, the place's own page says too, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from dashboard.db.read_session import Repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.overview import build_overview
from dashboard.targets.data.place import build_place
from dashboard.targets.data.ranking import promises_for
from dashboard.targets.findings import standing
from dashboard.targets.parts.place_words import WANTING, finding, spoken, worst
from dashboard.ui.address import HORIZONS, View
from etl.demo.sample_fill import fill
from models.base.database import make_engine
from models.config.settings import ROOT, Settings
from models.targets.reading import Moment
from tests.dashboard.conftest import TODAY

MOMENT = Moment(as_of=TODAY, known_on=TODAY)


@pytest.fixture(scope="module")
def trial(loaded: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snapshot]:
    """An installation for trials, where every status occurs."""
    path = tmp_path_factory.mktemp("trial") / "trial.sqlite3"
    with loaded.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{path}'")
    engine = make_engine(f"sqlite:///{path}")
    settings = Settings(
        database_url=f"sqlite:///{path}", data_dir=ROOT / "data", operator_name="", today=TODAY, is_demo=True
    )
    fill(engine, settings, organizations=10, seed=1, report=lambda _line: None)
    yield Repository(settings).snapshot(MOMENT)
    engine.dispose()


@pytest.fixture(params=["reviewed", "trial"])
def facts(request: pytest.FixtureRequest) -> Snapshot:
    found: Snapshot = request.getfixturevalue("snapshot" if request.param == "reviewed" else "trial")
    return found


@pytest.mark.parametrize("horizon", HORIZONS)
def test_a_places_headline_counts_what_the_overview_counts_for_it(facts: Snapshot, horizon: int) -> None:
    view = View(MOMENT, horizon, is_today=True)
    rows = [row for row in build_overview(facts, horizon).provinces if row.counts]
    assert rows
    for row in rows:
        found = build_place(facts, row.place.slug)
        assert found is not None
        told = standing(row.counts, horizon)
        assert finding(found, facts, view).endswith(told[0].lower() + told[1:]), row.place.slug


@pytest.mark.parametrize("horizon", HORIZONS)
def test_the_worst_that_a_place_names_stand_first_on_the_overview_too(facts: Snapshot, horizon: int) -> None:
    view, overview = View(MOMENT, horizon, is_today=True), build_overview(facts, horizon)
    for row in overview.provinces:
        found = build_place(facts, row.place.slug)
        assert found is not None
        shown = [item for item in (*overview.rows, *overview.national_rows) if item.place == row.place.slug]
        wanting = "; ".join([spoken(item.gap, facts) for item in shown if item.gap.status in WANTING][:3])
        assert not row.counts or worst(found, facts, view).partition(": ")[2] == (f"{wanting}." if wanting else "")


def test_a_place_is_ranked_by_nothing_but_the_overviews_order(facts: Snapshot) -> None:
    every = promises_for(facts, HORIZONS[0])
    for slug in facts.places:
        assert promises_for(facts, HORIZONS[0], slug) == tuple(view for view in every if view.place == slug)


def test_a_share_that_falls_short_is_named_with_its_points(facts: Snapshot) -> None:
    """Shares were left out of the headline: a place with three failing shares said that all was well."""
    shares = [
        item.gap
        for item in promises_for(facts, HORIZONS[0])
        if item.gap.status in WANTING and item.gap.gap and item.gap.target and item.gap.target.unit == "%"
    ]
    assert all("điểm %" in spoken(gap, facts) for gap in shares if gap.gap and gap.gap < 0)


def test_a_promise_without_a_measured_gap_is_told_by_its_status(facts: Snapshot) -> None:
    (first, *_) = [item.gap for item in promises_for(facts, HORIZONS[0]) if item.gap.gap is not None]
    failing = sorted(WANTING)[0]
    assert "0" not in spoken(replace(first, gap=None, status=failing, flags=()), facts)
