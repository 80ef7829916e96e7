"""The days of a place or an agency as calendar entries."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import func, select
from sqlmodel import col

from dashboard.db.read_session import repository
from dashboard.tasks.words import standing
from dashboard.ui import words
from models.base.calendar_text import DayEvent
from models.base.source import Run
from models.targets.reading import AgencyView, Moment, read_agencies, read_places
from models.tasks.task_reading import InstanceView, TaskView, read_follow_up
from models.tasks.task_state import DONE, TaskState

PAST_DAYS = 400


def place_events(slug: str, base: str) -> tuple[str, list[DayEvent], datetime] | None:
    """The calendar of a place; None when no place has this slug."""
    return _events(base, place=slug)


def agency_events(code: str, base: str) -> tuple[str, list[DayEvent], datetime] | None:
    """The calendar of an agency, with what it took over from others; None when no agency has this code."""
    return _events(base, agency=code)


def _events(base: str, *, place: str = "", agency: str = "") -> tuple[str, list[DayEvent], datetime] | None:
    today = repository().settings.as_of
    with repository().session() as session:
        places, agencies = read_places(session), read_agencies(session)
        if (place and place not in places) or (agency and agency not in agencies):
            return None
        found = read_follow_up(session, Moment(as_of=today, known_on=today), ahead=1)
        stamp = session.scalars(select(func.max(col(Run.finished_at)))).one() or datetime.fromisoformat(
            "2020-01-01T00:00Z"
        )
    codes = _with_predecessors(agency, agencies, today)
    views = [
        view
        for view in found.tasks
        if (not place or view.task.place == place) and (not agency or codes & set(view.task.leads))
    ]
    name = places[place].full_name if place else agencies[agency].name
    events = [
        _event(view, item, on, agencies, places[view.task.place].full_name, base)
        for view in views
        for item, on in _days(view)
        if on >= today - timedelta(days=PAST_DAYS)
    ]
    return f"Nhiệm vụ kinh tế tập thể: {name}", sorted(events, key=lambda event: (event.on, event.uid)), stamp


def _with_predecessors(code: str, agencies: dict[str, AgencyView], on: date) -> set[str]:
    older = {
        other.code
        for other in agencies.values()
        for link in other.successions
        if link.successor == code and link.effective_on <= on and (not link.scope or other.level == "district")
    }
    return {code, *older}


def _days(view: TaskView) -> list[tuple[InstanceView, date]]:
    """The last days of what is not finished; born-late days are a drafting matter and stay out."""
    if view.duty.is_born_late:
        return []
    return [
        (item, item.due_on)
        for item in view.instances
        if item.due_on and item.state not in DONE and item.state is not TaskState.WAITING
    ]


def _event(
    view: TaskView, item: InstanceView, on: date, agencies: dict[str, AgencyView], place: str, base: str
) -> DayEvent:
    task = view.task
    leads = "; ".join(_named(agencies[code], agencies, on) for code in task.leads)
    lines = [
        f"Chủ trì: {leads}",
        f"Thời hạn trong văn bản: {task.deadline_text or words.NONE}",
        f"Tình trạng: {words.TASK_STATE_WORDS[item.state]}",
        *filter(None, [standing(view, item, agencies)]),
    ]
    key = f"{task.key}{f'@{item.period or item.year}' if item.year else ''}"
    return DayEvent(
        uid=f"{key}@cam-ket-kinh-te-tap-the",
        on=on,
        summary=f"Hết hạn: {task.title} ({place})",
        description="\n".join(lines),
        categories=(place,),
        url=f"{base}/viec/{task.key}" if base else "",
    )


def _named(agency: AgencyView, agencies: dict[str, AgencyView], on: date) -> str:
    link = agency.main_succession(on)
    return agency.name + (f" (nay: {agencies[link.successor].name})" if link else "")
