"""The shapes of the reviewed files except programmes. Keys that are not named here are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from etl.parsing.parse_numbers import is_data_number
from models.gaps.series import Qualifier, ValueKind

Text = Annotated[str, Field(min_length=1)]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]


def _in_one_reading(cell: Any) -> Any:
    """Refuse "42.000", which is 42000 or 42; the words are made where the shape is checked."""
    if isinstance(cell, str) and not is_data_number(cell.strip()):
        raise ValueError("no number of one reading")
    return cell


CsvNumber = Annotated[float, BeforeValidator(_in_one_reading)]


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
    value: CsvNumber
    unit: Text
    value_kind: ValueKind
    qualifier: Qualifier
    publisher: Text
    published_on: date | None = None
    source_title: Text
    source_url: str = ""
    note: str = ""


class CorrectionRow(FromCsv):
    """A row of corrections.csv: a published figure that is plainly wrong, and what is used instead."""

    key: Text
    source_says: CsvNumber
    we_use: CsvNumber
    reason: Text
    corrected_by: Text
    corrected_on: date
    source_title: Text
    source_url: str = ""


class DefinitionEntry(FromYaml):
    """One meaning that values of an indicator may have."""

    code: Code
    name: Text
    text: Text


class RelatedEntry(FromYaml):
    """An indicator that looks alike and must not be compared, with the reason."""

    code: Code
    why: Text
    other_base: bool = False


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


class ReadingChoice(FromYaml):
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
    population_base: ReadingChoice


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


class RelationEntry(FromYaml):
    """A reviewed relation between promises of one programme and horizon."""

    code: Code
    kind: Literal["sum", "average", "within"]
    whole: Code
    parts: Annotated[list[Code], Field(min_length=1)]
    unit: Text
    text: Text
    source: Text


class StepEntry(FromYaml):
    """A reviewed pair of horizons: counts of the nearer one against a share promised later."""

    code: Code
    later: Code
    counts: Annotated[list[Annotated[list[Code], Field(min_length=1)]], Field(min_length=1)]
    share_of: Code | None
    also_of: Code | None
    unit: Text
    other_measure: str
    caution: str
    source: Text
