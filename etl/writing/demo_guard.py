"""Keeps invented and official data apart."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.tables.findings import Findings
from etl.tables.table_rows import says_invented
from etl.tables.tables import Table
from etl.writing.requests import KINDS
from models.register.organization import Organization


def guard(
    session: Session, tables: Iterable[Table], findings: Findings, kind: str, *, demo: bool, marked: bool
) -> None:
    """Stop a file that would mix invented with official data.

    `demo` is what the officer asked for, `marked` whether the whole database is one for trials (DEMO=1).
    """
    if not demo and any(says_invented([table.sheet, *table.texts]) for table in tables):
        what = "bảng tự ghi là số liệu mô phỏng"
        findings.stop_file("demo.not_asked", what, "Chỉ nạp được với --demo, và không vào số liệu chính thức")
    if marked:
        return
    is_about_organizations = KINDS[kind].is_about_organizations
    if demo and not is_about_organizations and kind != "communes":
        what = "số liệu công bố mô phỏng sẽ lẫn với số liệu chính thức"
        findings.stop_file("demo.figures", what, "Chỉ nạp vào cơ sở dữ liệu mô phỏng (DEMO=1, xem make demo)")
    if is_about_organizations and _holds(session, is_demo=not demo):
        held, asked = ("chính thức", "mô phỏng") if demo else ("mô phỏng", "chính thức")
        what = f"cơ sở dữ liệu đang có tổ chức {held}, không nạp chung dữ liệu {asked}"
        remedy = (
            "Dùng cơ sở dữ liệu mô phỏng riêng (DEMO=1, xem make demo)" if demo else "Hoàn tác các lượt mô phỏng trước"
        )
        findings.stop_file("demo.mixed", what, remedy)


def _holds(session: Session, *, is_demo: bool) -> bool:
    statement = select(col(Organization.id)).where(
        col(Organization.is_demo) == is_demo, ~col(Organization.is_withdrawn)
    )
    return session.scalars(statement.limit(1)).first() is not None
