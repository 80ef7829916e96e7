"""Tasks as the annexes list them."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from models.facts import Fact, one_current


class Task(Fact, table=True):
    """One numbered row of an annex, as printed.

    `due_on` is the last day on time; None where the document names no day (yearly, continuous,
    conditional, plan, none, unreadable). `leads` and `coordinators` hold agency codes in printed order.
    """

    __tablename__ = "task"
    __table_args__ = (one_current("task"),)

    position: int
    programme: str = Field(foreign_key="programme.slug", index=True)
    place: str = Field(foreign_key="place.slug", index=True)
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
    condition: str | None = None
    is_heading: bool = False
    is_done_in_document: bool = False
    note: str | None = None
