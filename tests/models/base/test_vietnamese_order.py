"""Names in the order of the Vietnamese alphabet, numbers by their value."""

from __future__ import annotations

import pytest

from models.base.vietnamese_order import vietnamese_key


@pytest.mark.parametrize(
    "ordered",
    [
        ["An", "Ăn", "Ân", "Bình", "Cao", "Dân", "Đa", "Đông", "Em", "Ê", "Ôn", "Ơn", "Uy", "Ưng"],
        ["ma", "mà", "mả", "mã", "má", "mạ"],
        ["HTX số 2", "HTX số 10", "HTX số 10a", "HTX số 100"],
        ["HTX Ba", "HTX Ba Đồn", "HTX Bà Rịa", "HTX Bac"],
        ["Hòa", "Hòa An", "Hòa Bình"],
    ],
)
def test_names_sort_as_vietnamese_do(ordered: list[str]) -> None:
    keys = [vietnamese_key(name) for name in ordered]
    assert keys == sorted(keys) and len(set(keys)) == len(keys)


def test_the_key_is_of_digits_so_that_every_database_sorts_it_alike() -> None:
    assert vietnamese_key("HTX Nông nghiệp “Đồi Thông” số 012").isdecimal()
