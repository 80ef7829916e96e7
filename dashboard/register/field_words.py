"""What the fields of the register are called, with their unit, and how their values are written."""

from __future__ import annotations

from datetime import date

from dashboard.register import words as register
from dashboard.ui import words

REPORT_FIELDS: dict[str, str] = {
    "member_count": "Thành viên (người)",
    "official_member_count": "Thành viên chính thức (người)",
    "capital_associate_count": "Thành viên liên kết góp vốn (người)",
    "noncapital_associate_count": "Thành viên liên kết không góp vốn (người)",
    "female_member_count": "Thành viên nữ (người)",
    "new_member_count": "Thành viên mới (người)",
    "worker_count": "Lao động thường xuyên (người)",
    "member_worker_count": "Lao động là thành viên (người)",
    "manager_count": "Cán bộ quản lý (người)",
    "manager_trained_count": "Cán bộ quản lý đã qua đào tạo (người)",
    "manager_degree_count": "Cán bộ quản lý trình độ cao đẳng, đại học (người)",
    "charter_capital_mn": "Vốn điều lệ (triệu đồng)",
    "working_capital_mn": "Tổng nguồn vốn (triệu đồng)",
    "revenue_mn": "Doanh thu (triệu đồng)",
    "member_revenue_mn": "Doanh thu với thành viên (triệu đồng)",
    "profit_mn": "Lợi nhuận (triệu đồng)",
    "worker_income_mn": "Thu nhập bình quân lao động (triệu đồng/năm)",
    "has_high_tech": "Ứng dụng công nghệ cao",
    "has_linkage_contract": "Hợp đồng liên kết",
    "has_digital": "Chuyển đổi số",
    "has_traceability": "Truy xuất nguồn gốc",
    "has_ocop": "Sản phẩm OCOP",
    "ocop_product_count": "Số sản phẩm OCOP",
}
FIELD_WORDS: dict[str, str] = {
    **REPORT_FIELDS,
    "tax_code": "Mã số",
    "legacy_number": "Số đăng ký cũ",
    "kind": "Loại hình",
    "name": "Tên",
    "sector": "Lĩnh vực",
    "vsic_version": "Bản ngành kinh tế",
    "vsic_code": "Mã ngành kinh tế",
    "place": "Địa bàn",
    "commune_code": "Mã xã, phường",
    "commune_since": "Xã, phường theo ranh giới từ",
    "commune_name": "Xã, phường",
    "district_name": "Huyện (đến 30/6/2025)",
    "founded_on": "Ngày thành lập",
    "is_law_compliant": "Đã chuyển đổi theo Luật",
    "union_name": "Thành viên của liên hiệp",
    "source": "Nguồn",
    "known_on": "Chép ngày",
    "field": "Loại tình trạng",
    "state": "Tình trạng",
    "on": "Ngày",
    "linkage_form": "Hình thức liên kết",
    "linkage_partner_kind": "Bên liên kết",
    "linkage_valid_from": "Liên kết từ",
    "linkage_valid_to": "Liên kết đến",
    "value_kind": "Loại số liệu",
    "scheme": "Cách chấm điểm",
    "year": "Năm",
    "rating_class": "Xếp loại",
    "points": "Điểm",
    "not_rated_reason": "Lý do không xếp loại",
    "is_contradicting": "Xếp loại không khớp điểm",
    "responsible": "Cơ quan theo dõi",
    "next_step": "Việc tiếp theo",
    "due_on": "Hạn",
    "note": "Ghi chú",
}
LINKAGE_FORMS: dict[int, str] = {
    1: "Cung ứng vật tư, tổ chức sản xuất, thu hoạch, chế biến và tiêu thụ",
    2: "Cung ứng vật tư gắn với tiêu thụ",
    3: "Tổ chức sản xuất, thu hoạch gắn với tiêu thụ",
    4: "Cung ứng vật tư, tổ chức sản xuất, thu hoạch gắn với tiêu thụ",
    5: "Tổ chức sản xuất, thu hoạch, chế biến gắn với tiêu thụ",
    6: "Cung ứng vật tư, chế biến gắn với tiêu thụ",
    7: "Chế biến gắn với tiêu thụ",
}
PARTNERS = {
    "enterprise": "doanh nghiệp",
    "collective": "tổ chức kinh tế tập thể khác",
    "cooperative": "hợp tác xã khác",
}
RUN_WORDS = {
    "register": "Danh sách đăng ký",
    "year_report": "Báo cáo năm",
    "ratings": "Kết quả xếp loại",
    "sample": "Sổ đăng ký mô phỏng",
    "undo": "Hoàn tác một lượt nạp",
    "manual": "Nhập tay",
    "worklist_step": "Ghi việc xử lý",
}
_TABLES: dict[str, dict[str, str]] = {
    "kind": register.KIND_WORDS,
    "sector": register.SECTOR_WORDS,
    "rating_class": register.RATING_WORDS,
    "not_rated_reason": register.REASON_WORDS,
    "scheme": register.SCHEME_WORDS,
    "state": {**register.LEGAL_WORDS, **register.OPERATING_WORDS},
    "value_kind": {"actual": "thực hiện", "estimate": "ước thực hiện", "plan": "kế hoạch"},
    "linkage_partner_kind": PARTNERS,
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
        return _TABLES.get(name, {}).get(str(value), str(value))
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
