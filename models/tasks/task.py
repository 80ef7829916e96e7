"""Tasks as the annexes list them, and the duties that stand in the bodies of the documents."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from models.base.facts import Fact, one_current


class Task(Fact, table=True):
    """One numbered row of an annex as printed, or one duty of the body (`origin`).

    `due_on` is the last day on time; None where the document names no day (yearly, continuous,
    conditional, plan, none, unreadable). A yearly task with a day of its own has `due_month` and `due_day`.
    `lead_share` is the percentage of the lead offices that must be done where the document states one (None: all).
    `leads` and `coordinators` hold agency codes in printed order. `indicators` and `counts` (what its product
    counts, with unit) are our reading of the task, not printed in the document.
    """

    __tablename__ = "task"
    __table_args__ = (one_current("task"),)

    position: int
    programme: str = Field(foreign_key="programme.slug", index=True)
    place: str = Field(foreign_key="place.slug", index=True)
    origin: str = "annex"
    section: str
    section_title: str
    number: str
    parent: str | None = None
    title: str
    leads: list[Any] = Field(default_factory=list, sa_type=JSON)
    leads_text: str = ""
    coordinators: list[Any] = Field(default_factory=list, sa_type=JSON)
    coordinators_text: str = ""
    product: str | None = None
    deadline_text: str = ""
    deadline_kind: str
    starts_on: date | None = None
    due_on: date | None = None
    lead_share: int | None = None
    due_month: int | None = None
    due_day: int | None = None
    condition: str | None = None
    is_heading: bool = False
    is_done_in_document: bool = False
    indicators: list[Any] = Field(default_factory=list, sa_type=JSON)
    counts: list[Any] = Field(default_factory=list, sa_type=JSON)
    note: str | None = None
