"""An organisation as it was stored at an earlier instant: the present picture made again from the facts of then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from dashboard.register.values import OrganizationLine
from models.base.facts import Fact
from models.register.organization import OrganizationDetail, OrganizationState, Rating, RegisterEntry, YearReport

FROM_ENTRY = [item.name for item in fields(OrganizationLine) if item.name in RegisterEntry.model_fields]


def is_in_force(fact: Any, recorded_at: datetime | None) -> bool:
    """Whether a fact was not yet superseded at the instant (None: now)."""
    return fact.superseded_at is None or (recorded_at is not None and fact.superseded_at > recorded_at)


def line_at(line: OrganizationLine, current: Mapping[type[Fact], Sequence[Any]]) -> OrganizationLine:
    """The line of an organisation from the facts in force then; without an entry its last name and code stay."""
    detail = next(iter(current[OrganizationDetail]), None)
    named = {name: getattr(detail, name) for name in FROM_ENTRY} if detail is not None else {}
    operating, legal = (_state(current[OrganizationState], name) for name in ("operating_state", "legal_status"))
    rating = max(current[Rating], key=lambda fact: (fact.year, -(fact.id or 0)), default=None)
    report = max(current[YearReport], key=lambda fact: fact.year, default=None)
    return replace(
        line,
        **named,
        operating_state=operating and operating.state,
        operating_state_on=operating and operating.on,
        legal_status=legal and legal.state,
        legal_status_on=legal and legal.on,
        rating_class=rating and rating.rating_class,
        rating_year=rating and rating.year,
        member_count=report and report.member_count,
        report_year=report and report.year,
    )


def _state(states: Sequence[Any], name: str) -> Any | None:
    return max((fact for fact in states if fact.field == name), key=lambda fact: (fact.on, fact.id or 0), default=None)
