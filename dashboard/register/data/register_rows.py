"""Rows of the register's exports: what the screen shows, in words, without any person."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import SQLAlchemyError as DatabaseAway

from dashboard.register import words as register
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import every_row
from dashboard.register.data.ratings import build_ratings, named_list
from dashboard.register.data.worklist import build_worklist
from dashboard.register.field_words import CODED, LISTED
from dashboard.register.rating_values import RatingFilter
from models.register.organization import Organization

if TYPE_CHECKING:
    from dashboard.ui.list_file import Value
from typing import TYPE_CHECKING

from dashboard.register.data.communes import BOUNDARY_WORDS, HEADINGS, UNPLACED_WORDS, CommunePage
from dashboard.register.data.lists import Comparison
from models.base.day_text import day_text

if TYPE_CHECKING:
    from dashboard.ui.list_file import Value


__all__ = ["LIST_HEADER", "NAMED_HEADER", "WORK_HEADER", "DatabaseAway", "list_rows", "named_rows", "work_rows"]
LIST_HEADER = tuple(Organization.model_fields[name].title or name for name in LISTED)
WORK_HEADER = (
    "Mã số", "Tên", "Địa bàn", "Xã, phường", "Tình trạng báo cáo", "Vì sao", "Từ ngày",
    "Cơ quan theo dõi", "Việc tiếp theo", "Hạn", "Mô phỏng",
)  # fmt: skip
NAMED_HEADER = (
    "Mã số", "Tên", "Địa bàn", "Xã, phường", "Năm", "Cách chấm", "Xếp loại", "Năm trước", "Điểm", "Mô phỏng",
)  # fmt: skip


def list_rows(chosen: RegisterFilter, places: dict[str, str]) -> Iterator[list[Value]]:
    """The filtered register."""
    ways = [_cell(name, places) for name in LISTED]
    for row in every_row(chosen, LISTED):
        yield [way(value) for way, value in zip(ways, row, strict=True)]


def _cell(name: str, places: dict[str, str]) -> Callable[[Any], Value]:
    """How a column of the register stands in a file: numbers and days as they are, codes as words."""
    if name == "place":
        return lambda slug: places.get(slug, slug)
    if name == "is_demo":
        return _demo
    if name in CODED:
        return lambda code: code and register.word(CODED[name], code)
    is_yes_no = Organization.__table__.c[name].type.python_type is bool  # type: ignore[attr-defined]
    return (lambda value: None if value is None else register.yes_no(value)) if is_yes_no else lambda value: value


def work_rows(place: str, reason: str, places: dict[str, str]) -> Iterator[list[Value]]:
    """The worklist, oldest first."""
    for item in build_worklist(place, reason).lines:
        line = item.line
        yield [
            line.tax_code,
            line.name,
            places.get(line.place, line.place),
            line.commune_name,
            line.operating_state and register.word(register.OPERATING_WORDS, line.operating_state),
            "; ".join(register.WORK_WORDS[code] for code in item.reasons),
            item.since,
            item.responsible,
            item.next_step,
            item.due_on,
            _demo(line.is_demo),
        ]


def named_rows(chosen: RatingFilter, only: str, places: dict[str, str]) -> Iterator[list[Value]]:
    """The weak ones, or those who moved class, by name."""
    previous = build_ratings(chosen).previous
    for item in named_list(chosen, previous, only) if previous or only == "weak" else []:
        line = item.line
        yield [
            line.tax_code,
            line.name,
            places.get(line.place, line.place),
            line.commune_name,
            chosen.year,
            register.word(register.SCHEME_WORDS, chosen.scheme),
            register.word(register.RATING_WORDS, item.now),
            item.before and register.word(register.RATING_WORDS, item.before),
            item.points,
            _demo(line.is_demo),
        ]


def _demo(is_demo: bool) -> str:
    return "mô phỏng" if is_demo else ""


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
            yield [row.code, row.name, row.commune, name, _stated(row.first), _stated(row.second)]


def two_list_notes(found: Comparison) -> list[str]:
    """Which lists these are."""
    refs = [(name, ref) for name, ref in (("đầu", found.first), ("sau", found.second)) if ref is not None]
    return [
        f"Danh sách {name}: ngày {day_text(ref.on)}" + (f", lượt nạp {ref.run}" if ref.run is not None else "")
        for name, ref in refs
    ]


def _stated(code: str) -> str | None:
    return register.word(register.OPERATING_WORDS, code) if code else None
