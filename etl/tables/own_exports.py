"""Knows the product's own lists and workbooks to fill in by their headings, and what each of their columns means.

A list of organisations is read back: what still stands as it was written changes nothing. Other lists are refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from etl.files.readers import Row
from etl.parsing.parsed import Problem, text_of
from etl.parsing.text import clean
from etl.tables.heading_words import HeadingWords, Spelling

TEMPLATE_SHEET = "Biểu mẫu"
BLANK_TEMPLATE = "file.blank_template"
DERIVED = "own_"  # columns that the product works out: they are never read back
_ORGANIZATION = {
    "Mã số": "tax_code",
    "Tên": "name",
    "Địa bàn": "province",
    "Xã, phường": "commune",
}
_UNITS = {"member_count": "người"}


@dataclass(frozen=True, slots=True)
class OwnList:
    """One list of the product: headings that no other list has together, its name, and our names of its columns."""

    marks: tuple[str, ...]
    name: str
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> HeadingWords:
        """The headings as they are written."""
        spellings = (Spelling(name, text, _UNITS.get(name, "")) for text, name in self.columns.items())
        return HeadingWords(spellings)

    @property
    def derived(self) -> list[str]:
        """The columns that are not read back."""
        return [text for text, name in self.columns.items() if name.startswith(DERIVED)]


OWN = (
    OwnList(
        ("Tình trạng báo cáo", "Pháp lý từ ngày", "Năm báo cáo"),
        "danh sách sổ đăng ký",
        _ORGANIZATION
        | {
            "Số đăng ký cũ": "legacy_number",
            "Loại hình": "kind",
            "Lĩnh vực": "sector",
            "Ngày thành lập": "founded",
            "Tình trạng báo cáo": "operating_state",
            "Từ ngày": "operating_state_on",
            "Tình trạng pháp lý": "legal_status",
            "Pháp lý từ ngày": "legal_status_on",
            "Đã chuyển đổi theo Luật": "law_compliant",
            "Thành viên của liên hiệp": "union_name",
            "Xếp loại": "rating_class",
            "Năm xếp loại": "rating_year",
            "Số thành viên": "member_count",
            "Năm báo cáo": "report_year",
            "Mô phỏng": "own_demo",
        },
    ),
    OwnList(
        ("Vì sao", "Việc tiếp theo", "Cơ quan theo dõi"),
        "danh sách tổ chức cần xử lý",
        _ORGANIZATION
        | {
            "Tình trạng báo cáo": "operating_state",
            "Vì sao": "own_reason",
            "Từ ngày": "own_since",
            "Cơ quan theo dõi": "own_responsible",
            "Việc tiếp theo": "own_step",
            "Hạn": "own_due",
            "Mô phỏng": "own_demo",
        },
    ),
    OwnList(
        ("Cách chấm", "Năm trước", "Điểm", "Mô phỏng"),
        "danh sách xếp loại",
        _ORGANIZATION
        | {
            "Năm": "rating_year",
            "Cách chấm": "rating_scheme",
            "Xếp loại": "rating_class",
            "Năm trước": "own_before",
            "Điểm": "points",
            "Mô phỏng": "own_demo",
        },
    ),
    OwnList(
        ("So sánh", "Tình trạng trong danh sách đầu"),
        "bảng so hai danh sách",
        _ORGANIZATION
        | {
            "So sánh": "own_compared",
            "Tình trạng trong danh sách đầu": "own_first",
            "Tình trạng trong danh sách sau": "own_second",
        },
    ),
    OwnList(("Mã xã", "Tên xã, phường", "Ranh giới"), "bảng theo xã"),
    OwnList(("Chủ trì (tên trong văn bản)", "Chủ trì hiện nay", "Tình trạng"), "danh sách nhiệm vụ"),
    OwnList(("leads_text", "deadline_kind", "state"), "danh sách nhiệm vụ"),
    OwnList(("Người", "Dấu địa chỉ", "Mã yêu cầu"), "nhật ký"),
    OwnList(("place", "place_name"), "bảng số liệu mở (API)"),
    OwnList(("tax_code_is_valid", "operating_state_on"), "bảng tổ chức (API)"),
)


def own_list(rows: Iterable[Row]) -> OwnList | None:
    """The list that a sheet is when the product has written it; None for every other sheet."""
    for row in rows:
        told = {clean(text_of(cell)) for cell in row.cells if cell is not None}
        if found := next((own for own in OWN if told.issuperset(own.marks)), None):
            return found
    return None


def not_read_back(own: OwnList) -> Problem:
    """Why a list of the product is refused: nothing of it is kept as it stands there."""
    what = f"đây là {own.name} do chính hệ thống xuất ra, dữ liệu trong đó đã có sẵn"
    remedy = "Không cần nạp lại; để sửa nhiều dòng, tải biểu mẫu đã điền sẵn ở trang nhập liệu"
    return Problem("file.own_export", what, remedy)


def says_read_back(own: OwnList) -> Problem:
    """That only what was changed in a list of the product is read, and which of its columns never are."""
    what = f"đây là {own.name} do hệ thống xuất ra: chỉ nạp những ô đã sửa"
    if own.derived:
        what += f"; không nạp các cột hệ thống tự tính {', '.join(own.derived)}"
    return Problem("file.own_list", what, "Không cần làm gì; muốn sửa các cột đó thì sửa ở trang của chúng")
