"""Organisations are counted in the commune they certainly lie in, on old and new boundaries; the rest is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.places.commune import Commune, CommuneSuccession
from models.register.measure_tally import TallyGroup
from models.register.register_communes import Boundary, CommuneTables, Unplaced, place_groups
from models.register.register_groups import CommuneKey

OLD_DAY, MERGED = date.min, date(2025, 7, 1)


def old(code: str) -> Commune:
    return Commune(code=code, valid_from=OLD_DAY, valid_to=date(2025, 6, 30), name=f"Cũ {code}", name_norm=f"cu {code}",
                   place="thanh-hoa", run_id=1)  # fmt: skip


def new(code: str) -> Commune:
    return Commune(
        code=code, valid_from=MERGED, name=f"Mới {code}", name_norm=f"moi {code}", place="thanh-hoa", run_id=1
    )


def goes(old_code: str, new_code: str, *, whole: bool = True) -> CommuneSuccession:
    return CommuneSuccession(old_code=old_code, new_code=new_code, is_whole=whole, run_id=1)


# 1 and 2 became 2; 3 went into 2 and 4 in parts; 5 stayed 5 (the same code on both sides)
TABLES = CommuneTables(
    (old("1"), old("2"), old("3"), old("5"), new("2"), new("4"), new("5")),
    (goes("1", "2"), goes("2", "2"), goes("3", "2", whole=False), goes("3", "4", whole=False), goes("5", "5")),
)
ONE = TallyGroup("htx", 1)


def where(key: CommuneKey, boundary: Boundary) -> str:
    """The name of the commune, or the reason why there is none."""
    found = place_groups([(key, ONE)], TABLES, boundary)
    return found.placed[0][0].name if found.placed else next(iter(found.unplaced)).value


@pytest.mark.parametrize(
    ("key", "on_old", "on_new"),
    [
        (CommuneKey("1", OLD_DAY), "Cũ 1", "Mới 2"),
        (CommuneKey("2", OLD_DAY), "Cũ 2", "Mới 2"),
        (CommuneKey("2", MERGED), Unplaced.SEVERAL, "Mới 2"),
        (CommuneKey("2", MERGED, former="1"), "Cũ 1", "Mới 2"),
        (CommuneKey("2", MERGED, former="5"), Unplaced.SEVERAL, "Mới 2"),
        (CommuneKey("3", OLD_DAY), "Cũ 3", Unplaced.SPLIT),
        (CommuneKey("4", MERGED), Unplaced.SEVERAL, "Mới 4"),
        (CommuneKey("4", MERGED, former="3"), "Cũ 3", "Mới 4"),
        (CommuneKey("5", MERGED), "Cũ 5", "Mới 5"),
        (CommuneKey("5"), Unplaced.SAME_CODE, Unplaced.SAME_CODE),
        (CommuneKey("1"), "Cũ 1", "Mới 2"),
        (CommuneKey("9", MERGED), Unplaced.UNKNOWN_CODE, Unplaced.UNKNOWN_CODE),
        (CommuneKey(), Unplaced.NO_CODE, Unplaced.NO_CODE),
    ],
)
def test_a_commune_goes_over_only_where_it_is_certain(key: CommuneKey, on_old: str, on_new: str) -> None:
    assert where(key, Boundary.OLD) == on_old
    assert where(key, Boundary.NEW) == on_new


KEYS = st.builds(
    CommuneKey,
    st.sampled_from([None, "1", "2", "3", "4", "5", "9"]),
    st.sampled_from([None, OLD_DAY, MERGED]),
    st.sampled_from([None, "1", "3", "5"]),
)


@given(st.lists(st.tuples(KEYS, st.integers(1, 50).map(lambda n: TallyGroup("htx", n)))), st.sampled_from(Boundary))
def test_every_organisation_is_counted_exactly_once(
    groups: Sequence[tuple[CommuneKey, TallyGroup]], boundary: Boundary
) -> None:
    found = place_groups(groups, TABLES, boundary)
    counted = [group.count for _, of_row in found.placed for group in of_row]
    counted += [group.count for of_why in found.unplaced.values() for group in of_why]
    assert sorted(counted) == sorted(group.count for _, group in groups)
    assert all((row.valid_to is not None) is (boundary is Boundary.OLD) for row, _ in found.placed)
