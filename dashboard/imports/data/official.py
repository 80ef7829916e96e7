"""Deciding which value is official, and typing in a single figure with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.trail import finish
from dashboard.db.failures import NotAcceptedError
from dashboard.db.read_session import repository
from models.base.facts import Fact, apply_facts
from models.base.source import Run
from models.base.trial import use_temporary_tables
from models.register.measures import REGISTER, read_measures
from models.targets.observation import Observation
from models.targets.official import OfficialValue
from models.tasks.follow_writing import UNVERIFIED, current_row, keep_newer, run_that_said

OFFICIAL, MANUAL = "official", "manual"


class UndecidableError(NotAcceptedError):
    """The decision cannot be written; the message is a Vietnamese sentence for the officer."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure typed by hand: what it is about and where it stands. `value` is in the indicator's unit."""

    place: str
    indicator: str
    definition: str
    period_end: date
    value: float
    value_kind: str
    publisher: str
    source_title: str
    source_url: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class OfficialChoice:
    """Which value is to be official for a year; `choice` is the key of a published value or "register"."""

    place: str
    indicator: str
    year: int
    choice: str
    reason: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who writes, as stored; `is_verified` says that the name was proved by signing in; `seen` as an Author's."""

    name: str
    is_verified: bool = False
    seen: int | None = None

    @property
    def actor(self) -> str:
        """The name as runs show it."""
        return self.name if self.is_verified else f"{self.name}{UNVERIFIED}"


def settle(choice: OfficialChoice, by: Signature) -> int:
    """Mark a value official and give the run; raises UndecidableError when the value no longer exists.

    What the same person settled already is not settled again: the run is the first one. So it is with `enter`.
    """
    with repository().writing() as session:
        if first := _said_before(session, OfficialValue, _decided(session, choice, by), by):
            return first
        run_id = settle_in(session, choice, by)
        finish(session, run=run_id)
        return run_id


def settle_in(session: Session, choice: OfficialChoice, by: Signature) -> int:
    """The same without committing, so that it can be looked at first."""
    content = _decided(session, choice, by)
    return _write(session, OfficialValue, content, kind=OFFICIAL, source=f"Chốt số: {choice.reason}", by=by)


def enter(figure: Figure, unit: str, by: Signature, *, is_year: bool) -> int:
    """Store a figure typed by hand as a published value and give the run; known from its publication, else today."""
    with repository().writing() as session:
        if first := _said_before(session, Observation, _typed(figure, unit, by, is_year=is_year), by):
            return first
        run_id = enter_in(session, figure, unit, by, is_year=is_year)
        finish(session, run=run_id)
        return run_id


def enter_in(session: Session, figure: Figure, unit: str, by: Signature, *, is_year: bool) -> int:
    """The same without committing, so that it can be looked at first."""
    content = _typed(figure, unit, by, is_year=is_year)
    return _write(session, Observation, content, kind=MANUAL, source=f"Nhập tay: {figure.source_title}", by=by)


def _decided(session: Session, choice: OfficialChoice, by: Signature) -> dict[str, Any]:
    content = _chosen(session, choice.place, choice.indicator, choice.year, choice.choice)
    content |= {"reason": choice.reason, "actor": by.name, "is_actor_verified": by.is_verified}
    return content | {"decided_on": repository().settings.as_of}


def _said_before(session: Session, model: type[Fact], content: dict[str, Any], by: Signature) -> int | None:
    return run_that_said(session, current_row(session, model, content["key"]), content, by=by.name)


def _typed(figure: Figure, unit: str, by: Signature, *, is_year: bool) -> dict[str, Any]:
    today = repository().settings.as_of
    start = date(figure.period_end.year, 1, 1) if is_year else figure.period_end
    known_on = figure.published_on or today
    if figure.value_kind == "actual" and figure.period_end > known_on:
        raise UndecidableError("Số thực hiện không thể có trước ngày của nó. Sửa ngày, hoặc chọn “ước thực hiện”.")
    return {
        "key": f"manual/{figure.place}/{figure.indicator}/{figure.definition}/{figure.period_end}/{figure.publisher}",
        "place": figure.place,
        "indicator": figure.indicator,
        "definition": figure.definition,
        "period_start": start,
        "period_end": figure.period_end,
        "period_kind": "year" if is_year else "point",
        "value": figure.value,
        "unit": unit,
        "value_kind": figure.value_kind,
        "qualifier": "exact",
        "publisher": figure.publisher,
        "published_on": figure.published_on,
        "known_on": known_on,
        "known_on_is_load_date": figure.published_on is None,
        "source_title": figure.source_title,
        "source_url": figure.source_url,
        "note": f"Nhập tay, người nhập{'' if by.is_verified else ' (chưa xác thực)'}: {by.name}.",
    }


def _chosen(session: Session, place: str, indicator: str, year: int, choice: str) -> dict[str, Any]:
    if choice == REGISTER:
        found = read_measures(session, place, year, indicators=(indicator,), demo=repository().settings.is_demo)
        measure = found.get(indicator)
        if measure is None or measure.value is None:
            raise UndecidableError("Sổ đăng ký không tính được chỉ tiêu này của năm ấy, nên không chốt được.")
        return _content(place, indicator, measure.period_end, None, measure.value, REGISTER)
    statement = select(Observation).where(
        col(Observation.key) == choice,
        col(Observation.superseded_at).is_(None),
        col(Observation.place) == place,
        col(Observation.indicator) == indicator,
    )
    row = session.scalars(statement).one_or_none()
    if row is None:
        raise UndecidableError("Số vừa chọn không còn trong dữ liệu. Tải lại trang đối soát rồi chọn lại.")
    return _content(place, indicator, row.period_end, row.key, row.value, row.definition)


def _content(place: str, indicator: str, day: date, key: str | None, value: float, definition: str) -> dict[str, Any]:
    return {
        "key": f"{place}/{indicator}/{day}",
        "place": place,
        "indicator": indicator,
        "period_end": day,
        "observation_key": key,
        "value": value,
        "definition": definition,
    }


def _write(
    session: Session, model: type[Any], content: dict[str, Any], *, kind: str, source: str, by: Signature
) -> int:
    """One fact under a run of its own; saying the same twice is refused with a sentence."""
    use_temporary_tables(session, (Run, model))
    keep_newer(session, current_row(session, model, content["key"]), by=by.name, seen=by.seen)
    now = datetime.now(UTC)
    run = Run(
        kind=kind,
        source=source,
        checksum="",
        actor=by.actor,
        started_at=now,
        place=content["place"],
        year=content["period_end"].year,
        is_demo=repository().settings.is_demo,
    )
    session.add(run)
    session.flush()
    run_id = run.id or 0
    changes = apply_facts(session, model, [content], run_id=run_id, now=now, withdraw=False)
    if changes.is_empty:
        session.rollback()
        raise UndecidableError("Số này đã được ghi y như vậy từ trước, không có gì để ghi thêm.")
    run.status, run.finished_at = "done", now
    run.summary = {"rows": {"new": changes.added, "changed": changes.changed}}
    return run_id
