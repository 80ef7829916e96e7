"""The words of the register: kinds, states, classes, sectors and flags in official Vietnamese terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from dashboard.ui import words
from models.register.organization import OperatingState, OrganizationKind, RatingClass
from models.register.register_words import KIND_WORDS as KIND_WORDS
from models.register.register_words import LEGAL_WORDS as LEGAL_WORDS
from models.register.register_words import OPERATING_WORDS as OPERATING_WORDS
from models.register.register_words import RATING_WORDS as RATING_WORDS
from models.register.register_words import REASON_WORDS as REASON_WORDS
from models.register.register_words import SCHEME_WORDS as SCHEME_WORDS
from models.register.register_words import SECTOR_WORDS as SECTOR_WORDS
from models.register.register_words import UNKNOWN as UNKNOWN

KIND_SHORT: dict[str, str] = {
    OrganizationKind.COOPERATIVE: "HTX",
    OrganizationKind.UNION: "LHHTX",
    OrganizationKind.GROUP: "THT",
    OrganizationKind.CREDIT_FUND: "QTDND",
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
