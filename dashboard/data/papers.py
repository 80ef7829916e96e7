"""Papers kept by checksum, and the jobs that make them in a process of their own."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlmodel import col

from dashboard.data.snapshot import door
from dashboard.meeting_values import JobView
from models.meeting import Job, Paper
from models.settings import ROOT

SILENCE = timedelta(minutes=3)  # printing one PDF may take a minute
_children: list[subprocess.Popen[bytes]] = []  # asked again at the next start, so that none is left a zombie


class LostPaperError(RuntimeError):
    """The kept bytes are gone or not what they were; the message is for the reader."""


def papers_folder() -> Path:
    """Beside a SQLite database, else in the project's own instance folder."""
    url = door().engine.url
    is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
    return (Path(str(url.database)).parent if is_file else ROOT / "instance") / "papers"


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
    with door().session() as session:
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
    with door().session() as session:
        session.add(row)
        session.commit()
        number = row.id or 0
    _launch(number)
    return number


def _running(arguments: dict[str, Any]) -> int | None:
    fresh = datetime.now(UTC) - SILENCE
    with door().session() as session:
        rows = session.scalars(select(Job).where(col(Job.status).in_(("waiting", "running"))))
        return next((row.id for row in rows if row.beat_at > fresh and row.arguments == arguments), None)


def _launch(number: int) -> None:
    url = door().engine.url.render_as_string(hide_password=False)  # by environment: a command line can be read
    environment = {**os.environ, "DATABASE_URL": url, "AS_OF": door().settings.as_of.isoformat()}
    command = [sys.executable, "-m", "dashboard", "papers", "--job", str(number)]
    _children[:] = [child for child in _children if child.poll() is None]
    _children.append(
        subprocess.Popen(  # noqa: S603  (our own interpreter, our own arguments)
            command,
            cwd=ROOT,
            env=environment,
            start_new_session=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
    )


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
        if row is None:
            return None
        lost = row.status in ("waiting", "running") and datetime.now(UTC) - row.beat_at > SILENCE
        meeting = row.arguments.get("meeting")
        return JobView(number, row.status, row.done_count, row.total_count, row.message, meeting, row.started_at, lost)
