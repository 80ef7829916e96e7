"""Which of the offices a task was given to a report speaks for, or whose work that office has taken over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base.text import fold
from models.places.agency import GROUP, Agency, AgencySuccession
from models.tasks.follow_up import TaskReport
from models.tasks.task_parts import Parts, product_meant
from models.tasks.task_rules import Answer
from models.tasks.task_state import ReportOutcome


@dataclass(frozen=True, slots=True)
class Offices:
    """Codes of agencies by their folded names, who took over from whom, and which codes are collective names."""

    codes: Mapping[str, frozenset[str]]
    successors: Mapping[str, frozenset[str]]
    groups: frozenset[str]

    def answer(self, report: TaskReport, parts: Parts) -> Answer:
        """What a report says, with the office of several and the document of several that it is about."""
        office = report.office if report.office in parts.asked_offices else self.office_of(report.actor, parts)
        product = report.product if report.product in parts.products else None
        return Answer(
            ReportOutcome(report.outcome),
            report.reported_on,
            report.done_on,
            is_by_lead=office is not None or self.may_close(report.actor, parts),
            office=office,
            product=product or product_meant(report.document_number or "", parts.products),
        )

    def office_of(self, actor: str, parts: Parts) -> str | None:
        """The one of the offices asked that bears this name or does its work today; None where it is not one."""
        name = fold(" ".join(actor.split()))
        named = self.codes.get(name, frozenset())
        found = {office.code for _, offices in parts.members for office in offices if fold(office.name) == name}
        found |= {code for code in parts.asked_offices if not named.isdisjoint(self._now([code]))}
        return found.pop() if len(found) == 1 else None

    def may_close(self, actor: str, parts: Parts) -> bool:
        """Whether a report by `actor` may finish such a task; a name that is no known office may.

        Of a group without a list nobody can say that an office is not in it.
        """
        named = self.codes.get(fold(" ".join(actor.split())), frozenset())
        return not named or bool(parts.unlisted) or not named.isdisjoint(self._now(parts.asked_offices))

    def _now(self, leads: Collection[str]) -> set[str]:
        found, waiting = set[str](), list(leads)
        while waiting:
            code = waiting.pop()
            if code not in found:
                found.add(code)
                waiting += self.successors.get(code, ())
        return found


def read_offices(session: Session) -> Offices:
    """The agencies and their successions as they are stored."""
    codes: dict[str, set[str]] = defaultdict(set)
    successors: dict[str, set[str]] = defaultdict(set)
    agencies = list(session.scalars(select(Agency)))
    for agency in agencies:
        for name in (agency.name, agency.short_name, agency.code):
            codes[fold(name)].add(agency.code)
    for row in session.scalars(select(AgencySuccession)):
        successors[row.predecessor].add(row.successor)
    return Offices(
        codes={name: frozenset(found) for name, found in codes.items()},
        successors={code: frozenset(found) for code, found in successors.items()},
        groups=frozenset(agency.code for agency in agencies if agency.kind == GROUP),
    )
