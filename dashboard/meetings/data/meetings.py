"""Meetings: opening one freezes a moment; its pages are read from that moment for ever."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.sent_once import keep_made, made_before
from dashboard.access.trail import finish
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.values import PROMISE, TASK, MeetingPage, Screen, moment_of
from dashboard.reports.values import snapshot_id
from dashboard.targets.data.overview import build_overview
from dashboard.tasks.data.follow import add_request_in
from dashboard.tasks.decided import ConclusionKind, Decided, decided_of
from models.places.place import COUNTRY
from models.targets.changes import Change, compare_all
from models.targets.reading import GapView, Moment
from models.tasks.follow_writing import Author, content_of, current_row, next_key, write_fact
from models.tasks.meeting import AgendaItem, Conclusion, Meeting
from models.tasks.meeting_tasks import Decision
from models.tasks.task_reading import TaskView

PROMISES_ON_AGENDA = 12


def list_meetings() -> list[Meeting]:
    """Every meeting, newest first."""
    with repository().session() as session:
        rows = list(session.scalars(select(Meeting).order_by(col(Meeting.held_on).desc(), col(Meeting.id).desc())))
        session.expunge_all()
    return rows


def start_meeting(
    place: str | None, horizon: int, known_on: date, title: str, chosen: Sequence[str], who: Author
) -> int:
    """Freeze what is known now and lay down the agenda: promises worst first, then the chosen subjects.

    The moment is taken with the turn held: what was stored before it is in it, what comes after is not.
    """
    with repository().writing() as session:
        if before := made_before(session):
            return int(before)
        pin = datetime.now(UTC)
        moment = Moment(as_of=known_on, known_on=known_on, recorded_at=pin)
        snapshot = repository().snapshot(moment)
        row = Meeting(
            title=title,
            place=place,
            horizon=horizon,
            held_on=known_on,
            known_on=known_on,
            recorded_at=pin,
            data_version=snapshot.version.newest,
            snapshot_id=_mark(moment),
            actor=who.name,
            is_actor_verified=who.is_verified,
        )
        session.add(row)
        session.flush()
        number = row.id or 0
        agenda = _agenda(snapshot, place, horizon, chosen)
        for position, (kind, subject) in enumerate(agenda):
            session.add(AgendaItem(meeting_id=number, position=position, subject_kind=kind, subject=subject))
        keep_made(session, number)
        finish(session, meeting=number)
    return number


def _mark(moment: Moment) -> str:
    """What stands for every number of the moment: of all places, whoever looks at a part of them."""
    return snapshot_id(repository().snapshot(moment, is_whole=True))


def _agenda(snapshot: Snapshot, place: str | None, horizon: int, chosen: Sequence[str]) -> list[tuple[str, str]]:
    overview = build_overview(snapshot, horizon)
    rows = overview.national_rows if place == COUNTRY else overview.rows
    worst = [view.key for view in rows if place in (None, view.place)][:PROMISES_ON_AGENDA]
    promises = {view.key for view in snapshot.gaps_in_force}
    return [(PROMISE, key) for key in worst] + [
        (PROMISE if key in promises else TASK, key) for key in dict.fromkeys(chosen) if key not in worst
    ]


def overdue_tasks(snapshot: Snapshot) -> list[TaskView]:
    """The tasks that a meeting may want to talk about: overdue, nothing reported, or only one of several reported."""
    as_of = snapshot.moment.as_of
    found = [(view, view.at(as_of.year)) for view in snapshot.follow.tasks]
    return [view for view, item in found if item is not None and item.wants_attention(as_of)]


def build_meeting(number: int) -> MeetingPage | None:
    """A meeting as it was opened, with what has been recorded in it since; None when there is no such meeting."""
    with repository().session() as session:
        meeting = session.get(Meeting, number)
        if meeting is None:
            return None
        previous = _previous(session, meeting)
        items = list(session.scalars(_items_of(number)))
        session.expunge_all()
    snapshot = repository().snapshot(moment_of(meeting))
    recorded = _decided([meeting], None, _today(meeting))
    earlier = _earlier(meeting, snapshot)
    return MeetingPage(
        meeting=meeting,
        snapshot=snapshot,
        screens=tuple(screen for item in items if (screen := _screen(item, snapshot, earlier, recorded)) is not None),
        recorded=recorded,
        previous=previous,
        previous_decided=tuple(i for i in earlier if i.is_open or (previous and i.row.meeting_id == previous.id)),
        changes=_changes(previous, meeting, snapshot),
        is_intact=_mark(moment_of(meeting)) == meeting.snapshot_id,
    )


def _items_of(number: int) -> Select[AgendaItem]:
    return select(AgendaItem).where(col(AgendaItem.meeting_id) == number).order_by(col(AgendaItem.position))


def _before(meeting: Meeting) -> list[Meeting]:
    """Earlier meetings on the same place or on all provinces; a meeting on all looks back at every one."""
    places = None if meeting.place is None else (None, meeting.place)
    rows = [row for row in list_meetings() if row.recorded_at < meeting.recorded_at]
    return [row for row in rows if places is None or row.place in places]


def _earlier(meeting: Meeting, snapshot: Snapshot) -> tuple[Decided, ...]:
    """What earlier meetings decided about the place, as known when this one was opened."""
    found = _decided(_before(meeting), moment_of(meeting), snapshot)
    return tuple(item for item in found if meeting.place in (None, item.row.place))


def _today(meeting: Meeting) -> Snapshot:
    """What became of the conclusions is told as of today, the numbers of the meeting stay as they were."""
    day = max(repository().settings.as_of, meeting.held_on)
    return repository().snapshot(Moment(as_of=day, known_on=day))


def _previous(session: Session, meeting: Meeting) -> Meeting | None:
    """The last meeting opened before this one on the same place."""
    same = col(Meeting.place).is_(None) if meeting.place is None else col(Meeting.place) == meeting.place
    statement = select(Meeting).where(same, col(Meeting.recorded_at) < meeting.recorded_at)
    return session.scalars(statement.order_by(col(Meeting.recorded_at).desc())).first()


def _decided(meetings: Sequence[Meeting], moment: Moment | None, snapshot: Snapshot) -> tuple[Decided, ...]:
    """Conclusions of these meetings as stored at the moment (None: now), with what became of them."""
    held = {meeting.id: meeting for meeting in meetings}
    pin = moment.recorded_at if moment else None
    with repository().session() as session:
        statement = select(Conclusion).where(col(Conclusion.meeting_id).in_(list(held)))
        rows = [row for row in session.scalars(statement.order_by(col(Conclusion.key))) if _stands(row, pin)]
        session.expunge_all()
    met = [(row, held[row.meeting_id]) for row in rows]
    return tuple(decided_of(Decision(row, at.title, at.held_on), snapshot) for row, at in met)


def _stands(row: Conclusion, pin: datetime | None) -> bool:
    if pin is None:
        return row.superseded_at is None
    return row.recorded_at <= pin and (row.superseded_at is None or row.superseded_at > pin)


def _screen(
    item: AgendaItem, snapshot: Snapshot, earlier: Sequence[Decided], recorded: Sequence[Decided]
) -> Screen | None:
    gap = next((view for view in snapshot.gaps if view.key == item.subject), None)
    task = next((view for view in snapshot.follow.tasks if view.task.key == item.subject), None)
    if gap is None and task is None:
        return None
    about = [found for found in earlier if found.row.subject == item.subject]
    last = max((found.row.meeting_id for found in about), default=0)
    return Screen(
        subject_kind=item.subject_kind,
        subject=item.subject,
        place=gap.place if gap else task.task.place if task else "",
        gap=gap,
        task=task,
        leads=_leads(gap, task, snapshot),
        decided=tuple(found for found in about if found.row.meeting_id == last),
        recorded=tuple(found for found in recorded if found.row.subject == item.subject),
    )


def _leads(gap: GapView | None, task: TaskView | None, snapshot: Snapshot) -> tuple[str, ...]:
    """Who acts: the keeper of the figure and the leads of the tasks that serve it, under their names of today."""
    if task is not None:
        codes = [str(code) for code in task.task.leads]
    elif gap is not None:
        owner = snapshot.indicators[gap.indicator].owner
        tasks = [view.task for view in snapshot.followed(gap.programme) if gap.indicator in view.task.indicators]
        codes = ([owner] if owner else []) + [str(code) for row in tasks for code in row.leads]
    return tuple(dict.fromkeys(snapshot.agency_today(code).name for code in codes))[:3]


def _changes(previous: Meeting | None, meeting: Meeting, snapshot: Snapshot) -> tuple[Change, ...]:
    if previous is None:
        return ()
    before = repository().snapshot(moment_of(previous))
    return tuple(
        compare_all(
            {view.key: view.gap for view in before.gaps_in_force},
            {view.key: view.gap for view in snapshot.gaps_in_force if meeting.place in (None, view.place)},
            known_by=previous.known_on,
        )
    )


def record_conclusion(content: Mapping[str, Any], who: Author, asked: Mapping[str, Any] | None = None) -> str:
    """Write one conclusion and give its key; with `asked`, the request for explanation that it makes as well.

    Raises NotAcceptedError, with neither of them written.
    """
    with repository().writing() as session:
        if before := made_before(session):
            return before
        explanation = add_request_in(session, asked, who, is_part=True) if asked else None
        key = next_key(session, Conclusion, "kl")
        keep_made(session, key)
        row = {"explanation": explanation, "done_on": None, "done_document": None, **content, "key": key}
        run_id = write_fact(session, Conclusion, row, who, now=datetime.now(UTC), place=str(content["place"]))
        finish(session, run=run_id, key=key)
    return key


def close_assignment(key: str, done_on: date, document: str, who: Author) -> int | None:
    """Note that an assignment was carried out; gives its meeting, None when there is no such assignment."""
    with repository().writing() as session:
        row = current_row(session, Conclusion, key)
        if row is None or row.kind != ConclusionKind.ASSIGNMENT:
            return None
        content = content_of(row) | {"done_on": done_on, "done_document": document}
        run_id = write_fact(session, Conclusion, content, who, now=datetime.now(UTC), place=row.place)
        if run_id is not None:
            finish(session, run=run_id, key=key)
        return row.meeting_id
