"""Papers kept by checksum, and the jobs that make them in a process of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.access.trail import finish
from dashboard.db.bounds import is_seen
from dashboard.db.failures import NotAcceptedError
from dashboard.db.read_session import repository
from dashboard.reports.data.job_process import PROGRESS, start_waiting
from models.base.database import Turn
from models.config.instance import instance_folder
from models.tasks.jobs import WAITING, WORKING, is_lost
from models.tasks.meeting import Job, Paper


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work as a page shows it; `ahead` tells how many come before one that waits."""

    id: int
    status: str
    done_count: int
    total_count: int
    message: str
    meeting_id: int | None
    started_at: datetime
    is_lost: bool
    ahead: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in ("done", "failed") or self.is_lost

    @property
    def is_waiting(self) -> bool:
        """Whether its turn has not come yet."""
        return self.status == "waiting" and not self.is_lost


MOST_WAITING = 6  # jobs of one person that wait their turn
ASKED = ("places", "formats", "meeting")  # what makes two jobs the same


class TooManyWaitingError(NotAcceptedError):
    """This person has asked for enough that is not begun."""

    status = 429


class LostPaperError(RuntimeError):
    """The kept bytes are gone or not what they were; the message is for the reader."""


def papers_folder() -> Path:
    """Where the installation keeps its papers."""
    return instance_folder(repository().engine.url) / "papers"


def keep_paper(
    content: bytes, *, name: str, place: str, format: str, stamp: str, known_on: date, **of: int | None
) -> int:
    """Keep the bytes under their SHA-256 and note the paper; `of` may name `meeting_id` and `job_id`."""
    checksum = hashlib.sha256(content).hexdigest()
    folder = papers_folder()
    folder.mkdir(parents=True, exist_ok=True)
    waiting = folder / f"{checksum}.part"
    waiting.write_bytes(content)
    waiting.replace(folder / checksum)
    row = Paper(
        place=place, format=format, name=name, checksum=checksum, size=len(content), snapshot_id=stamp,
        known_on=known_on, made_at=datetime.now(UTC), **of,
    )  # fmt: skip
    with repository().writing(Turn.UPKEEP) as session:
        session.add(row)
        session.finish_untold("who asked for the paper was told when its job began")
        return row.id or 0


def read_paper(number: int) -> tuple[Paper, bytes] | None:
    """A paper and its bytes as they were handed out; raises LostPaperError when they are not those any more."""
    with repository().session() as session:
        row = session.get(Paper, number)
        session.expunge_all()
    if row is None:
        return None
    try:
        content = (papers_folder() / row.checksum).read_bytes()
    except OSError as error:
        raise LostPaperError(
            "Tệp đã phát hành không còn trong kho. Báo người quản trị khôi phục bản sao lưu."
        ) from error
    if hashlib.sha256(content).hexdigest() != row.checksum:
        raise LostPaperError("Tệp trong kho không còn nguyên vẹn. Báo người quản trị khôi phục bản sao lưu.")
    return row, content


def list_papers(*, meeting: int | None = None, job: int | None = None) -> list[Paper]:
    """The papers of a meeting or of a job, in the order they were made."""
    chosen = col(Paper.meeting_id) == meeting if job is None else col(Paper.job_id) == job
    with repository().session() as session:
        rows = list(session.scalars(select(Paper).where(chosen).order_by(col(Paper.id))))
        session.expunge_all()
    return rows


def start_job(places: Sequence[str], formats: Sequence[str], actor: str, meeting: int | None = None) -> int:
    """Ask for papers, made in a process that outlives this request when their turn comes.

    A job for the same that is under way is joined. Raises TooManyWaitingError with a sentence.
    """
    arguments: dict[str, Any] = {"places": list(places), "formats": list(formats), "meeting": meeting}
    now = datetime.now(UTC)
    with repository().writing(Turn.UPKEEP) as session:
        same = _same(session, arguments, now)
        if same is not None:
            finish(session, job=same)
            return same
        _refuse_too_many(session, actor)
        row = Job(kind="papers", arguments=arguments, actor=actor, started_at=now, beat_at=now)
        session.add(row)
        session.flush()
        number = row.id or 0
        finish(session, job=number)
    start_waiting(repository().engine, repository().settings)
    return number


def _same(session: Session, asked: dict[str, Any], now: datetime) -> int | None:
    for row in session.scalars(select(Job).where(col(Job.status).in_(WORKING))):
        if all(row.arguments.get(name) == asked[name] for name in ASKED) and not is_lost(row, now):
            return row.id
    return None


def _refuse_too_many(session: Session, actor: str) -> None:
    mine = select(func.count()).select_from(Job).where(col(Job.status) == WAITING, col(Job.actor) == actor)
    if (session.scalar(mine) or 0) >= MOST_WAITING:
        raise TooManyWaitingError(
            f"Bạn đang có {MOST_WAITING} bộ tài liệu chờ tới lượt. Chờ một bộ xong rồi gửi lại; chưa thêm việc mới."
        )


def start_again(number: int, actor: str) -> int | None:
    """Start a job that came to nothing once more; gives the new one, None when there is no such job."""
    with repository().session() as session:
        row = session.get(Job, number)
        if row is None or not _is_seen(row):
            return None
        asked = dict(row.arguments)
    return start_job(asked["places"], asked["formats"], actor, asked.get("meeting"))


def _is_seen(row: Job) -> bool:
    """A job is shown to who may see every place it makes papers of."""
    return all(is_seen(place) for place in row.arguments["places"])


def job_arguments(number: int) -> dict[str, Any] | None:
    """What a job was asked to do."""
    with repository().session() as session:
        row = session.get(Job, number)
        return dict(row.arguments) if row else None


def tell_job(number: int, **news: Any) -> None:
    """Note how far a job is: status, done_count, total_count, message. Those that wait behind it are not forgotten."""
    now = datetime.now(UTC)
    with repository().writing(Turn.UPKEEP) as session:
        session.execute(update(Job).where(col(Job.id) == number).values(**news))
        session.execute(update(Job).where(or_(col(Job.id) == number, col(Job.status) == WAITING)).values(beat_at=now))
        session.finish_untold(PROGRESS)


def read_job(number: int) -> JobView | None:
    """A job as a page shows it; whoever looks at one that waits has it started when its turn has come."""
    with repository().session() as session:
        row = session.get(Job, number)
        if row is None or not _is_seen(row):
            return None
        is_waiting = row.status == WAITING
    if is_waiting:
        start_waiting(repository().engine, repository().settings)
    return _view(number)


def _view(number: int) -> JobView:
    with repository().session() as session:
        row = session.get_one(Job, number)
        before = select(func.count()).select_from(Job).where(col(Job.status).in_(WORKING), col(Job.id) < number)
        return JobView(
            id=number,
            status=row.status,
            done_count=row.done_count,
            total_count=row.total_count,
            message=row.message,
            meeting_id=row.arguments.get("meeting"),
            started_at=row.started_at,
            is_lost=is_lost(row, datetime.now(UTC)),
            ahead=(session.scalar(before) or 0) if row.status == WAITING else 0,
        )
