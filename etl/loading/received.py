"""When a received file goes from the disk: once nothing names it any more, and by age when it was left lying.

A run, a proposal that waits, evidence of a task, a programme's document, a preview that waits and an import under way
name files. The run of a file with data of persons names only its checksum: such a file goes once it is loaded.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.files.storage import instance_of
from etl.loading.previews import PreviewStore
from etl.loading.running import RunningImports
from models.accounts.approval import PendingChange
from models.accounts.changing import ChangeSession
from models.base.source import PERSONAL, Run, SourceFile
from models.targets.programme_text import ProgrammeText
from models.tasks.follow_up import TaskReport

log = logging.getLogger(__name__)
HALF_WRITTEN = "tmp*"  # what a process killed while it wrote leaves behind
FOLDERS = ("files", "previews", "papers")


class ReceivedFiles:
    """The received files of one installation, with what may name them."""

    def __init__(self, engine: Engine, previews: PreviewStore, running: RunningImports) -> None:
        self._engine, self._previews, self._running = engine, previews, running
        self._folder = instance_of(engine)

    def release(self, checksum: str, *, besides: str = "") -> bool:
        """Take a file away unless something names it besides an import that is just ending; tells whether it went.

        A file that could not be taken away now goes by age.
        """
        try:
            return self._release(checksum, besides)
        except (SQLAlchemyError, OSError):
            log.exception("a received file could not be taken away")
            return False

    def _release(self, checksum: str, besides: str = "") -> bool:
        if checksum in self._waiting(besides):
            return False
        with ChangeSession(self._engine) as session:
            if _is_named(session, checksum):
                return False
            session.execute(delete(SourceFile).where(col(SourceFile.checksum) == checksum))
            session.finish_untold("a file that nobody loaded changed no figure")
        (self._folder / "files" / checksum).unlink(missing_ok=True)
        return True

    def sweep(self, kept_for: timedelta) -> int:
        """Take away what was left lying longer than that: previews, files that nothing names, half-written files."""
        for folder in FOLDERS:
            for path in _older(self._folder / folder, HALF_WRITTEN, kept_for):
                path.unlink(missing_ok=True)
        self._previews.forget_older(kept_for)
        return sum(self.release(checksum) for checksum in self._old(kept_for))

    def _waiting(self, besides: str = "") -> set[str]:
        read = {about.checksum for about in self._running.under_way() if about.token != besides}
        return self._previews.checksums() | read

    def _old(self, kept_for: timedelta) -> list[str]:
        """Files received long ago by their row, and those whose process was killed before it wrote one."""
        with Session(self._engine) as session:
            limit = datetime.now(UTC) - kept_for
            known = {row.checksum: row.received_at for row in session.scalars(select(SourceFile))}
            old = [checksum for checksum, at in known.items() if at < limit and not _is_named(session, checksum)]
        lying = [path.name for path in _older(self._folder / "files", "?" * 64, kept_for) if path.name not in known]
        waiting = self._waiting()
        return [checksum for checksum in old + lying if checksum not in waiting]


def _is_named(session: Session, checksum: str) -> bool:
    loads = select(col(Run.summary)).where(col(Run.checksum) == checksum, col(Run.undoes).is_(None))
    summaries = session.scalars(loads)
    if any(not summary.get(PERSONAL) for summary in summaries):
        return True
    names = (
        select(col(TaskReport.id)).where(col(TaskReport.file_checksum) == checksum),
        select(col(ProgrammeText.id)).where(col(ProgrammeText.checksum) == checksum),
    )
    if any(session.scalar(statement.limit(1)) is not None for statement in names):
        return True
    waiting = session.scalars(select(PendingChange).where(col(PendingChange.verdict).is_(None)))
    return any(item.payload.get("wanted", {}).get("checksum") == checksum for item in waiting)


def _older(folder: Path, pattern: str, kept_for: timedelta) -> Iterator[Path]:
    limit = time.time() - kept_for.total_seconds()
    for path in folder.glob(pattern):
        if path.is_file() and path.stat().st_mtime < limit:
            yield path
