"""Organisations by name, their states, yearly reports and people; what was said earlier is kept.

`Organization` is the identity and the present picture, derived from the facts after each load so that
lists and searches stay quick. The facts beside it are the truth: a changed one supersedes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import Index
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


class Organization(SQLModel, table=True):
    """Who it is (surrogate `id`, tax code where known) and its present picture, derived from the facts.

    `tax_code` is text of 10 digits, or 10 + "-" + 3; a wrong check digit is kept and flagged. Demo rows are
    invented and never count in official figures.
    """

    __tablename__ = "organization"
    __table_args__ = (Index("ix_organization_counts", *COUNTED_BY, "is_demo", "is_withdrawn"),)

    id: int | None = Field(default=None, primary_key=True)
    is_demo: bool = Field(default=False, index=True)
    tax_code: str | None = Field(default=None, unique=True)
    tax_code_is_valid: bool | None = None
    legacy_number: str | None = Field(default=None, index=True)
    kind: str = Field(index=True)
    name: str
    name_norm: str = Field(index=True)
    sector: str | None = Field(default=None, index=True)
    place: str = Field(foreign_key="place.slug", index=True)
    commune_code: str | None = Field(default=None, index=True)
    commune_name: str | None = None
    founded_on: date | None = None
    legal_status: str | None = Field(default=None, index=True)
    legal_status_on: date | None = None
    operating_state: str | None = Field(default=None, index=True)
    operating_state_on: date | None = None
    is_law_compliant: bool | None = None
    union_name: str | None = None
    rating_class: str | None = Field(default=None, index=True)
    rating_year: int | None = None
    member_count: int | None = None
    report_year: int | None = None
    is_withdrawn: bool = Field(default=False, index=True)
    run_id: int = Field(foreign_key="run.id", index=True)


class OrganizationDetail(Fact, table=True):
    """What the register says of an organisation; key = "<id>".

    `commune_since` is the `valid_from` of the commune meant: some codes mean one commune before 01/7/2025 and
    another since. None where no commune table was there, or the entry is older than this column.
    """

    __tablename__ = "organization_detail"
    __table_args__ = (one_current("organization_detail"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    tax_code: str | None = None
    legacy_number: str | None = None
    kind: str
    name: str
    sector: str | None = None
    vsic_version: str | None = None
    vsic_code: str | None = None
    place: str = Field(foreign_key="place.slug")
    commune_code: str | None = None
    commune_since: date | None = None
    commune_name: str | None = None
    district_name: str | None = None
    founded_on: date | None = None
    is_law_compliant: bool | None = None
    union_name: str | None = None
    source: str
    known_on: date


class OrganizationState(Fact, table=True):
    """A legal status or a reported operating state on a day; key = "<id>/<field>/<on>"; both are kept apart."""

    __tablename__ = "organization_state"
    __table_args__ = (one_current("organization_state"), Index("ix_organization_state_last", *LAST_BY))

    organization_id: int = Field(foreign_key="organization.id")
    field: str
    state: str
    on: date
    source: str


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
    year: int = Field(index=True)
    official_member_count: int | None = None
    capital_associate_count: int | None = None
    noncapital_associate_count: int | None = None
    member_count: int | None = None
    female_member_count: int | None = None
    new_member_count: int | None = None
    worker_count: int | None = None
    member_worker_count: int | None = None
    manager_count: int | None = None
    manager_trained_count: int | None = None
    manager_degree_count: int | None = None
    is_director_female: bool | None = None
    charter_capital_mn: float | None = None
    working_capital_mn: float | None = None
    revenue_mn: float | None = None
    member_revenue_mn: float | None = None
    profit_mn: float | None = None
    worker_income_mn: float | None = None
    has_high_tech: bool | None = None
    has_linkage_contract: bool | None = None
    linkage_form: int | None = None
    linkage_partner_kind: str | None = None
    linkage_valid_from: date | None = None
    linkage_valid_to: date | None = None
    has_digital: bool | None = None
    has_traceability: bool | None = None
    has_ocop: bool | None = None
    ocop_product_count: int | None = None
    value_kind: str = "actual"
    source: str


class Rating(Fact, table=True):
    """One rating under one scheme; key = "<id>/<scheme>/<year>". Points may be absent.

    `is_contradicting` says that the class given is not the class of the points.
    """

    __tablename__ = "rating"
    __table_args__ = (one_current("rating"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    scheme: str
    year: int = Field(index=True)
    rating_class: str
    points: float | None = None
    not_rated_reason: str | None = None
    is_contradicting: bool = False
    source: str


class WorklistStep(Fact, table=True):
    """What is done about an organisation to be settled: who, next step, until when; key = "<id>"."""

    __tablename__ = "worklist_step"
    __table_args__ = (one_current("worklist_step"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    responsible: str
    next_step: str
    due_on: date | None = None
    note: str = ""
    actor: str


class PairDecision(Fact, table=True):
    """Whether two register rows are one organisation; remembered. key = "<id>/<id or row fingerprint>"."""

    __tablename__ = "pair_decision"
    __table_args__ = (one_current("pair_decision"),)

    is_same: bool
    reason: str
    actor: str
