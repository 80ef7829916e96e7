"""What happened after a document was issued: reports, triggers, products, explanations and petitions.

Every table is a fact table: a change closes a row and adds one with its own actor and reason, nothing is erased.
A person may be typed in without an account; `is_actor_verified` says whether the name was proved.
"""

from __future__ import annotations

from datetime import date

from sqlmodel import Field, SQLModel

from models.base.facts import Fact, one_current


class Signed(SQLModel):
    """Who changed it and why (not a table itself); when stands in `recorded_at`."""

    actor: str
    is_actor_verified: bool = False
    reason: str = ""


class TaskReport(Fact, Signed, table=True):
    """What an agency or officer reports about one instance; key = "<task>@<period, year or ->#<reported_on>".

    `period` ("2024-Q2") only where the year has several instances.

    `office` is the code of the office it speaks for and `product` the ordered document it is about, where a task has
    several of them. The newest report by `reported_on` counts. `done` needs the number and date of a document.
    `file_checksum` names a kept file. Reporting the same day again corrects the earlier report of that day.
    """

    __tablename__ = "task_report"
    __table_args__ = (one_current("task_report"),)

    task: str = Field(index=True)
    year: int | None = None
    period: str | None = None
    outcome: str
    reported_on: date
    done_on: date | None = None
    document_number: str | None = None
    document_date: date | None = None
    file_checksum: str | None = Field(default=None, foreign_key="source_file.checksum")
    progress: str = ""
    office: str | None = None
    product: str | None = None


class TaskTrigger(Fact, Signed, table=True):
    """What a conditional task waited for has happened; key = "<task>". `due_on` only where a document set it."""

    __tablename__ = "task_trigger"
    __table_args__ = (one_current("task_trigger"),)

    task: str = Field(index=True)
    happened_on: date
    document_number: str
    document_date: date | None = None
    due_on: date | None = None


class TaskProduct(Fact, Signed, table=True):
    """What a task's product counted in one year (classes, people reached ...); key = "<task>/<year>/<name>"."""

    __tablename__ = "task_product"
    __table_args__ = (one_current("task_product"),)

    task: str = Field(index=True)
    year: int
    name: str
    value: float
    unit: str
    source: str
    source_date: date | None = None


class ExplanationRequest(Fact, Signed, table=True):
    """Yêu cầu giải trình on a promise or a task; key = "gt-<number>". `subject` is the key of either.

    `verdict` is "accepted", "rejected" or None while the answer has not been judged.
    """

    __tablename__ = "explanation_request"
    __table_args__ = (one_current("explanation_request"),)

    place: str = Field(foreign_key="place.slug", index=True)
    subject_kind: str
    subject: str = Field(index=True)
    agency: str = Field(foreign_key="agency.code", index=True)
    question: str
    asked_by: str
    asked_on: date
    due_on: date
    answer: str | None = None
    answered_on: date | None = None
    answer_document: str | None = None
    verdict: str | None = None
    judged_on: date | None = None


class Petition(Fact, Signed, table=True):
    """A difficulty or petition raised by an organisation or a commune; key = "kn-<number>"."""

    __tablename__ = "petition"
    __table_args__ = (one_current("petition"),)

    place: str = Field(foreign_key="place.slug", index=True)
    raised_by_kind: str
    raised_by: str
    raised_on: date
    topic: str
    text: str
    agency: str | None = Field(default=None, foreign_key="agency.code", index=True)
    assigned_on: date | None = None
    due_on: date | None = None
    answer: str | None = None
    answered_on: date | None = None
    answer_document: str | None = None
