"""The words of the register: kinds, states, classes, sectors and flags in official Vietnamese terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.ui import words
from models.register.organization import LegalStatus, OperatingState, OrganizationKind, RatingClass

UNKNOWN = "none"  # the code that stands for "nobody said" in addresses and counts

KIND_WORDS: dict[str, str] = {
    OrganizationKind.COOPERATIVE: "Hợp tác xã",
    OrganizationKind.UNION: "Liên hiệp hợp tác xã",
    OrganizationKind.GROUP: "Tổ hợp tác",
    OrganizationKind.CREDIT_FUND: "Quỹ tín dụng nhân dân",
}
KIND_SHORT: dict[str, str] = {
    OrganizationKind.COOPERATIVE: "HTX",
    OrganizationKind.UNION: "LHHTX",
    OrganizationKind.GROUP: "THT",
    OrganizationKind.CREDIT_FUND: "QTDND",
}
OPERATING_WORDS: dict[str, str] = {
    OperatingState.ACTIVE: "Đang hoạt động",
    OperatingState.STOPPED: "Ngừng hoạt động",
    OperatingState.SUSPENDED: "Tạm ngừng",
    OperatingState.AWAITING_DISSOLUTION: "Chờ giải thể",
    OperatingState.NOT_CONVERTED: "Chưa chuyển đổi",
    OperatingState.DISSOLVED: "Đã giải thể",
    UNKNOWN: "Chưa có báo cáo",
}
LEGAL_WORDS: dict[str, str] = {
    LegalStatus.ACTIVE: "Đang hoạt động",
    LegalStatus.SUSPENDED: "Tạm ngừng kinh doanh",
    LegalStatus.REVOKED_TAX: "Bị thu hồi do cưỡng chế về quản lý thuế",
    LegalStatus.DISSOLVING: "Đang làm thủ tục giải thể",
    LegalStatus.BANKRUPTCY: "Đang làm thủ tục phá sản",
    LegalStatus.DISSOLVED: "Đã giải thể, phá sản, chấm dứt tồn tại",
    LegalStatus.NOT_AT_ADDRESS: "Không hoạt động tại địa chỉ đã đăng ký",
    UNKNOWN: "Chưa rõ",
}
RATING_WORDS: dict[str, str] = {
    RatingClass.GOOD: "Tốt",
    RatingClass.FAIR: "Khá",
    RatingClass.AVERAGE: "Trung bình",
    RatingClass.WEAK: "Yếu",
    RatingClass.NOT_RATED: "Không xếp loại",
    UNKNOWN: "Chưa có kết quả",
}
SECTOR_WORDS: dict[str, str] = {
    "agriculture": "Nông nghiệp",
    "industry": "Công nghiệp, TTCN",
    "construction": "Xây dựng",
    "credit": "Tín dụng",
    "trade": "Thương mại, dịch vụ",
    "trade_service": "Thương mại, dịch vụ",
    "trade_services": "Thương mại, dịch vụ",
    "services": "Thương mại, dịch vụ",
    "transport": "Vận tải",
    "environment": "Môi trường",
    "other": "Khác",
    UNKNOWN: "Chưa rõ lĩnh vực",
}
FLAG_WORDS: dict[str, str] = {
    "chua-chuyen-doi": "Chưa chuyển đổi theo Luật Hợp tác xã",
    "khong-ma": "Chưa có mã số",
    "ma-sai": "Mã số sai số kiểm tra",
    "lien-ket": "Có hợp đồng liên kết",
    "cong-nghe-cao": "Ứng dụng công nghệ cao",
    "chuyen-doi-so": "Có chuyển đổi số",
    "truy-xuat": "Có truy xuất nguồn gốc",
    "ocop": "Có sản phẩm OCOP",
}
SCHEME_WORDS: dict[str, str] = {
    "TT01_2020": "Thông tư 01/2020/TT-BKHĐT",
    "TT09_2017": "Thông tư 09/2017/TT-BNNPTNT",
}
REASON_WORDS: dict[str, str] = {
    "unstated": "Không ghi lý do",
    "under_12_months": "Hoạt động dưới 12 tháng",
    "stopped_over_3_months": "Ngừng hoạt động trên 3 tháng trong năm",
    UNKNOWN: "Không ghi lý do",
}
WORK_WORDS: dict[str, str] = {
    "ngung": "Đã ngừng hoạt động",
    "cho-giai-the": "Chờ giải thể, phá sản",
    "chua-chuyen-doi": "Chưa chuyển đổi theo Luật",
}
ROLE_WORDS: dict[str, str] = {"director": "giám đốc", "legal_representative": "người đại diện theo pháp luật"}
DEMO = "Số liệu mô phỏng: tên, mã số và con số đều do máy đặt ra để thử, không dùng để báo cáo."

# A hue and an icon beside each word, as on every page.
OPERATING_MARKS: dict[str, tuple[str, str]] = {
    OperatingState.ACTIVE: ("reached", "check"),
    OperatingState.STOPPED: ("risk", "triangle"),
    OperatingState.SUSPENDED: ("slow", "half"),
    OperatingState.AWAITING_DISSOLUTION: ("away", "down"),
    OperatingState.NOT_CONVERTED: ("slow", "unequal"),
    OperatingState.DISSOLVED: ("unknown", "dash"),
    UNKNOWN: ("unknown", "empty"),
}
RATING_MARKS: dict[str, tuple[str, str]] = {
    RatingClass.GOOD: ("reached", "check"),
    RatingClass.FAIR: ("track", "up"),
    RatingClass.AVERAGE: ("slow", "half"),
    RatingClass.WEAK: ("risk", "triangle"),
    RatingClass.NOT_RATED: ("unknown", "dash"),
    UNKNOWN: ("unknown", "empty"),
}


def word(table: Mapping[str, str], code: str | None) -> str:
    """The word of a code; an unknown code is shown as it is, none as "nobody said"."""
    return table.get(code or UNKNOWN) or code or words.NONE


def yes_no(value: bool | None) -> str:
    """Có, Không, or a dash while nobody said."""
    return words.NONE if value is None else ("Có" if value else "Không")


def since(day: date | None) -> str:
    """A day, or that it is not known."""
    return words.day(day) if day else "không rõ ngày"
