"""Rows of the exports that are no lists of the whole register: counts by commune, two lists by name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dashboard.register import words as register
from dashboard.register.commune_values import BOUNDARY_WORDS, HEADINGS, UNPLACED_WORDS, CommunePage
from dashboard.register.list_values import Comparison
from models.base.day_text import day_text

if TYPE_CHECKING:
    from dashboard.ui.list_file import Value


COMMUNE_HEADER = ("Mã xã", "Tên xã, phường", "Huyện cũ", "Địa bàn", "Ranh giới", "Năm", *HEADINGS.values())
TWO_HEADER = (
    "Mã số",
    "Tên",
    "Xã, phường",
    "So sánh",
    "Tình trạng trong danh sách đầu",
    "Tình trạng trong danh sách sau",
)


def commune_rows(found: CommunePage) -> Iterator[list[Value]]:
    """Communes, what could not be placed, the whole place; an empty figure is "not reported"."""
    about: list[Value] = [BOUNDARY_WORDS[found.boundary], found.year]
    for line in found.counts.lines:
        place = found.names.get(line.place, line.place)
        yield [line.code, line.name, line.district, place, *about, *(line.values.get(code) for code in HEADINGS)]
    whole = found.place.full_name if found.place else ""
    for why, values in found.counts.unplaced.items():
        yield [None, UNPLACED_WORDS[why], None, whole, *about, *(values.get(code) for code in HEADINGS)]
    if found.counts.total:
        yield [None, "Cả địa bàn", None, whole, *about, *(found.counts.total.get(code) for code in HEADINGS)]


def two_list_rows(found: Comparison) -> Iterator[list[Value]]:
    """Every organisation that either list names, those that differ first."""
    parts = (
        ("Khác tình trạng", found.other_state),
        ("Chỉ có trong danh sách đầu", found.only_first),
        ("Chỉ có trong danh sách sau", found.only_second),
        ("Có trong cả hai", found.same),
    )
    for name, rows in parts:
        for row in rows:
            yield [row.code, row.name, row.commune, name, _state(row.first), _state(row.second)]


def two_list_notes(found: Comparison) -> list[str]:
    """Which lists these are."""
    refs = [(name, ref) for name, ref in (("đầu", found.first), ("sau", found.second)) if ref is not None]
    return [
        f"Danh sách {name}: ngày {day_text(ref.on)}" + (f", lượt nạp {ref.run}" if ref.run is not None else "")
        for name, ref in refs
    ]


def _state(code: str) -> str | None:
    return register.word(register.OPERATING_WORDS, code) if code else None
