"""The daily digest of tasks: what is due soon, what waits for a report, whose answers are late; as files or mail.

One digest a place with something to say. It is plain text in Vietnamese; it accuses nobody: what nobody reported
about is listed as "cần báo cáo".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from models.base.day_text import day_text
from models.targets.reading import AgencyView, Moment, PlaceView, read_agencies, read_places
from models.tasks.task_reading import FollowUp, InstanceView, TaskView, read_follow_up
from models.tasks.task_state import TaskState

SOON_DAYS = 14
SHOWN = 40
Line = tuple[TaskView, InstanceView]


@dataclass(frozen=True, slots=True)
class Digest:
    """The text of one place on one day."""

    place: str
    subject: str
    text: str
    on: date

    @property
    def file_name(self) -> str:
        """A name that sorts by day."""
        return f"{self.on.isoformat()}-{self.place}.txt"


def build_digests(engine: Engine, on: date) -> list[Digest]:
    """The digests of a day; places with nothing to tell have none."""
    with Session(engine) as session:
        places, agencies = read_places(session), read_agencies(session)
        found = read_follow_up(session, Moment(as_of=on, known_on=on), ahead=1)
    slugs = {view.task.place for view in found.tasks} | {row.place for row in found.requests}
    slugs |= {row.place for row in found.petitions}
    made = (_digest(places[slug], found, agencies, on) for slug in sorted(slugs))
    return [digest for digest in made if digest is not None]


def write_digests(digests: Iterable[Digest], folder: Path) -> list[Path]:
    """Write one file a digest; a second run on a day replaces that day's files. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for digest in digests:
        path = folder / digest.file_name
        path.write_text(f"{digest.subject}\n\n{digest.text}", encoding="utf-8", newline="\n")
        written.append(path)
    return written


def _digest(place: PlaceView, found: FollowUp, agencies: dict[str, AgencyView], on: date) -> Digest | None:
    lines = [
        (view, item)
        for view in found.tasks
        if view.task.place == place.slug and not view.duty.is_born_late
        for item in view.instances
    ]
    soon = [line for line in lines if _is_soon(line[1], on)]
    overdue = [line for line in lines if line[1].state is TaskState.OVERDUE]
    in_part = [line for line in lines if line[1].state is TaskState.IN_PART and line[1].wants_attention(on)]
    silent = [line for line in lines if line[1].state is TaskState.NO_REPORT]
    blocks = [
        _block(f"Đến hạn trong {SOON_DAYS} ngày tới", soon, agencies, on),
        _block("Quá hạn chưa hoàn thành (đã có báo cáo)", overdue, agencies, on),
        _block("Thời hạn đã qua, mới báo cáo một phần", in_part, agencies, on),
        *_answers(place.slug, found, agencies, on),
        _block("Cần báo cáo: thời hạn đã qua, hệ thống chưa nhận được báo cáo nào", silent, agencies, on),
    ]
    told = [block for block in blocks if block]
    if not told:
        return None
    subject = f"Nhiệm vụ kinh tế tập thể ngày {_day(on)}: {place.full_name}, {len(soon)} việc sắp đến hạn"
    return Digest(place.slug, subject, "\n\n".join(told) + "\n", on)


def _is_soon(item: InstanceView, on: date) -> bool:
    is_open = item.state in (TaskState.OPEN, TaskState.IN_PART)
    return is_open and item.due_on is not None and on <= item.due_on <= on + timedelta(days=SOON_DAYS)


def _block(title: str, lines: Sequence[Line], agencies: dict[str, AgencyView], on: date) -> str:
    if not lines:
        return ""
    ordered = sorted(lines, key=lambda line: (line[1].due_on or on, line[0].task.position))
    rows = [_row(view, item, agencies, on) for view, item in ordered[:SHOWN]]
    rest = [f"... và {len(lines) - SHOWN} việc nữa"] if len(lines) > SHOWN else []
    return "\n".join([f"{title} ({len(lines)}):", *rows, *rest])


def _row(view: TaskView, item: InstanceView, agencies: dict[str, AgencyView], on: date) -> str:
    leads = ", ".join(_today(code, agencies, on) for code in view.task.leads)
    return f"- {_day(item.due_on)}: {view.task.title}. Chủ trì: {leads}."


def _answers(place: str, found: FollowUp, agencies: dict[str, AgencyView], on: date) -> list[str]:
    requests = [
        f"- {_day(row.due_on)}: {row.question} Gửi: {_today(row.agency, agencies, on)}."
        for row in found.requests
        if row.place == place and row.answered_on is None and row.due_on < on
    ]
    petitions = [
        f"- {_day(row.due_on)}: {row.text} Giao: {_today(row.agency, agencies, on) if row.agency else 'chưa giao'}."
        for row in found.petitions
        if row.place == place and row.answered_on is None and row.due_on is not None and row.due_on < on
    ]
    titled = (("Giải trình quá hạn trả lời", requests), ("Kiến nghị quá hạn trả lời", petitions))
    return ["\n".join([f"{title} ({len(rows)}):", *rows]) for title, rows in titled if rows]


def _today(code: str, agencies: dict[str, AgencyView], on: date) -> str:
    link = agencies[code].main_succession(on)
    name = agencies[code].name
    return f"{name} (nay: {agencies[link.successor].name})" if link else name


def _day(value: date | None) -> str:
    return day_text(value) if value else ""
