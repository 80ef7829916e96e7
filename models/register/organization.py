"""Organisations by name, their states, yearly reports and people; what was said earlier is kept.

`Organization` is the identity and the present picture, derived from the facts after each load so that
lists and searches stay quick. The facts beside it are the truth: a changed one supersedes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current


class OrganizationKind(StrEnum):
    """HTX, LHHTX and THT of the law; a people's credit fund is an HTX counted apart."""

    COOPERATIVE = "htx"
    UNION = "lhhtx"
    GROUP = "tht"
    CREDIT_FUND = "qtdnd"


class LegalStatus(StrEnum):
    """The statuses of Decree 92/2024/NĐ-CP, articles 27 and 28."""

    ACTIVE = "active"
    SUSPENDED = "suspended"
    REVOKED_TAX = "revoked_tax_enforcement"
    DISSOLVING = "dissolving"
    BANKRUPTCY = "bankruptcy"
    DISSOLVED = "dissolved"
    NOT_AT_ADDRESS = "not_at_registered_address"


class OperatingState(StrEnum):
    """What provincial reports say, which is not the legal status."""

    ACTIVE = "active"
    STOPPED = "stopped"
    SUSPENDED = "suspended"
    AWAITING_DISSOLUTION = "awaiting_dissolution"
    NOT_CONVERTED = "not_converted"
    DISSOLVED = "dissolved"


LISTED = "listed"


class RatingClass(StrEnum):
    """tốt, khá, trung bình, yếu, and not rated (with a reason)."""

    GOOD = "good"
    FAIR = "fair"
    AVERAGE = "average"
    WEAK = "weak"
    NOT_RATED = "not_rated"


# What the register is counted by: one index holds it all, so that counting reads no row of the table.
COUNTED_BY = ("place", "kind", "sector", "operating_state", "legal_status", "rating_class")

# What the last state of an organisation is found by, in the order in which one looks: no row is read for it either.
LAST_BY = ("organization_id", "field", "on", "id", "superseded_at", "state")


class RegisterEntry(SQLModel):
    """What a list says of an organisation: columns of its entry and of its present picture (not a table itself).

    A column declared here is brought up to date, told in the history, exported, listed and shown without another
    line; `title` is what readers see (docs/adding-a-column.md). `tax_code` is text of 10 digits, or 10 + "-" + 3.
    """

    tax_code: str | None = Field(default=None, title="Mã số")
    legacy_number: str | None = Field(default=None, title="Số đăng ký cũ")
    kind: str = Field(title="Loại hình")
    name: str = Field(title="Tên")
    sector: str | None = Field(default=None, title="Lĩnh vực")
    place: str = Field(foreign_key="place.slug", title="Địa bàn")
    commune_code: str | None = Field(default=None, title="Mã xã, phường")
    commune_name: str | None = Field(default=None, title="Xã, phường")
    founded_on: date | None = Field(default=None, title="Ngày thành lập")
    is_law_compliant: bool | None = Field(default=None, title="Đã chuyển đổi theo Luật")
    union_name: str | None = Field(default=None, title="Thành viên của liên hiệp")


class Organization(RegisterEntry, table=True):
    """Who it is (surrogate `id`, tax code where known) and its present picture, derived from the facts.

    A tax code with a wrong check digit is kept and flagged. Demo rows are invented and never count in official figures.
    `name_sort` puts names in the order of the Vietnamese alphabet (models/base/vietnamese_order.py).
    """

    __tablename__ = "organization"
    __table_args__ = (
        UniqueConstraint("tax_code"),
        *(Index(f"ix_organization_{name}", name) for name in ("legacy_number", "commune_code", *COUNTED_BY)),
        Index("ix_organization_counts", *COUNTED_BY, "is_demo", "is_withdrawn"),
    )

    id: int | None = Field(default=None, primary_key=True)
    is_demo: bool = Field(default=False, index=True, title="Mô phỏng")
    tax_code_is_valid: bool | None = None
    name_norm: str = Field(index=True)
    name_sort: str = Field(default="", index=True)
    legal_status: str | None = Field(default=None, title="Tình trạng pháp lý")
    legal_status_on: date | None = Field(default=None, title="Pháp lý từ ngày")
    operating_state: str | None = Field(default=None, title="Tình trạng báo cáo")
    operating_state_on: date | None = Field(default=None, title="Từ ngày")
    rating_class: str | None = Field(default=None, title="Xếp loại")
    rating_year: int | None = Field(default=None, title="Năm xếp loại")
    member_count: int | None = Field(default=None, title="Số thành viên")
    report_year: int | None = Field(default=None, title="Năm báo cáo")
    is_withdrawn: bool = Field(default=False, index=True)
    run_id: int = Field(foreign_key="run.id", index=True)


