"""Brings the present picture of organisations up to date from their current facts, for those a run touched."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    ScalarSelect,
    Select,
    Subquery,
    bindparam,
    func,
    select,
    union,
    update,
)
from sqlalchemy.orm import Session, aliased, outerjoin
from sqlmodel import SQLModel, col

from etl.parsing.parse import has_valid_check_digit
from models.base.text import fold
from models.base.vietnamese_order import vietnamese_key
from models.register.organization import (
    Organization,
    OrganizationDetail,
    OrganizationState,
    Rating,
    RegisterEntry,
    YearReport,
)

RENAMED = ("name", "name_norm", "name_sort", "tax_code_is_valid")
TOUCHING: tuple[type[Any], ...] = (OrganizationDetail, OrganizationState, Rating, YearReport)
FROM_ENTRY = tuple(name for name in RegisterEntry.model_fields if name != "name")  # renaming needs Python


def refresh_organizations(session: Session, run_id: int) -> None:
    """Recompute the rows of `organization` whose facts this run added or superseded.

    An organisation without a current entry in the register is withdrawn; its last name and code stay.
    """
    touched = _touched(run_id).subquery()
    _withdraw(session, touched)
    _rename(session, touched)
    picture = _picture(touched).subquery()
    columns = [column for column in picture.c if column.name != "id"]
    statement = update(Organization).where(col(Organization.id) == picture.c.id)
    session.execute(
        statement.values({column.name: column for column in columns}).execution_options(synchronize_session=False)
    )
    session.expire_all()


def _touched(run_id: int) -> CompoundSelect[Any]:
    parts: list[Select[Any]] = []
    for model in TOUCHING:
        parts += [
            select(col(model.organization_id).label("id")).where(condition)
            for condition in (col(model.run_id) == run_id, col(model.superseded_by) == run_id)
        ]
    return union(*parts)


def _withdraw(session: Session, touched: Subquery) -> None:
    detail = OrganizationDetail
    has_entry = (
        select(col(detail.id))
        .where(col(detail.organization_id) == col(Organization.id), col(detail.superseded_at).is_(None))
        .exists()
    )
    chosen = col(Organization.id).in_(select(touched.c.id))
    session.execute(
        update(Organization).where(chosen).values(is_withdrawn=~has_entry).execution_options(synchronize_session=False)
    )


def _rename(session: Session, touched: Subquery) -> None:
    """Names and codes that differ from the entry: their derived columns need Python."""
    detail = OrganizationDetail
    differs = (col(detail.name) != col(Organization.name)) | (
        func.coalesce(col(detail.tax_code), "") != func.coalesce(col(Organization.tax_code), "")
    )
    statement = (
        select(col(Organization.id), col(detail.name), col(detail.tax_code))
        .join(detail, col(detail.organization_id) == col(Organization.id))
        .where(col(detail.superseded_at).is_(None), col(Organization.id).in_(select(touched.c.id)), differs)
    )
    rows = [
        {
            "row_id": row_id,
            "name": name,
            "name_norm": fold(name),
            "name_sort": vietnamese_key(name),
            "tax_code_is_valid": has_valid_check_digit(code) if code else None,
        }
        for row_id, name, code in session.execute(statement)
    ]
    if rows:
        table = _table(Organization)
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in RENAMED}
        change = update(table).where(table.c.id == bindparam("row_id")).values(values)
        given = [{("row_id" if key == "row_id" else f"new_{key}"): value for key, value in row.items()} for row in rows]
        session.connection().execute(change, given)


def _picture(touched: Subquery) -> Select[Any]:
    """What the current facts say of each touched organisation.

    The latest row of a table is looked up an organisation at a time, by its index: joined as a ranked list it costs
    the square of the rows once SQLite's statistics still speak of a small table.
    """
    detail, latest = OrganizationDetail, _Latest(touched.c.id)
    legal, operating = latest.state("legal_status"), latest.state("operating_state")
    rating, report = latest.of_year(Rating), latest.of_year(YearReport)
    return (
        select(
            touched.c.id,
            *(getattr(detail, name).label(name) for name in FROM_ENTRY),
            legal.state.label("legal_status"),
            legal.on.label("legal_status_on"),
            operating.state.label("operating_state"),
            operating.on.label("operating_state_on"),
            rating.rating_class.label("rating_class"),
            rating.year.label("rating_year"),
            report.member_count.label("member_count"),
            report.year.label("report_year"),
        )
        .select_from(latest.joined(touched))
        .join(detail, (col(detail.organization_id) == touched.c.id) & col(detail.superseded_at).is_(None))
    )


class _Latest:
    """The newest current row of each table about one organisation, each as a table of its own to join."""

    def __init__(self, owner: ColumnElement[int]) -> None:
        self._owner = owner
        self._found: list[tuple[Any, ScalarSelect[Any]]] = []

    def state(self, name: str) -> Any:
        """The state said last in the field `name`."""
        row: Any = aliased(OrganizationState)
        return self._add(OrganizationState, (row.field == name,), row, (row.on.desc(), row.id.desc()))

    def of_year(self, model: type[Any]) -> Any:
        """What was said about the latest year."""
        row: Any = aliased(model)
        return self._add(model, (), row, (row.year.desc(), row.id))

    def joined(self, touched: Subquery) -> FromClause:
        """The organisations with what was found of each, None where nothing was said."""
        whole: Any = touched
        for row, newest in self._found:
            whole = outerjoin(whole, row, row.id == newest)
        found: FromClause = whole
        return found

    def _add(self, model: type[Any], conditions: tuple[Any, ...], row: Any, order: tuple[Any, ...]) -> Any:
        is_current = (row.organization_id == self._owner, row.superseded_at.is_(None), *conditions)
        newest = select(row.id).where(*is_current).order_by(*order).limit(1).correlate_except(row).scalar_subquery()
        chosen: Any = aliased(model)
        self._found.append((chosen, newest))
        return chosen


def _table(model: type[SQLModel]) -> Any:
    return model.__table__  # type: ignore[attr-defined]
