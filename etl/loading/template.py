"""Workbooks to fill in, one for each kind of file, filled with the present state where there is one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy.orm import Session

from etl.export.organizations import organization_rows
from etl.loading.recipe import KINDS
from etl.parsing.issues import LoadError
from etl.parsing.units import UnitMeasure, read_unit
from etl.programmes.exporting import empty_book, export_book
from etl.tables.columns import HEADING_COLUMNS, PERSONAL, read_words, table
from etl.tables.own_exports import TEMPLATE_SHEET
from models.targets.reading import Moment
from models.tasks.periods import period_text
from models.tasks.task_reading import InstanceView, read_follow_up
from models.tasks.task_state import TaskState

UPDATES, REGISTER = "task_updates", "register"
IDENTITY = (  # our column names with the columns of the register that fill them
    ("name", "name"),
    ("tax_code", "tax_code"),
    ("legacy_number", "legacy_number"),
    ("kind", "kind"),
    ("sector", "sector"),
    ("commune", "commune_name"),
)
STATE = (
    ("founded", "founded_on"),
    ("operating_state", "operating_state"),
    ("operating_state_on", "operating_state_on"),
    ("legal_status", "legal_status"),
    ("legal_status_on", "legal_status_on"),
)
PROVINCE = "province"  # held against the place of the load; nothing keeps it
WIDTH = 22
NEEDED = "cột bắt buộc"


def template(kind: str, data_dir: Path, session: Session | None, on: date, place: str = "") -> bytes:
    """The workbook of a kind, of one place where asked. Raises LoadError.

    Reports on tasks list every instance that is not finished; the kinds about organisations list those of the
    register with what names them, never persons and never what the file is to bring.
    """
    if kind not in KINDS:
        raise LoadError(f'Không có loại tệp "{kind}". Chọn một trong: {", ".join(KINDS)}')
    if KINDS[kind].read_book:
        return export_book(session, data_dir) if session is not None else empty_book(data_dir)
    names = _names(kind, data_dir, on.year)
    rows = _present(kind, data_dir, session, on, place) if session is not None else []
    return _workbook(kind, names, [[row.get(name) for name in names] for row in rows])


def _present(kind: str, data_dir: Path, session: Session, on: date, place: str) -> list[dict[str, Any]]:
    if kind == UPDATES:
        return _open_tasks(session, on, place)
    return _organizations(kind, data_dir, session, place) if KINDS[kind].is_about_organizations else []


def _organizations(kind: str, data_dir: Path, session: Session, place: str) -> list[dict[str, Any]]:
    """The register as rows of our column names, coded values in reviewed words; invented ones say so elsewhere."""
    words = read_words(data_dir)
    columns = IDENTITY + (STATE if kind == REGISTER else ())
    found = []
    for number, row in enumerate(_of_place(session, place), start=1):
        told: dict[str, Any] = {"row_number": number}
        for name, stored in columns:
            value = row[stored]
            if isinstance(value, date):
                value = f"{value:%d/%m/%Y}"
            told[name] = words[name].first(value) if name in words and value else value
        found.append(told)
    return found


def _of_place(session: Session, place: str) -> list[dict[str, Any]]:
    return [row for row in organization_rows(session) if not place or row["place"] == place]


def _names(kind: str, data_dir: Path, year: int) -> dict[str, str]:
    """The names of the columns that the kind keeps with their first accepted heading, money with its unit."""
    found: dict[str, str] = {}
    for file in KINDS[kind].headings:
        for row in table(data_dir, file, HEADING_COLUMNS):
            is_kept = _is_kept(kind, row["name"])
            unit = read_unit(row["unit"])
            is_money = unit is not None and unit.measure is UnitMeasure.MONEY
            if is_kept:
                heading = f"{row['spelling']} ({row['unit']})" if is_money else row["spelling"]
                found.setdefault(row["name"], heading.replace("{năm}", str(year)))
    return found


def _is_kept(kind: str, name: str) -> bool:
    only = KINDS[kind].template
    left = name.startswith(PERSONAL) or name in KINDS[kind].unread or (name == PROVINCE and KINDS[kind].is_of_place)
    left = left or (KINDS[kind].is_about_organizations and name.startswith("old_"))
    return not left and (not only or name in only)


def _open_tasks(session: Session, on: date, place: str) -> list[dict[str, Any]]:
    closed = {TaskState.DONE_ON_TIME, TaskState.DONE_LATE}
    return [
        {"task": view.task.key, "title": view.task.title, "year": year, "note": note}
        | {"office": office, "product": product}
        for view in read_follow_up(session, Moment(as_of=on, known_on=on)).tasks
        if not place or view.task.place == place
        for item in view.instances
        if item.state not in closed
        for year, note in [(_period_of(item) or _year_of(view.yearly_reports), view.task.deadline_text)]
        for office in _silent_offices(item)
        for product in item.parts.products or (None,)
    ]


def _silent_offices(item: InstanceView) -> list[str | None]:
    """The members of a group that have not reported it done, a row each; one row without a name where none is known."""
    members = [office for _, offices in item.parts.members for office in offices]
    return [office.name for office in members if office.code not in item.done_offices] or [None]


def _period_of(item: InstanceView) -> int | str | None:
    return period_text(item.period) if item.period else item.year


def _year_of(reports: Sequence[Any]) -> int | None:
    return reports[-1].year if reports else None


def _workbook(kind: str, names: dict[str, str], rows: list[list[Any]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(TEMPLATE_SHEET)
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    body = book.add_format({"text_wrap": True, "valign": "top"})
    for column, (name, heading) in enumerate(names.items()):
        sheet.write_string(0, column, heading, head)
        sheet.set_column(column, column, WIDTH)
        if name in KINDS[kind].required:
            sheet.write_comment(0, column, NEEDED)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value, body)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