class OrganizationDetail(Fact, RegisterEntry, table=True):
    """What the register says of an organisation; key = "<id>".

    `commune_since` is the `valid_from` of the commune meant: some codes mean one commune before 01/7/2025 and
    another since. None where no commune table was there, or the entry is older than this column.
    """

    __tablename__ = "organization_detail"
    __table_args__ = (one_current("organization_detail"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    vsic_version: str | None = Field(default=None, title="Bản ngành kinh tế")
    vsic_code: str | None = Field(default=None, title="Mã ngành kinh tế")
    commune_since: date | None = Field(default=None, title="Xã, phường theo ranh giới từ")
    district_name: str | None = Field(default=None, title="Huyện (đến 30/6/2025)")
    source: str = Field(title="Nguồn")
    known_on: date = Field(title="Chép ngày")


class OrganizationState(Fact, table=True):
    """A legal status or a reported operating state on a day; key = "<id>/<field>/<on>"; both are kept apart.

    The field LISTED says only that a list of that day names the organisation in a state which nobody could read yet:
    it counts in the figures of that day, and its state stays what was known.
    """

    __tablename__ = "organization_state"
    __table_args__ = (one_current("organization_state"), Index("ix_organization_state_last", *LAST_BY))

    organization_id: int = Field(foreign_key="organization.id")
    field: str = Field(title="Loại tình trạng")
    state: str = Field(title="Tình trạng")
    on: date = Field(title="Ngày")
    source: str = Field(title="Nguồn")


class OrganizationPerson(Fact, table=True):
    """Director or legal representative: name, sex, birth year and education only; never exported by default.

    key = "<id>/<role>/<year>".
    """

    __tablename__ = "organization_person"
    __table_args__ = (one_current("organization_person"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    role: str
    year: int
    name: str | None = None
    is_female: bool | None = None
    birth_year: int | None = None
    education: str | None = None


class YearReport(Fact, table=True):
    """One organisation's year; key = "<id>/<year>". Money in million VND; None is "not reported", never zero."""

    __tablename__ = "year_report"
    __table_args__ = (one_current("year_report"), Index("ix_year_report_of", "organization_id", "year"))

    organization_id: int = Field(foreign_key="organization.id")
    year: int = Field(index=True, title="Năm")
    member_count: int | None = Field(default=None, title="Thành viên (người)")
    official_member_count: int | None = Field(default=None, title="Thành viên chính thức (người)")
    capital_associate_count: int | None = Field(default=None, title="Thành viên liên kết góp vốn (người)")
    noncapital_associate_count: int | None = Field(default=None, title="Thành viên liên kết không góp vốn (người)")
    female_member_count: int | None = Field(default=None, title="Thành viên nữ (người)")
    new_member_count: int | None = Field(default=None, title="Thành viên mới (người)")
    worker_count: int | None = Field(default=None, title="Lao động thường xuyên (người)")
    member_worker_count: int | None = Field(default=None, title="Lao động là thành viên (người)")
    manager_count: int | None = Field(default=None, title="Cán bộ quản lý (người)")
    manager_trained_count: int | None = Field(default=None, title="Cán bộ quản lý đã qua đào tạo (người)")
    manager_degree_count: int | None = Field(default=None, title="Cán bộ quản lý trình độ cao đẳng, đại học (người)")
    is_director_female: bool | None = None
    charter_capital_mn: float | None = Field(default=None, title="Vốn điều lệ (triệu đồng)")
    working_capital_mn: float | None = Field(default=None, title="Tổng nguồn vốn (triệu đồng)")
    revenue_mn: float | None = Field(default=None, title="Doanh thu (triệu đồng)")
    member_revenue_mn: float | None = Field(default=None, title="Doanh thu với thành viên (triệu đồng)")
    profit_mn: float | None = Field(default=None, title="Lợi nhuận (triệu đồng)")
    worker_income_mn: float | None = Field(default=None, title="Thu nhập bình quân lao động (triệu đồng/năm)")
    has_high_tech: bool | None = Field(default=None, title="Ứng dụng công nghệ cao")
    has_linkage_contract: bool | None = Field(default=None, title="Hợp đồng liên kết")
    linkage_form: int | None = Field(default=None, title="Hình thức liên kết")
    linkage_partner_kind: str | None = Field(default=None, title="Bên liên kết")
    linkage_valid_from: date | None = Field(default=None, title="Liên kết từ")
    linkage_valid_to: date | None = Field(default=None, title="Liên kết đến")
    has_digital: bool | None = Field(default=None, title="Chuyển đổi số")
    has_traceability: bool | None = Field(default=None, title="Truy xuất nguồn gốc")
    has_ocop: bool | None = Field(default=None, title="Sản phẩm OCOP")
    ocop_product_count: int | None = Field(default=None, title="Số sản phẩm OCOP")
    value_kind: str = Field(default="actual", title="Loại số liệu")
    source: str = Field(title="Nguồn")


class Rating(Fact, table=True):
    """One rating under one scheme; key = "<id>/<scheme>/<year>". Points may be absent.

    `is_contradicting` says that the class given is not the class of the points.
    """

    __tablename__ = "rating"
    __table_args__ = (one_current("rating"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    scheme: str = Field(title="Cách chấm điểm")
    year: int = Field(index=True, title="Năm")
    rating_class: str = Field(title="Xếp loại")
    points: float | None = Field(default=None, title="Điểm")
    not_rated_reason: str | None = Field(default=None, title="Lý do không xếp loại")
    is_contradicting: bool = Field(default=False, title="Xếp loại không khớp điểm")
    source: str = Field(title="Nguồn")


class WorklistStep(Fact, table=True):
    """What is done about an organisation to be settled: who, next step, until when; key = "<id>"."""

    __tablename__ = "worklist_step"
    __table_args__ = (one_current("worklist_step"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    responsible: str = Field(title="Cơ quan theo dõi")
    next_step: str = Field(title="Việc tiếp theo")
    due_on: date | None = Field(default=None, title="Hạn")
    note: str = Field(default="", title="Ghi chú")
    actor: str


class PairDecision(Fact, table=True):
    """Whether two register rows are one organisation; remembered. key = "<id>/<id or row fingerprint>"."""

    __tablename__ = "pair_decision"
    __table_args__ = (one_current("pair_decision"),)

    is_same: bool
    reason: str
    actor: str
