"""Values of received lists that nobody could read yet: the text as it was written, beside the unknown field."""

from __future__ import annotations

from datetime import date

from sqlmodel import Field

from models.base.facts import Fact, one_current


class UnreadValue(Fact, table=True):
    """One value of one organisation that is unknown because its text could not be read; key = "<id>/<field>[/<of>]".

    `of` is the year of a report or rating, or the day of a state; empty for what the register says. `unit` is the
    column's, as "measure:factor", `marks` which sign parts thousands: with them the text can be read again without
    the file. It is closed by the load or by the answer that reads the value. Nothing about persons is kept here.
    """

    __tablename__ = "unread_value"
    __table_args__ = (one_current("unread_value"),)

    organization_id: int = Field(foreign_key="organization.id", index=True)
    field: str
    of: str = ""
    on: date
    year: int
    text: str
    why: str
    heading: str
    unit: str = ""
    marks: str = ""
    source: str
