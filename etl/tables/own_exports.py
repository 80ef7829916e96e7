"""Knows the product's own lists by their headings: what they hold is there already and is not loaded back."""

from __future__ import annotations

from collections.abc import Iterable

from etl.files.readers import Row
from etl.parsing.parsed import Problem, text_of
from etl.parsing.text import clean

OWN = (  # headings that no other list has together, and what the list is
    (("Tình trạng báo cáo", "Pháp lý từ ngày", "Năm báo cáo"), "danh sách sổ đăng ký"),
    (("Vì sao", "Việc tiếp theo", "Cơ quan theo dõi"), "danh sách tổ chức cần xử lý"),
    (("Cách chấm", "Năm trước", "Điểm", "Mô phỏng"), "danh sách xếp loại"),
    (("Mã xã", "Tên xã, phường", "Ranh giới"), "bảng theo xã"),
    (("So sánh", "Tình trạng trong danh sách đầu"), "bảng so hai danh sách"),
    (("Chủ trì (tên trong văn bản)", "Chủ trì hiện nay", "Tình trạng"), "danh sách nhiệm vụ"),
    (("leads_text", "deadline_kind", "state"), "danh sách nhiệm vụ"),
    (("Người", "Dấu địa chỉ", "Mã yêu cầu"), "nhật ký"),
    (("place", "place_name"), "bảng số liệu mở (API)"),
    (("tax_code_is_valid", "operating_state_on"), "bảng tổ chức (API)"),
)


def own_export(rows: Iterable[Row]) -> Problem | None:
    """The problem of a sheet that the product has written as a list; None for every other sheet."""
    for row in rows:
        told = {clean(text_of(cell)) for cell in row.cells if cell is not None}
        for headings, name in OWN:
            if told.issuperset(headings):
                what = f"đây là {name} do chính hệ thống xuất ra, dữ liệu trong đó đã có sẵn"
                remedy = "Không cần nạp lại; để sửa nhiều dòng, tải biểu mẫu đã điền sẵn ở trang nhập liệu"
                return Problem("file.own_export", what, remedy)
    return None
