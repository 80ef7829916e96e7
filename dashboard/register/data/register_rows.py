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
