"""The shape of one decision in data/programmes. Keys that are not named here are refused."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from etl.facts.schema import Code, FromYaml, Slug, Text
from models.gaps.promise import Comparator, PromiseKind
from models.tasks.task_state import DeadlineKind

Year = Annotated[int, Field(ge=2000, le=2100)]
LoadedComparator = Annotated[Comparator, Field(strict=False)]
LoadedKind = Annotated[PromiseKind, Field(strict=False)]
LoadedDeadline = Annotated[DeadlineKind, Field(strict=False)]


class DocumentReference(FromYaml):
    """A document named by a programme."""

    number: Text | None
    issued_on: date | None
    title: Text


class DocumentHead(FromYaml):
    """Number, date and issuer as printed; where only the month or the year is printed, its last day."""

    number: Text | None
    issued_on: date
    issued_precision: Literal["day", "month", "year"]
    issued_text: Text
    issuer: Slug | None
    issuer_text: Text
    signed_note: Text | None = None


class ReportingRule(FromYaml):
    """The yearly report: the last day on time and the agency that collects.

    `last_days`: for other rhythms ("monthly", "quarterly", "half_yearly") the last day on time within a period's last
    month, where the programme or the province's rule on reporting names one.
    """

    text: Text
    month: Annotated[int, Field(ge=1, le=12)]
    last_day: Annotated[int, Field(ge=1, le=31)]
    last_days: dict[Literal["monthly", "quarterly", "half_yearly"], Annotated[int, Field(ge=1, le=31)]] | None = None
    to: Slug
    clause: Text


class Entered(FromYaml):
    """Whether every task of the annex and every duty of the body is in the file; true also where there is none."""

    annex: bool
    body: bool


class ProgrammeHead(FromYaml):
    """The decision itself."""

    slug: Slug
    place: Slug
    title: Text
    document: DocumentHead
    implements: list[DocumentReference]
    replaces: list[DocumentReference]
    reporting: ReportingRule | None
    entered: Entered
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


class CountEntry(FromYaml):
    """Something the product of a task counts every year, with its unit."""

    name: Text
    unit: Text


class WorkEntry(FromYaml):
    """What rows of the annex and duties of the body have in common."""

    section: Text
    number: Text
    title: Annotated[str, Field(min_length=1, max_length=90)]
    deadline_text: str
    deadline_kind: LoadedDeadline
    starts_on: date | None = None
    condition: Text | None = None
    lead_share: Annotated[int, Field(ge=1, le=100)] | None = None
    indicators: list[Code] = Field(default_factory=list)
    counts: list[CountEntry] = Field(default_factory=list)
    note: Text | None = None


class TaskEntry(WorkEntry):
    """One numbered row of the annex."""

    parent: Text | None
    leads: list[Slug]
    leads_text: str
    coordinators: list[Slug]
    coordinators_text: str
    product: Text | None
    due_on: date | None
    heading: bool
    done_in_document: bool


class DutyEntry(WorkEntry):
    """One duty that stands in the body of the document; `section` and `number` say where.

    `origin: report` marks the duty to report itself. `yearly_on` is the last day on time as "month-day" where
    the duty names a day of its own; otherwise a yearly duty is due on the programme's reporting day.
    """

    origin: Literal["body", "report"]
    section_title: Text
    leads: Annotated[list[Slug], Field(min_length=1)]
    leads_text: Text
    coordinators: list[Slug] = Field(default_factory=list)
    coordinators_text: str = ""
    product: Text | None = None
    due_on: date | None = None
    yearly_on: Annotated[str, Field(pattern=r"^\d{2}-\d{2}$")] | None = None
