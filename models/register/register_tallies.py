"""What the rules ask of a place and year, read from the register; the country is the sum of its places."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from models.places.place import COUNTRY
from models.register.measure_list import QUESTIONS, QUESTIONS_BEFORE
from models.register.measure_tally import Question, Tally, TallyGroup, joined, tally
from models.register.register_groups import ALL, OF_GROWTH, Columns, read_groups, read_groups_by_place
from models.register.register_places import OrganizationQuery
from models.register.register_said import places_stated

STATED, NOW, BEFORE = "stated", "now", "before"  # what is read of a year: the last as of the year before another
ByPlace = Mapping[str, Any]
Read = Callable[[Collection[str] | None], ByPlace]
Keep = Callable[[str, str, int, Read], ByPlace]


def read_anew(_what: str, _place: str, _year: int, read: Read) -> ByPlace:
    """Keeps nothing. Who keeps what was read asks for the places alone that have changed since."""
    return read(None)


@dataclass(frozen=True, slots=True)
class Tallies:
    """Reads from a session, from a frozen instant where `recorded_at` says so."""

    session: Session
    demo: bool
    recorded_at: datetime | None = None
    keep: Keep = read_anew

    def stated(self, year: int) -> Collection[str]:
        """The places of organisations about which something is said in the year."""

        def read(within: Collection[str] | None) -> ByPlace:
            statement = places_stated(year, demo=self.demo, recorded_at=self.recorded_at, within=within)
            return dict.fromkeys(self.session.scalars(statement), True)

        return self.keep(STATED, COUNTRY, year, read).keys()

    def now(self, chosen: OrganizationQuery, place: str, year: int) -> Tally:
        """The answers of the place's organisations to every question."""
        return self._told(NOW, chosen, place, year, QUESTIONS)

    def before(self, chosen: OrganizationQuery, place: str, year: int) -> Tally:
        """The answers to what a year is asked as the year before another."""
        return self._told(BEFORE, chosen, place, year, QUESTIONS_BEFORE)

    def _told(
        self, what: str, chosen: OrganizationQuery, place: str, year: int, questions: Collection[Question]
    ) -> Tally:
        columns = OF_GROWTH if what == BEFORE else ALL

        def read(within: Collection[str] | None) -> ByPlace:
            groups = self._groups(chosen, place, year, columns, within)
            return {slug: tally(questions, of_place) for slug, of_place in groups.items()}

        parts = self.keep(what, place, year, read)
        return joined(questions, [parts[slug] for slug in sorted(parts)])

    def _groups(
        self, chosen: OrganizationQuery, place: str, year: int, columns: Columns, within: Collection[str] | None
    ) -> Mapping[str, list[TallyGroup]]:
        session, demo, instant = self.session, self.demo, self.recorded_at
        if place == COUNTRY:
            return read_groups_by_place(session, year, demo=demo, recorded_at=instant, columns=columns, within=within)
        found = read_groups(session, chosen.ids, year, demo=demo, recorded_at=instant, columns=columns)
        return {place: [group for _, group in found]}
