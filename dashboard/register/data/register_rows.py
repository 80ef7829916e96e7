"""Rows of the register's exports: what the screen shows, in words, without any person."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError as DatabaseAway

from dashboard.register import words as register
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import every_line
from dashboard.register.data.ratings import build_ratings, named_list
from dashboard.register.data.worklist import build_worklist
from dashboard.register.rating_values import RatingFilter
from dashboard.register.values import OrganizationLine

if TYPE_CHECKING:
    from dashboard.ui.list_file import Value

__all__ = ["LIST_HEADER", "NAMED_HEADER", "WORK_HEADER", "DatabaseAway", "list_rows", "named_rows", "work_rows"]
LIST_HEADER = (
    "Mã số", "Số đăng ký cũ", "Tên", "Loại hình", "Lĩnh vực", "Địa bàn", "Xã, phường", "Ngày thành lập",
    "Tình trạng báo cáo", "Từ ngày", "Tình trạng pháp lý", "Pháp lý từ ngày", "Đã chuyển đổi theo Luật",
    "Thành viên của liên hiệp", "Xếp loại", "Năm xếp loại", "Số thành viên", "Năm báo cáo", "Mô phỏng",
)  # fmt: skip
WORK_HEADER = (
    "Mã số", "Tên", "Địa bàn", "Xã, phường", "Tình trạng báo cáo", "Vì sao", "Từ ngày",
    "Cơ quan theo dõi", "Việc tiếp theo", "Hạn", "Mô phỏng",
)  # fmt: skip
NAMED_HEADER = (
    "Mã số", "Tên", "Địa bàn", "Xã, phường", "Năm", "Cách chấm", "Xếp loại", "Năm trước", "Điểm", "Mô phỏng",
)  # fmt: skip


def list_rows(chosen: RegisterFilter, places: dict[str, str]) -> Iterator[list[Value]]:
    """The filtered register."""
    for line in every_line(chosen):
        yield [
            line.tax_code,
            line.legacy_number,
            line.name,
            register.word(register.KIND_WORDS, line.kind),
            line.sector and register.word(register.SECTOR_WORDS, line.sector),
            places.get(line.place, line.place),
            line.commune_name,
            line.founded_on,
            line.operating_state and register.word(register.OPERATING_WORDS, line.operating_state),
            line.operating_state_on,
            line.legal_status and register.word(register.LEGAL_WORDS, line.legal_status),
            line.legal_status_on,
            None if line.is_law_compliant is None else register.yes_no(line.is_law_compliant),
            line.union_name,
            line.rating_class and register.word(register.RATING_WORDS, line.rating_class),
            line.rating_year,
            line.member_count,
            line.report_year,
            _demo(line),
        ]


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
            _demo(line),
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
            _demo(line),
        ]


def _demo(line: OrganizationLine) -> str:
    return "mô phỏng" if line.is_demo else ""
