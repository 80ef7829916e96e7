"""The country's figures: the sum of its provinces, a list of each of them, and years that are read once."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest

import models.register.register_tallies
from dashboard.db.measures import kept_measures
from models.base.source import Run
from models.places.place import COUNTRY, Place
from models.register.measures import read_measures
from models.register.register_places import _speaks, part_ids
from models.register.register_said import places_stated
from models.targets.reading import read_places
from tests.models.conftest import BINH_DINH, GIA_LAI, OLD_GIA_LAI, THANH_HOA

PLACES = (THANH_HOA, GIA_LAI, OLD_GIA_LAI, BINH_DINH)
ADDED = ("htx_count", "htx_active_count", "htx_member_count", "htx_revenue_total_bn")


@pytest.fixture
def country(register: Any) -> Any:
    """The small register with the country as a place."""
    register.session.add(Place(slug=COUNTRY, name="Việt Nam", level="country"))
    register.session.flush()
    return register


def fill(register: Any, chance: random.Random, places: tuple[str, ...], years: tuple[int, ...]) -> None:
    for _ in range(chance.randint(1, 8)):
        said = {year: chance.choice(("active", "stopped")) for year in chance.sample(years, chance.randint(0, 2))}
        report = {years[-1]: {"member_count": chance.randint(1, 50), "revenue_mn": chance.random() * 1000}}
        known_on = date(chance.choice(years), 12, 31)
        is_demo = chance.random() < 0.2
        register.put(chance.choice(places), state=said, report=report, is_demo=is_demo, known_on=known_on)


@pytest.mark.parametrize("seed", range(12))
def test_places_that_speak_found_in_one_pass_are_those_asked_one_by_one(country: Any, seed: int) -> None:
    fill(country, random.Random(seed), PLACES, (2023, 2024, 2025))
    places = read_places(country.session)
    for year in (2022, 2023, 2024, 2025):
        found = set(country.session.scalars(places_stated(year, demo=False)))
        for slug in (THANH_HOA, GIA_LAI):
            here = {slug, *places[slug].predecessors}
            asked = _speaks(country.session, part_ids(slug, places), year, demo=False, recorded_at=None)
            assert asked is not found.isdisjoint(here), (slug, year)


@pytest.mark.parametrize("seed", range(12))
def test_the_country_is_the_sum_of_its_provinces(country: Any, seed: int) -> None:
    fill(country, random.Random(seed), (THANH_HOA, GIA_LAI), (2025, 2026))
    for slug in (THANH_HOA, GIA_LAI):
        country.put(slug, state={2026: "active"}, report={2026: {"member_count": 3, "revenue_mn": 5.5}})
    whole = country.count(COUNTRY, 2026)
    parts = [country.count(slug, 2026) for slug in (THANH_HOA, GIA_LAI)]
    for code in ADDED:
        assert whole[code].value == pytest.approx(sum(part[code].value for part in parts)), code


def test_a_province_without_a_list_leaves_the_country_unknown(country: Any) -> None:
    country.put(THANH_HOA, state={2026: "active"})
    assert country.count(COUNTRY, 2026)["htx_count"].note == "Chưa có danh sách tổ chức năm 2026 của Gia Lai."
    assert country.count(COUNTRY, 2026)["htx_count"].value is None


def test_five_years_in_turn_read_six_and_say_what_each_says_alone(
    country: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    years = (2022, 2023, 2024, 2025, 2026)
    fill(country, random.Random(3), (THANH_HOA,), years)
    country.put(THANH_HOA, state=dict.fromkeys(years, "active"), report={year: {"revenue_mn": 7.0} for year in years})
    alone = {year: read_measures(country.session, THANH_HOA, year) for year in years}
    read, asked = models.register.register_tallies.read_groups, []

    def note(session: Any, chosen: Any, year: int, **more: Any) -> Any:
        asked.append(year)
        return read(session, chosen, year, **more)

    monkeypatch.setattr(models.register.register_tallies, "read_groups", note)
    assert {year: kept_measures(country.session, THANH_HOA, year, demo=False) for year in years} == alone
    assert sorted(asked) == [2021, *years]


def test_a_load_forgets_the_kept_years_of_its_place(country: Any) -> None:
    country.put(THANH_HOA, state={2025: "active", 2026: "active"})
    for year in (2025, 2026):
        assert kept_measures(country.session, THANH_HOA, year, demo=False)["htx_count"].value == 1
    country.run_id = country._run()
    country.put(THANH_HOA, state={2025: "active", 2026: "active"})
    for year in (2026, 2025):
        assert kept_measures(country.session, THANH_HOA, year, demo=False)["htx_count"].value == 2


def test_a_load_into_a_province_makes_the_country_counted_again(country: Any) -> None:
    for slug in (THANH_HOA, GIA_LAI):
        country.put(slug, state={2026: "active"})
    assert kept_measures(country.session, COUNTRY, 2026, demo=False)["htx_count"].value == 2
    country.run_id = country._run()
    country.session.get_one(Run, country.run_id).place = THANH_HOA
    country.put(THANH_HOA, state={2026: "active"})
    assert kept_measures(country.session, COUNTRY, 2026, demo=False)["htx_count"].value == 3
    assert kept_measures(country.session, GIA_LAI, 2026, demo=False)["htx_count"].value == 1
