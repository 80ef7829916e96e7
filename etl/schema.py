"""The shapes of the reviewed files. Keys that are not named here are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from models.promise import Comparator, Kind
from models.series import Qualifier, ValueKind
from models.task_state import DeadlineKind

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Year = Annotated[int, Field(ge=2000, le=2100)]
LoadedComparator = Annotated[Comparator, Field(strict=False)]
LoadedKind = Annotated[Kind, Field(strict=False)]
LoadedDeadline = Annotated[DeadlineKind, Field(strict=False)]


class FromCsv(BaseModel):
    """A CSV row: every cell is text and is read as the declared type; an empty cell takes the default."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, use_enum_values=True, allow_inf_nan=False)


class FromYaml(BaseModel):
    """A YAML mapping: types must be written as such (a number in quotes is not a number)."""

    model_config = ConfigDict(
        extra="forbid", strict=True, str_strip_whitespace=True, use_enum_values=True, allow_inf_nan=False
    )


class AgencyRow(FromCsv):
    """A row of agencies.csv."""

    code: Slug
    name: Text
    short_name: Text
    level: Literal["central", "province", "district", "commune"]
    kind: Literal[
        "state", "committee", "group", "department", "central_branch", "union", "fund", "mass", "unit", "press"
    ]
    valid_from: date | None = None
    valid_to: date | None = None
    remark: str = ""


class AgencySuccessionRow(FromCsv):
    """A row of agency_successions.csv; an empty scope is the main part of the work."""

    predecessor: Slug
    successor: Slug
    effective_on: date
    scope: str = ""
    legal_basis: Text


class ProvinceRow(FromCsv):
    """A row of provinces.csv: what the old unit is from that day on."""

    old_code: Annotated[str, Field(pattern=r"^\d{2}$")]
    old_name: Text
    new_code: Annotated[str, Field(pattern=r"^\d{2}$")]
    new_name: Text
    effective_date: date
    new_type: Literal["tỉnh", "thành phố trực thuộc trung ương"]
    legal_basis: str = ""


class FigureRow(FromCsv):
    """A row of figures.csv: one published value in the indicator's unit, a dot for the decimals."""

    key: Text
    place: Slug
    indicator: Code
    definition: Code
    period_start: date
    period_end: date
    period_kind: Literal["point", "month", "months", "quarter", "half_year", "nine_months", "year", "years"]
    value: float
    unit: Text
    value_kind: ValueKind
    qualifier: Qualifier
    publisher: Text
    published_on: date | None = None
    source_title: Text
    source_url: str = ""
    note: str = ""


class DefinitionEntry(FromYaml):
    """One meaning that values of an indicator may have."""

    code: Code
    name: Text
    text: Text


class RelatedEntry(FromYaml):
    """An indicator that looks alike and must not be compared, with the reason."""

    code: Code
    why: Text


class IndicatorEntry(FromYaml):
    """One entry of indicators.yaml."""

    code: Code
    name: Text
    short_name: Text
    unit: Text
    kind: Literal["stock", "flow", "share", "growth", "amount"]
    direction: Literal["higher", "lower", "none"]
    aggregation: Literal["sum", "weighted_mean", "none"]
    decimals: Annotated[int, Field(ge=0, le=4)]
    group: Code
    definition: Text
    formula: Text | None
    numerator: Code | None
    denominator: Code | None
    rhythm: Literal["year", "point"] | None
    owner: Slug | None
    legal_source: Text | None
    definitions: list[DefinitionEntry]
    related: list[RelatedEntry]


class Cutoff(FromYaml):
    """One number of the method with its explanation and source."""

    value: float | int
    note: Text
    source: Text


class Choice(FromYaml):
    """One recorded choice between readings."""

    choice: Code
    note: Text
    source: Text


class ThresholdsFile(FromYaml):
    """thresholds.yaml."""

    version: Text
    valid_from: date
    on_track_ratio: Cutoff
    slow_ratio: Cutoff
    about_tolerance: Cutoff
    merge_days: Cutoff
    stale_days: Cutoff
    dispute_tolerance: Cutoff
    projection_min_points: Cutoff
    population_base: Choice


class BreakEntry(FromYaml):
    """From `on` the indicator means something else at that place."""

    place: Slug
    indicator: Code
    on: date
    reason: Text


class JudgementEntry(FromYaml):
    """A reviewed decision that these definitions may stand in one line."""

    place: Slug
    indicator: Code
    definitions: Annotated[list[Code], Field(min_length=1)]
    decided_on: date
    reason: Text


class DocumentReference(FromYaml):
    """A document named by a programme."""

    number: Text | None
    issued_on: date | None
    title: Text


class DocumentHead(FromYaml):
    """Number, date and issuer as printed; where only the month is printed, the month's last day."""

    number: Text | None
    issued_on: date
    issued_precision: Literal["day", "month"]
    issued_text: Text
    issuer: Slug | None
    issuer_text: Text
    signed_note: Text | None = None


class Reporting(FromYaml):
    """The yearly report: the last day on time and the agency that collects."""

    text: Text
    month: Annotated[int, Field(ge=1, le=12)]
    last_day: Annotated[int, Field(ge=1, le=31)]
    to: Slug
    clause: Text


class ProgrammeHead(FromYaml):
    """The decision itself."""

    slug: Slug
    place: Slug
    title: Text
    document: DocumentHead
    implements: list[DocumentReference]
    replaces: list[DocumentReference]
    reporting: Reporting | None
    checked: bool
    remark: Text | None


class TargetEntry(FromYaml):
    """One figure promised. `amends` names an older target: "programme/indicator/horizon"."""

    indicator: Code
    definition: Code
    horizon: Year
    comparator: LoadedComparator
    kind: LoadedKind
    low: float | None
    high: float | None
    unit: Text
    clause: Text
    wording: Text
    nested_in: Code | None
    note: Text | None = None
    amends: Text | None = None


class PromiseEntry(FromYaml):
    """One promise without a figure."""

    horizon: Year | None
    clause: Text
    text: Text


class SectionEntry(FromYaml):
    """A heading of the annex."""

    number: Text
    title: Text


class TaskEntry(FromYaml):
    """One numbered row of the annex."""

    section: Text
    number: Text
    parent: Text | None
    title: Annotated[str, Field(min_length=1, max_length=90)]
    leads: list[Slug]
    leads_text: str
    coordinators: list[Slug]
    coordinators_text: str
    product: Text | None
    deadline_text: str
    deadline_kind: LoadedDeadline
    due_on: date | None
    starts_on: date | None = None
    condition: Text | None = None
    heading: bool
    done_in_document: bool
    note: Text | None = None
