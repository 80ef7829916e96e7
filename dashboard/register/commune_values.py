"""What the page of communes asks and shows, as plain values and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from models.register.register_communes import Boundary, CommuneCounts, Unplaced
from models.targets.reading import PlaceView

BOUNDARIES = {"moi": Boundary.NEW, "cu": Boundary.OLD}
BOUNDARY_WORDS = {"moi": "từ 01/7/2025", "cu": "trước 01/7/2025"}
HEADINGS: dict[str, str] = {
    "htx_count": "HTX",
    "htx_active_count": "HTX đang hoạt động",
    "htx_stopped_count": "HTX ngừng, chờ giải thể",
    "htx_not_converted_count": "HTX chưa chuyển đổi",
    "lhhtx_count": "LHHTX",
    "tht_count": "THT",
    "htx_member_count": "Thành viên HTX",
}
UNPLACED_WORDS: dict[Unplaced, str] = {
    Unplaced.NO_CODE: "Chưa phân được: danh sách không ghi xã, hoặc nạp khi chưa có danh mục xã",
    Unplaced.UNKNOWN_CODE: "Chưa phân được: mã xã không có trong danh mục",
    Unplaced.SAME_CODE: "Chưa phân được: mã dùng cho cả xã cũ và xã mới, danh sách không nói rõ",
    Unplaced.SPLIT: "Chưa phân được: xã chia tách, chỉ nhập một phần vào mỗi xã mới",
    Unplaced.SEVERAL: "Chưa phân được: xã mới gồm nhiều xã cũ",
}


@dataclass(frozen=True, slots=True)
class CommunePage:
    """The communes of one place and year on one boundary; `places` and `years` are what may be chosen."""

    place: PlaceView | None
    year: int
    boundary: str
    places: tuple[PlaceView, ...]
    years: tuple[int, ...]
    counts: CommuneCounts
    has_tables: bool
    names: Mapping[str, str]
