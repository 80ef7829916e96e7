"""Papers kept by checksum, and the jobs that make them in a process of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from dashboard.data.job_process import WORKING, is_gone, launch
from dashboard.data.snapshot import door
from dashboard.data.territory import is_seen
from dashboard.meeting_values import JobView
from models.instance import instance_folder
from models.meeting import Job, Paper

SILENCE = timedelta(minutes=3)  # printing one PDF may take a minute
ASKED = ("places", "formats", "meeting")  # what makes two jobs the same


class LostPaperError(RuntimeError):
    """The kept bytes are gone or not what they were; the message is for the reader."""


def papers_folder() -> Path:
    """Where the installation keeps its papers."""
    return instance_folder(door().engine.url) / "papers"


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
    with door().writing() as session:
        session.add(row)
        session.commit()
        return row.id or 0


def read_paper(number: int) -> tuple[Paper, bytes] | None:
    """A paper and its bytes as they were handed out; raises LostPaperError when they are not those any more."""
    with door().session() as session:
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
    with door().session() as session:
        rows = list(session.scalars(select(Paper).where(chosen).order_by(col(Paper.id))))
        session.expunge_all()
    return rows


def start_job(places: Sequence[str], formats: Sequence[str], actor: str, meeting: int | None = None) -> int:
    """Start making papers in a process that outlives this request; a running job for the same is joined."""
    arguments: dict[str, Any] = {"places": list(places), "formats": list(formats), "meeting": meeting}
    running = _running(arguments)
    if running is not None:
        return running
    now = datetime.now(UTC)
    row = Job(kind="papers", arguments=arguments, actor=actor, started_at=now, beat_at=now)
    with door().writing() as session:
        session.add(row)
        session.commit()
        number = row.id or 0
    launch(number, arguments)
    return number


def _running(arguments: dict[str, Any]) -> int | None:
    fresh = datetime.now(UTC) - SILENCE
    with door().session() as session:
        rows = session.scalars(select(Job).where(col(Job.status).in_(WORKING)))
        same = (row for row in rows if all(row.arguments.get(name) == arguments[name] for name in ASKED))
        return next((row.id for row in same if row.beat_at > fresh and not is_gone(row.arguments)), None)


def start_again(number: int, actor: str) -> int | None:
    """Start a job that came to nothing once more; gives the new one, None when there is no such job."""
    with door().session() as session:
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
    with door().session() as session:
        row = session.get(Job, number)
        return dict(row.arguments) if row else None


def tell_job(number: int, **news: Any) -> None:
    """Note how far a job is: status, done_count, total_count, message."""
    with door().session() as session:
        session.execute(update(Job).where(col(Job.id) == number).values(beat_at=datetime.now(UTC), **news))
        session.commit()


def read_job(number: int) -> JobView | None:
    """A job as a page shows it."""
    with door().session() as session:
        row = session.get(Job, number)
        if row is None or not _is_seen(row):
            return None
        is_silent = datetime.now(UTC) - row.beat_at > SILENCE
        lost = row.status in WORKING and (is_silent or is_gone(row.arguments))
        meeting = row.arguments.get("meeting")
        return JobView(number, row.status, row.done_count, row.total_count, row.message, meeting, row.started_at, lost)
