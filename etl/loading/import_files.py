"""What the import service does with received files, kept previews and the imports under way; see import_file.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from etl.documents.text_process import read_text_apart
from etl.files.storage import instance_of, keep_file, kept_path, label_of
from etl.loading.import_values import ImportRefusedError, Prepared, Received, said
from etl.loading.previews import PreviewStore
from etl.loading.question_values import NotAnAnswerError, given_answers
from etl.loading.received import ReceivedFiles
from etl.loading.running import About, Running, RunningImports
from etl.writing.answers import write_answers
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed
from models.base.source import SourceFile
from models.config.settings import read_settings


class ReceivedFileService:
    """The files of one installation. Methods raise ImportRefusedError with a sentence."""

    def __init__(self, engine: Engine) -> None:
        settings, folder = read_settings(), instance_of(engine)
        self._engine = engine
        self._kept_for = timedelta(hours=settings.upload_hours)
        self._previews = PreviewStore(folder / "previews")
        self._running = RunningImports(folder / "imports", settings.imports_at_once)
        self._files = ReceivedFiles(engine, self._previews, self._running)

    def begin(self, checksum: str, label: str, account: int | None, *, kept: str) -> Running:
        """A place among the imports under way; raises ImportsBusyError with `kept`, what became of the file."""
        return said(lambda: self._running.begin(checksum, label_of(label), account, kept=kept))

    def under_way(self) -> list[About]:
        """Every import under way, oldest first."""
        return self._running.under_way()

    def stop(self, token: str) -> None:
        """Stop an import under way; nothing happens where it has ended meanwhile."""
        said(lambda: self._running.stop(token))

    def receive(self, name: str, content: bytes) -> Received:
        """Keep a file before anyone opens it; refused above 20 MB."""
        return Received(said(lambda: keep_file(self._engine, name, content)), label_of(name))

    def kept_file(self, checksum: str) -> tuple[str, bytes]:
        """The label and content of a kept file; who may see it is for the caller to decide."""
        path = said(lambda: kept_path(self._engine, checksum))
        with Session(self._engine) as session:
            file = session.get(SourceFile, checksum)
            return (file.name if file else checksum[:12]), path.read_bytes()

    def keep_document(self, name: str, content: bytes) -> tuple[Received, str]:
        """Keep a document and give it with its text; one without a text that can be read is not kept."""
        received = self.receive(name, content)
        try:
            path = said(lambda: kept_path(self._engine, received.checksum))
            return received, said(lambda: read_text_apart(path, received.label))
        except ImportRefusedError:
            self._files.release(received.checksum)
            raise

    def prepared(self, token: str) -> Prepared:
        """A preview made before, by its token."""
        return Prepared(token, self._kept(token)["values"])

    def keep_answers(
        self, token: str, given: Mapping[str, str], actor: str, is_everywhere: bool, deed: Deed | None
    ) -> None:
        """Keep what was answered to the questions of a preview, by their ids, with an entry in the trail.

        Refused whole when one of them is no answer to its question.
        """
        kept = self._kept(token)
        try:
            answers = given_answers(kept["values"]["questions"], given, is_everywhere=is_everywhere)
        except NotAnAnswerError as error:
            raise ImportRefusedError(f"{error}. Sửa rồi gửi lại; chưa ghi gì.") from error
        told = [f"{answer.text} = {answer.words}" for answer in answers]
        with ChangeSession(self._engine) as session:
            write_answers(session, answers, kept["wanted"]["place"], actor, datetime.now(UTC))
            session.finish((deed or Deed("import", actor)).telling(answers=told))

    def cancel(self, token: str) -> None:
        """Forget a preview, those before it, and the file unless something else names it."""
        checksum = self._kept(token)["wanted"]["checksum"]
        self._previews.forget(token)
        self._files.release(checksum)

    def forget_wanted(self, wanted: dict[str, Any]) -> None:
        """Forget every preview of what `wanted_by` gave, and the file unless something else names it."""
        self._previews.forget_of(wanted)
        self._files.release(wanted["checksum"])

    def let_go(self, checksum: str) -> None:
        """Take a received file away unless something names it."""
        self._files.release(checksum)

    def clear(self) -> int:
        """Take away what was left lying for longer than UPLOAD_HOURS, and tell how many files went."""
        return self._files.sweep(self._kept_for)

    def _kept(self, token: str) -> dict[str, Any]:
        return said(lambda: self._previews.read(token))
