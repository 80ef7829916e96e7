"""Whether the office that a report names is one the task was given to, or has taken over its work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base.text import fold
from models.places.agency import GROUP, Agency, AgencySuccession


@dataclass(frozen=True, slots=True)
class Offices:
    """Codes of agencies by their folded names, who took over from whom, and which codes are collective names."""

    codes: Mapping[str, frozenset[str]]
    successors: Mapping[str, frozenset[str]]
    groups: frozenset[str]

    def may_close(self, actor: str, leads: Collection[str]) -> bool:
        """Whether a report by `actor` may finish a task of these leads; a name that is no known office may."""
        named = self.codes.get(fold(" ".join(actor.split())), frozenset())
        return not named or not self.groups.isdisjoint(leads) or not named.isdisjoint(self._now(leads))

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
