"""The official words of the register: its fields with their unit, and the coded values of each."""

from __future__ import annotations

from models.register.organization import (
    LegalStatus,
    OperatingState,
    OrganizationDetail,
    OrganizationKind,
    OrganizationState,
    Rating,
    RatingClass,
    WorklistStep,
    YearReport,
)

UNKNOWN = "none"  # the code that stands for "nobody said" in addresses and counts

KIND_WORDS: dict[str, str] = {
    OrganizationKind.COOPERATIVE: "Hợp tác xã",
    OrganizationKind.UNION: "Liên hiệp hợp tác xã",
    OrganizationKind.GROUP: "Tổ hợp tác",
    OrganizationKind.CREDIT_FUND: "Quỹ tín dụng nhân dân",
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
PARTNERS = {
    "enterprise": "doanh nghiệp",
    "collective": "tổ chức kinh tế tập thể khác",
    "cooperative": "hợp tác xã khác",
}
_FACTS = (OrganizationDetail, OrganizationState, YearReport, Rating, WorklistStep)
FIELD_WORDS = {name: field.title for model in _FACTS for name, field in model.model_fields.items() if field.title} | {
    "founded": "Ngày thành lập",  # as columns of lists are named
    "law_compliant": "Đã chuyển đổi theo Luật",
    "operating_state": "Tình trạng hoạt động",
    "legal_status": "Tình trạng pháp lý",
}
CODED: dict[str, dict[str, str]] = {
    "operating_state": OPERATING_WORDS,
    "legal_status": LEGAL_WORDS,
    "kind": KIND_WORDS,
    "sector": SECTOR_WORDS,
    "rating_class": RATING_WORDS,
    "not_rated_reason": REASON_WORDS,
    "scheme": SCHEME_WORDS,
    "state": {**LEGAL_WORDS, **OPERATING_WORDS},
    "value_kind": {"actual": "thực hiện", "estimate": "ước thực hiện", "plan": "kế hoạch"},
    "linkage_partner_kind": PARTNERS,
}
