"""What the fields of the register are called, with their unit, and how their values are written."""

from __future__ import annotations

from datetime import date

from dashboard.register import words as register
from dashboard.ui import words
from models.register.organization import RegisterEntry, YearReport
from models.register.register_words import CODED as CODED
from models.register.register_words import FIELD_WORDS as FIELD_WORDS

# The columns of lists handed out, in their order; one declared since follows, and stands on an organisation's page too.
_ARRANGED = (
    "tax_code", "legacy_number", "name", "kind", "sector", "place", "commune_name", "founded_on", "operating_state",
    "operating_state_on", "legal_status", "legal_status_on", "is_law_compliant", "union_name", "rating_class",
    "rating_year", "member_count", "report_year", "is_demo",
)  # fmt: skip
ADDED = tuple(name for name in RegisterEntry.model_fields if name not in (*_ARRANGED, "commune_code"))
LISTED = (*_ARRANGED, *ADDED)
REPORT_FIELDS = [
    name for name in YearReport.model_fields if name.endswith(("_count", "_mn")) or name.startswith("has_")
]
LINKAGE_FORMS: dict[int, str] = {
    1: "Cung ứng vật tư, tổ chức sản xuất, thu hoạch, chế biến và tiêu thụ",
    2: "Cung ứng vật tư gắn với tiêu thụ",
    3: "Tổ chức sản xuất, thu hoạch gắn với tiêu thụ",
    4: "Cung ứng vật tư, tổ chức sản xuất, thu hoạch gắn với tiêu thụ",
    5: "Tổ chức sản xuất, thu hoạch, chế biến gắn với tiêu thụ",
    6: "Cung ứng vật tư, chế biến gắn với tiêu thụ",
    7: "Chế biến gắn với tiêu thụ",
}
RUN_WORDS = {
    "register": "Danh sách đăng ký",
    "year_report": "Báo cáo năm",
    "ratings": "Kết quả xếp loại",
    "sample": "Sổ đăng ký mô phỏng",
    "undo": "Hoàn tác một lượt nạp",
    "reread": "Đọc lại giá trị chưa đọc được",
    "manual": "Nhập tay",
    "worklist_step": "Ghi việc xử lý",
}


def field_word(name: str) -> str:
    """What a field is called."""
    return FIELD_WORDS.get(name, name)


def value_word(name: str, value: object) -> str:
    """A stored value as a reader reads it."""
    if value is None or value == "":
        return words.NONE
    if isinstance(value, bool):
        return register.yes_no(value)
    if isinstance(value, date):
        return words.day(value) if value.year > 1 else "trước 01/7/2025"  # a commune of before has no first day
    if name in ("year", "linkage_form") or isinstance(value, str):
        return CODED.get(name, {}).get(str(value), str(value))
    return words.number(value) if isinstance(value, int | float) else str(value)


def subject_word(subject: str) -> str:
    """What a change is about: "state/operating_state/2023-12-31" as words."""
    kind, *rest = subject.split("/")
    if kind == "state" and len(rest) == 2:
        which = "pháp lý" if "legal" in rest[0] else "hoạt động"
        return f"Tình trạng {which} ngày {words.day(date.fromisoformat(rest[1]))}"
    year = f" năm {rest[0]}" if rest else ""
    return {
        "detail": "Thông tin đăng ký",
        "report": f"Báo cáo{year}",
        "rating": f"Xếp loại{year}",
        "step": "Việc xử lý",
    }.get(kind, subject)
