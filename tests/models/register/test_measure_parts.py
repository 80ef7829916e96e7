"""The country counted from kept parts is what one reading of all organisations gives, after any load too."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

import models.register.register_tallies
from dashboard.db.bounds import BoundSession
from dashboard.db.measures import kept_measures
from models.base.source import Run
from models.places.place import COUNTRY, Place
from models.register.measure_list import QUESTIONS_BEFORE, RULES
from models.register.measure_tally import tally
from models.register.measures import Measure, as_measure, read_measures
from models.register.organization import OrganizationState
from models.register.register_groups import OF_GROWTH, read_groups
from models.register.register_places import choose_place
from models.targets.reading import read_places
from tests.models.conftest import BINH_DINH, GIA_LAI, OLD_GIA_LAI, THANH_HOA

PLACES = (THANH_HOA, GIA_LAI, OLD_GIA_LAI, BINH_DINH)
YEARS = (2024, 2025, 2026)
COUNTS = ("member_count", "worker_count", "manager_count", "manager_trained_count", "ocop_product_count")
MONEY = ("revenue_mn", "profit_mn", "charter_capital_mn", "working_capital_mn")
TICKS = ("has_high_tech", "has_linkage_contract", "has_ocop", "is_director_female")


@pytest.fixture
def country(register: Any) -> Any:
    """The small register with the country as a place."""
    register.session.add(Place(slug=COUNTRY, name="Việt Nam", level="country"))
    register.session.flush()
    return register


def said_by(chance: random.Random) -> dict[str, Any]:
    """What one report may say; money in halves, so that sums are exact in any order."""
    said: dict[str, Any] = {name: chance.choice((None, chance.randint(0, 90))) for name in COUNTS}
    said |= {name: chance.choice((None, chance.randint(-9, 9000) / 2)) for name in MONEY}
    said |= {name: chance.choice((None, True, False)) for name in TICKS}
    return said | {"value_kind": chance.choice(("actual", "actual", "estimate"))}


def put(register: Any, chance: random.Random, place: str) -> int:
    """An invented organisation that says anything about any year."""
    states = ("active", "active", "stopped", "dissolved", "not_converted")
    return int(
        register.put(
            place,
            kind=chance.choice(("htx", "htx", "tht", "lhhtx", "qtdnd")),
            sector=chance.choice((None, "agriculture", "trade", "other")),
            founded_on=chance.choice((None, date(2019, 5, 1), date(2025, 5, 1), date(2026, 5, 1))),
            known_on=date(chance.choice(YEARS), 12, 31),
            is_law_compliant=chance.choice((None, True, False)),
            is_demo=chance.random() < 0.1,
            state={year: chance.choice(states) for year in YEARS if chance.random() < 0.7},
            report={year: said_by(chance) for year in YEARS if chance.random() < 0.7},
            rating={year: {"TT01_2020": chance.choice(("good", "fair", "weak"))} for year in YEARS[1:]},
        )
    )


def at_once(session: Any, place: str, year: int) -> dict[str, Measure]:
    """The figures as they were counted before parts were kept: all groups of both years, in two readings."""
    chosen = choose_place(session, read_places(session), place, year)
    if chosen.reason:
        return {code: Measure(code, place, year, None, note=chosen.reason) for code in RULES}
    now, before = (
        [group for _, group in read_groups(session, chosen.ids, when, demo=False)] for when in (year, year - 1)
    )
    estimates = sum(group.count for group in now if group.is_estimate)
    return {
        code: as_measure(code, place, year, rule.count(now, before), chosen.note, estimates)
        for code, rule in RULES.items()
    }


def finish_a_run(register: Any, place: str | None = None) -> None:
    register.run_id = register._run()
    register.session.get_one(Run, register.run_id).place = place
    register.session.flush()


@pytest.mark.parametrize("seed", range(10))
def test_figures_counted_by_parts_are_those_counted_at_once(country: Any, seed: int) -> None:
    chance = random.Random(seed)
    for place in (*PLACES, *chance.choices(PLACES, k=25)):
        put(country, chance, place)
    for place in (COUNTRY, *PLACES):
        for year in YEARS:
            assert country.count(place, year) == at_once(country.session, place, year), (place, year)


def test_postgresql_counts_the_country_as_sqlite_does(country: Any, postgres_register: Any) -> None:
    postgres_register.session.add(Place(slug=COUNTRY, name="Việt Nam", level="country"))
    postgres_register.session.flush()
    found = []
    for each in (country, postgres_register):
        chance = random.Random(4)
        for place in (THANH_HOA, GIA_LAI, *chance.choices(PLACES, k=25)):
            put(each, chance, place)
        found.append([each.count(COUNTRY, year) for year in YEARS])
    assert found[0] == found[1] and found[0][1]["htx_revenue_growth"].value is not None


@pytest.mark.parametrize("seed", range(10))
def test_figures_kept_through_any_loads_are_those_counted_anew(country: Any, seed: int) -> None:
    chance = random.Random(seed)
    known = [put(country, chance, place) for place in (*PLACES, *chance.choices(PLACES, k=12))]
    for _ in range(6):
        for year in chance.sample(YEARS, 2):
            for place in (COUNTRY, THANH_HOA, GIA_LAI):
                kept = kept_measures(country.session, place, year, demo=False)
                assert kept == country.count(place, year), (place, year)
        place = chance.choice(PLACES)
        finish_a_run(country, chance.choice((place, place, place, None)))
        known.append(put(country, chance, place))
        if chance.random() < 0.5:  # one moves in from elsewhere
            country.describe(chance.choice(known), place)


def test_after_a_load_only_its_places_are_read_again(country: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = models.register.register_tallies.read_groups_by_place, []

    def note(session: Any, year: int, **more: Any) -> Any:
        asked.append((year, more["within"]))
        return read(session, year, **more)

    monkeypatch.setattr(models.register.register_tallies, "read_groups_by_place", note)
    for place in (THANH_HOA, GIA_LAI):
        country.put(place, state={2026: "active"})
    kept_measures(country.session, COUNTRY, 2026, demo=False)
    assert asked == [(2026, None), (2025, None)]
    finish_a_run(country, THANH_HOA)
    country.put(THANH_HOA, state={2026: "active"})
    asked.clear()
    assert kept_measures(country.session, COUNTRY, 2026, demo=False)["htx_count"].value == 3
    assert asked == [(2026, {THANH_HOA, COUNTRY}), (2025, {THANH_HOA, COUNTRY})]


def test_a_run_of_one_place_that_speaks_about_an_organisation_of_another_is_noticed(country: Any) -> None:
    ids = [country.put(place, state={2026: "active"}) for place in (THANH_HOA, GIA_LAI)]
    for place in (COUNTRY, GIA_LAI):
        assert kept_measures(country.session, place, 2026, demo=False)["htx_stopped_count"].value == 0
    finish_a_run(country, THANH_HOA)
    said = {"field": "operating_state", "state": "stopped", "on": date(2026, 12, 31)}
    country.say(OrganizationState, ids[1], "operating_state/2026", **said)
    for place in (COUNTRY, GIA_LAI):
        assert kept_measures(country.session, place, 2026, demo=False)["htx_stopped_count"].value == 1


def test_what_is_kept_for_one_reader_is_not_given_to_another(country: Any) -> None:
    for place in (THANH_HOA, GIA_LAI, GIA_LAI):
        country.put(place, state={2026: "active"}, report={2026: {"member_count": 10}})
    country.session.commit()
    engine = country.session.get_bind()

    def members(seen: frozenset[str] | None) -> Any:
        with BoundSession(engine, seen) as session:
            kept = kept_measures(session, COUNTRY, 2026, demo=False)
            assert kept == read_measures(session, COUNTRY, 2026)
            return kept["htx_member_count"].value

    own = frozenset({COUNTRY, THANH_HOA})
    assert [members(seen) for seen in (None, own, None, own)] == [30, 10, 30, 10]


def test_the_year_before_is_asked_about_no_other_kinds_than_are_read(country: Any) -> None:
    chance = random.Random(8)
    for place in chance.choices(PLACES, k=40):
        put(country, chance, place)
    chosen = choose_place(country.session, read_places(country.session), COUNTRY, 2026)
    for year in YEARS:
        whole = [group for _, group in read_groups(country.session, chosen.ids, year, demo=False)]
        less = read_groups(country.session, chosen.ids, year, demo=False, columns=OF_GROWTH)
        assert tally(QUESTIONS_BEFORE, [group for _, group in less]) == tally(QUESTIONS_BEFORE, whole)
        assert any(told[1] for told in tally(QUESTIONS_BEFORE, whole).values())
