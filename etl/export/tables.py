"""Writes one of the flat tables as text: the same rows as on screen."""

from __future__ import annotations

from datetime import date
from typing import Literal

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.row_text import to_csv, to_json
from models.rows import EXPORTS, export_rows
from models.targets.reading import Moment

Format = Literal["csv", "json"]
TABLES = tuple(EXPORTS)


def export_text(
    engine: Engine, table: str, form: Format, *, as_of: date, known_on: date, is_day_asked: bool = True
) -> str:
    """Give one of `TABLES` as CSV or JSON; raises LookupError when nothing has been loaded yet."""
    with Session(engine) as session:
        rows = export_rows(table, session, Moment(as_of=as_of, known_on=known_on), is_day_asked=is_day_asked)
    return to_csv(rows) if form == "csv" else to_json(rows) + "\n"
