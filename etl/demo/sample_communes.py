"""Invented commune tables for a trial: former communes that went over wholly or in part, and those of today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from models.targets.reading import PlaceView

COMMUNE_HEADINGS = (
    "Mã xã cũ",
    "Tên xã cũ",
    "Huyện cũ",
    "Tỉnh cũ",
    "Mã xã mới",
    "Tên xã mới",
    "Mã tỉnh mới",
    "Tỉnh mới",
    "Ghi chú",
)
FORMER, EACH_INTO = 30, 3
MERGER = date(2025, 7, 1)


def commune_rows(places: Mapping[str, PlaceView], promising: Sequence[str]) -> list[list[str]]:
    """Thirty former communes a place, three to each of today; every tenth is split between two."""
    rows: list[list[str]] = []
    for index, slug in enumerate(promising):
        old = places[slug]
        new = places[old.successors[0]] if old.valid_to is not None and old.successors else old
        for number in range(FORMER):
            parts = (0, 1) if _is_split(number) else (0,)
            for part in parts:
                rows.append(_row(old, new, index, number, part, is_split=len(parts) > 1))
    return rows


def lasting_communes() -> list[tuple[str, str]]:
    """Former communes with their districts that lists of every place and year can name: they went over whole."""
    return [(_former(number), _district(number)) for number in range(FORMER) if not _is_split(number)]


def _former(number: int) -> str:
    return f"Xã mô phỏng {number + 1:02d}"


def _district(number: int) -> str:
    return f"Huyện mô phỏng {number // 10 + 1}"


def _is_split(number: int) -> bool:
    return number % 10 == 9


def _row(old: PlaceView, new: PlaceView, index: int, number: int, part: int, *, is_split: bool) -> list[str]:
    into = (number // EACH_INTO + part) % (FORMER // EACH_INTO)
    return [
        f"{90000 + index * 100 + number}",
        _former(number),
        _district(number),
        f"{_full(old)} ({old.code})",
        f"{95000 + index * 100 + into}",
        f"Xã mô phỏng mới {old.name} {into + 1:02d}",
        new.code or "",
        _full(new),
        "Nhập một phần" if is_split else "Nhập toàn bộ",
    ]


def _full(place: PlaceView) -> str:
    return f"Tỉnh {place.name}"
