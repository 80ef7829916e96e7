"""Which tasks, requests and petitions are the reader's own: those of the places and agencies of their grants."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import AnswerFilter, PetitionLine, RequestLine, build_petitions, build_requests
from dashboard.tasks.data.tasks import build_tasks
from dashboard.tasks.order import TaskOrder, ordered
from dashboard.tasks.values import TaskFilter, TaskLine, is_due_soon
from models.accounts.rights import PUBLIC_GRANT, Grant, Viewer

OPEN = AnswerFilter(state="chua-tra-loi")


@dataclass(frozen=True, slots=True)
class OwnWork:
    """What waits for one reader, urgent first; `is_everywhere`: nothing narrows it."""

    attention: tuple[TaskLine, ...]
    soon: tuple[TaskLine, ...]
    requests: tuple[RequestLine, ...]
    petitions: tuple[PetitionLine, ...]
    is_everywhere: bool

    @property
    def late(self) -> int:
        """How many answers are past their day."""
        days = [*(line.days_late for line in self.requests), *(line.days_late for line in self.petitions)]
        return sum(late > 0 for late in days)


def own_grants(viewer: Viewer) -> tuple[Grant, ...]:
    """What was given to the account itself, not to everybody."""
    return tuple(grant for grant in viewer.grants if grant != PUBLIC_GRANT)


def build_own_work(snapshot: Snapshot, viewer: Viewer) -> OwnWork:
    """Tasks that want attention or are due within 60 days, and what waits for an answer."""
    grants, as_of = own_grants(viewer), snapshot.moment.as_of

    def is_own(place: str, agencies: Collection[str | None]) -> bool:
        return any(
            (grant.place is None or grant.place == place) and (grant.agency is None or grant.agency in agencies)
            for grant in grants
        )

    found = build_tasks(snapshot, TaskFilter())
    lines = ordered([*found.lines, *found.duties], TaskOrder(), snapshot)
    own = [line for line in lines if is_own(line.task.place, (*line.task.leads, *line.task.coordinators))]
    return OwnWork(
        attention=tuple(line for line in own if line.item and line.item.wants_attention(as_of)),
        soon=tuple(line for line in own if is_due_soon(line.item, as_of)),
        requests=tuple(line for line in build_requests(snapshot, OPEN) if is_own(line.row.place, (line.row.agency,))),
        petitions=tuple(
            line for line in build_petitions(snapshot, OPEN).lines if is_own(line.row.place, (line.row.agency,))
        ),
        is_everywhere=any(grant.place is None and grant.agency is None for grant in grants),
    )
