"""The organisations to be settled: stopped, awaiting dissolution, or not converted to the law; oldest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select
from sqlmodel import col

from dashboard.db.read_session import repository
from dashboard.register.address import RegisterFilter
from dashboard.register.data.organizations import LINE_COLUMNS
from dashboard.register.data.register_picture import counts_of
from dashboard.register.data.register_query import in_register
from dashboard.register.values import REASONS, OrganizationLine, WorkLine, Worklist, reasons_of
from models.register.organization import LegalStatus, OperatingState, Organization, WorklistStep


def build_worklist(place: str = "", reason: str = "") -> Worklist:
    """All that are to be settled, narrowed by place and reason; the counts keep to the other filter."""
    with repository().session() as session:
        whole = counts_of(session, RegisterFilter())
        every = [_line(list(row)) for row in session.execute(_statement())]
    in_place = [item for item in every if not place or item.line.place == place]
    chosen = [item for item in in_place if not reason or reason in item.reasons]
    reasons = Counter(code for item in in_place for code in item.reasons)
    by_place = Counter(item.line.place for item in every if not reason or reason in item.reasons)
    return Worklist(
        lines=tuple(sorted(chosen, key=_oldest_first)),
        places=tuple(sorted(by_place.items())),
        reasons=tuple((code, reasons[code]) for code in REASONS),
        is_loaded=bool(whole.groups),
        holds_demo=whole.holds_demo,
    )


def find_work(ident: int) -> WorkLine | None:
    """One organisation of the list; None when it is unknown, withdrawn or nothing of it is to be settled."""
    with repository().session() as session:
        row = session.execute(_statement().where(col(Organization.id) == ident)).one_or_none()
    return _line(list(row)) if row is not None else None


def _statement() -> Any:
    step = WorklistStep
    said = [col(step.responsible), col(step.next_step), col(step.note), col(step.due_on)]
    current = and_(col(step.organization_id) == col(Organization.id), col(step.superseded_at).is_(None))
    return select(*LINE_COLUMNS, *said).outerjoin(step, current).where(in_register(), unsettled())


def unsettled() -> ColumnElement[bool]:
    """Any of the three reasons, and not yet dissolved by either account."""
    states = (OperatingState.STOPPED, OperatingState.AWAITING_DISSOLUTION, OperatingState.NOT_CONVERTED)
    operating, legal = col(Organization.operating_state), col(Organization.legal_status)
    gone = or_(operating == OperatingState.DISSOLVED, legal == LegalStatus.DISSOLVED)
    return and_(
        or_(
            operating.in_(states),
            legal.in_((LegalStatus.DISSOLVING, LegalStatus.BANKRUPTCY)),
            col(Organization.is_law_compliant).is_(False),
        ),
        or_(gone.is_(None), ~gone),
    )


def _line(row: Sequence[Any]) -> WorkLine:
    line = OrganizationLine(*row[: len(LINE_COLUMNS)])
    responsible, next_step, note, due_on = row[-4:]
    found = reasons_of(line)
    since = min((day for _, day in found if day is not None), default=None)
    reasons = tuple(code for code, _ in found)
    return WorkLine(line, reasons, since, responsible or "", next_step or "", due_on, note or "")


def _oldest_first(item: WorkLine) -> tuple[bool, date, str, int]:
    return item.since is None, item.since or date.max, item.line.name, item.line.id
