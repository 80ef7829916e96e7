"""One agency: its name then and now, whose work it took over, and everything it leads or supports."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.tasks import build_tasks
from dashboard.tasks.values import AgencyPage, SuccessionLine, TaskFilter, TaskLine
from models.targets.reading import AgencyView
from models.tasks.task_rules import count_states, rates


def build_agency(snapshot: Snapshot, code: str) -> AgencyPage | None:
    """The page of an agency; None when no agency has this code."""
    agency = snapshot.agencies.get(code)
    if agency is None:
        return None
    listed = build_tasks(snapshot, TaskFilter())
    lines = [line for line in (*listed.lines, *listed.duties) if line.item]
    before = _predecessors(agency, snapshot)
    older = {line.agency.code for line in before if not line.scope}
    leads = tuple(line for line in lines if code in line.task.leads)
    counted = [line.item for line in leads if line.item]
    return AgencyPage(
        agency=agency,
        successors=_successors(agency, snapshot),
        predecessors=before,
        leads=leads,
        supports=tuple(line for line in lines if code in line.task.coordinators and code not in line.task.leads),
        inherited=tuple(line for line in lines if _is_inherited(line, older, code)),
        counts=count_states(item.state for item in counted),
        rates=rates(((item.state, item.due_on) for item in counted), snapshot.moment.as_of),
        requests=tuple(request for request in snapshot.follow.requests if request.agency in {code, *older}),
        petitions=tuple(petition for petition in snapshot.follow.petitions if petition.agency in {code, *older}),
    )


def _is_inherited(line: TaskLine, older: set[str], code: str) -> bool:
    return bool(older & set(line.task.leads)) and code not in line.task.leads


def _successors(agency: AgencyView, snapshot: Snapshot) -> tuple[SuccessionLine, ...]:
    return tuple(
        SuccessionLine(snapshot.agencies[link.successor], link.effective_on, link.scope, link.legal_basis)
        for link in agency.successions
        if link.effective_on <= snapshot.moment.as_of
    )


def _predecessors(agency: AgencyView, snapshot: Snapshot) -> tuple[SuccessionLine, ...]:
    """Whose work it took over; a scope of a whole level (district to commune) is no part of the work."""
    return tuple(
        SuccessionLine(other, link.effective_on, "" if other.level == "district" else link.scope, link.legal_basis)
        for other in snapshot.agencies.values()
        for link in other.successions
        if link.successor == agency.code and link.effective_on <= snapshot.moment.as_of
    )
