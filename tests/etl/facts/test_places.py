"""87 versioned places come out of the list of old and new provinces."""

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.facts.rows.places import slug_of
from models.places.place import Place, PlaceSuccession, PlaceTitle


@pytest.fixture
def places(loaded: Engine) -> dict[str, Place]:
    with Session(loaded) as session:
        return {place.slug: place for place in session.scalars(select(Place))}


def test_63_old_and_34_new_provinces_of_which_11_are_the_same_and_the_country_are_87_places(places) -> None:
    assert len(places) == 87
    assert sum(place.level == "country" for place in places.values()) == 1
    assert sum(place.valid_to is not None for place in places.values()) == 52
    assert sum(place.valid_from is not None for place in places.values()) == 23


def test_thanh_hoa_is_one_place_for_the_whole_time(places) -> None:
    assert (places["thanh-hoa"].valid_from, places["thanh-hoa"].valid_to) == (None, None)
    assert "thanh-hoa-truoc-2025-07" not in places


@pytest.mark.parametrize("name", ["gia-lai", "dong-nai", "khanh-hoa"])
def test_a_name_that_lives_on_belongs_to_two_places(places, name: str) -> None:
    former, present = places[f"{name}-truoc-2025-07"], places[name]
    assert (former.valid_to, present.valid_from) == (date(2025, 6, 30), date(2025, 7, 1))
    assert former.name == present.name


@pytest.mark.parametrize("name", ["ninh-thuan", "binh-dinh"])
def test_a_name_that_ended_keeps_its_bare_slug(places, name: str) -> None:
    assert places[name].valid_to == date(2025, 6, 30)


def test_a_code_means_another_province_before_and_after_the_merger(places) -> None:
    assert {slug for slug, place in places.items() if place.code == "52"} == {"binh-dinh", "gia-lai"}


def test_gia_lai_of_today_came_from_binh_dinh_and_gia_lai(loaded: Engine) -> None:
    with Session(loaded) as session:
        statement = select(PlaceSuccession).where(col(PlaceSuccession.successor) == "gia-lai")
        assert {row.predecessor for row in session.scalars(statement)} == {"binh-dinh", "gia-lai-truoc-2025-07"}


def titles(engine: Engine, place: str) -> list[tuple[date, str, str | None]]:
    with Session(engine) as session:
        statement = select(PlaceTitle).where(col(PlaceTitle.place) == place).order_by(col(PlaceTitle.valid_from))
        return [(row.valid_from, row.name, row.place_type) for row in session.scalars(statement)]


def test_hue_is_one_place_that_was_called_thua_thien_hue(loaded: Engine, places) -> None:
    assert "thua-thien-hue" not in places
    assert titles(loaded, "hue") == [
        (date.min, "Thừa Thiên Huế", None),
        (date(2025, 1, 1), "Huế", "thành phố trực thuộc trung ương"),
    ]


def test_becoming_a_city_starts_no_new_place(loaded: Engine, places) -> None:
    assert [day for day, _, _ in titles(loaded, "dong-nai")] == [date(2025, 7, 1), date(2026, 4, 30)]
    assert places["dong-nai"].place_type == "thành phố trực thuộc trung ương"


def test_a_province_whose_title_never_changed_has_no_title_rows(loaded: Engine) -> None:
    assert titles(loaded, "thanh-hoa") == []


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Bà Rịa - Vũng Tàu", "ba-ria-vung-tau"), ("Đắk Lắk", "dak-lak"), ("Hồ Chí Minh", "ho-chi-minh")],
)
def test_a_slug_has_no_accents(name: str, slug: str) -> None:
    assert slug_of(name) == slug
