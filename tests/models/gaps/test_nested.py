"""A share of a group is also measured as a share of all, by the group's value of the same day only."""

from __future__ import annotations

from dataclasses import replace

from models.gaps.answer import Status
from models.gaps.nested import measured_of_all
from models.gaps.promise import Comparator
from tests.models.gaps.test_gap_edges import PROMISE, SETTINGS, TODAY, at_end, measure

EFFECTIVE = replace(PROMISE, indicator="effective_share", low=90, comparator=Comparator.ABOUT, unit="%")
LINKED = replace(PROMISE, indicator="effective_linked_share", low=75, unit="%", nested_in="effective_share")


def test_80_percent_of_the_group_are_64_percent_of_all_where_the_group_is_80_percent() -> None:
    nested, group = measure(LINKED, at_end(2024, 70), at_end(2025, 80)), measure(EFFECTIVE, at_end(2025, 80))
    other = measured_of_all(nested, group, as_of=TODAY, thresholds=SETTINGS)
    assert nested.status is Status.REACHED and nested.value == 80
    assert other.value == 64 and other.status is Status.SHORT_SERIES and other.gap == -11


def test_without_a_value_of_the_group_on_the_day_the_other_reading_has_none() -> None:
    nested, group = measure(LINKED, at_end(2025, 80)), measure(EFFECTIVE, at_end(2024, 90))
    assert measured_of_all(nested, group, as_of=TODAY, thresholds=SETTINGS).status is Status.NO_DATA
