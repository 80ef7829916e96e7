"""The one module through which the dashboard imports files: plain values in, plain values out.

Nothing here trusts what a browser sends: checksums, tokens and kinds are checked, names are labels only. A
preview is bound to the state of the data it was made from; when that has moved on, its token is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from etl.documents.promise_places import PromisePlace, promise_places
from etl.files.process_limits import Bounds
from etl.files.storage import checksum_of, kept_path
from etl.importers.draft import Decisions
from etl.loading import marked_copy as marking
from etl.loading.import_files import ReceivedFileService
from etl.loading.import_values import (
    STILL_KEPT,
    ImportRefusedError,
    ImportsBusyError,
    Prepared,
    Received,
    decisions_of,
    finding_of,
    needs_place,
    plain_decisions,
    said,
    why_not,
)
from etl.loading.preview import preview_values
from etl.loading.previews import EARLIER
from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out, no_commit_hook
from etl.loading.reread import reread
from etl.loading.running import About, Running
from etl.loading.runs import list_runs, undo_in, undo_run
from etl.loading.template import template as make_template
from etl.loading.worker_process import carry_out_in_worker
from etl.programmes.exporting import export_book
from etl.questions.question import KIND_WORDS
from etl.writing.current_version import CurrentVersion, current_version, version_of_preview
from etl.writing.effects import effects_of
from etl.writing.requests import KIND_NAMES
from models.accounts.trail import Deed
from models.base.source import SourceFile
from models.base.trial import trial
from models.config.settings import read_settings

__all__ = [
    "KIND_NAMES",
    "QUESTION_KINDS",
    "STILL_KEPT",
    "About",
    "Decisions",
    "ImportRefusedError",
    "ImportService",
    "ImportsBusyError",
    "Prepared",
    "Progress",
    "PromisePlace",
    "Received",
    "Running",
    "checksum_of",
    "decisions_of",
    "needs_place",
    "promise_places",
]

QUESTION_KINDS: dict[str, str] = {str(kind): words for kind, words in KIND_WORDS.items()}
Progress = Callable[[str], None]
CommitHook = Callable[[Session, int], None]


class ImportService(ReceivedFileService):
    """The imports of one database. Methods raise ImportRefusedError with a sentence, never anything of the ETL's.

    `is_apart` reads and loads workbooks in a process of their own, as a server that shows pages meanwhile should.
    """

    def __init__(self, engine: Engine, data_dir: Path | None = None, *, is_apart: bool = False) -> None:
        super().__init__(engine)
        settings = read_settings()
        self._carry = carry_out_in_worker if is_apart else carry_out
        self._data_dir = data_dir or settings.data_dir
        self._bounds = Bounds(settings.import_seconds, settings.import_memory_mb * 1024**2)

    def prepare(
        self,
        checksum: str,
        kind: str,
        place: str | None,
        year: int | None,
        demo: bool = False,
        decisions: Decisions | None = None,
        *,
        progress: Progress = lambda _line: None,
        within: frozenset[str] | None = None,
        running: Running | None = None,
        earlier: str = "",
    ) -> Prepared:
        """Read, check and preview a kept file; nothing is written but the preview itself.

        A file with a row about a place that is not `within` is refused, before anything of that row is shown; so is
        one whose `running` is stopped. A refused file goes. `earlier` is the preview that this one is made from anew.
        """
        wanted = {
            "checksum": checksum,
            "kind": kind,
            "place": place or None,
            "year": year,
            "is_demo": demo,
            "decisions": plain_decisions(decisions or Decisions()),
        }
        try:
            return self.prepare_wanted(wanted, progress=progress, within=within, running=running, earlier=earlier)
        except ImportRefusedError:
            self._files.release(checksum, besides=running.token if running else "")
            raise

    def prepare_wanted(
        self,
        wanted: dict[str, Any],
        *,
        progress: Progress = lambda _line: None,
        within: frozenset[str] | None = None,
        running: Running | None = None,
        earlier: str = "",
    ) -> Prepared:
        """Preview on today's data what `wanted_by` gave for an earlier preview."""
        wanted = {**wanted, "version": self._version(wanted["place"])}
        outcome = said(
            lambda: self._carry_out(
                wanted, "", commit=False, leave_out=True, progress=progress, within=within, running=running
            )
        )
        values = preview_values(outcome)
        return Prepared(self._previews.keep({"wanted": wanted, "values": values, EARLIER: earlier}), values)

    def has_moved_on(self, token: str) -> bool:
        """Whether the data is no longer what a preview was made from, so that it would be refused."""
        wanted = self._kept(token)["wanted"]
        return version_of_preview(wanted["version"]) != self._version(wanted["place"])

    def wanted_by(self, token: str) -> dict[str, Any]:
        """What a preview was asked for as plain JSON, without the data it was made from; it outlives the preview."""
        return {name: value for name, value in self._kept(token)["wanted"].items() if name != "version"}

    def commit(
        self,
        token: str,
        actor: str,
        leave_out_stopped: bool = False,
        *,
        progress: Progress = lambda _line: None,
        on_commit: CommitHook = no_commit_hook,
        within: frozenset[str] | None = None,
        deed: Deed | None = None,
    ) -> int:
        """Load exactly what was previewed and give the run; refused when the data has moved on since.

        A file with data of persons is gone afterwards.

        `on_commit` writes what belongs to the load just before it is committed; what it raises stops the load. So
        does a row about a place that is not `within`. `deed` is what the trail says, in the transaction of the load.
        """
        wanted = self._kept(token)["wanted"]
        with self.begin(wanted["checksum"], "", None, kept=STILL_KEPT):
            outcome = said(
                lambda: self._carry_out(
                    wanted,
                    actor,
                    commit=True,
                    leave_out=leave_out_stopped,
                    progress=progress,
                    on_commit=on_commit,
                    within=within,
                    deed=deed,
                )
            )
        if outcome.run_id is None:
            raise ImportRefusedError(why_not(outcome, agreed=leave_out_stopped))
        self._previews.forget(token)
        self._files.release(wanted["checksum"])
        return outcome.run_id

    def fill_in(self, token: str, actor: str, *, within: frozenset[str] | None, deed: Deed | None) -> int | None:
        """Read again with today's answers what earlier files of a preview's place left unknown; None: nothing more."""
        place, settings = self._kept(token)["wanted"]["place"], read_settings()
        if place is None:
            return None
        import_settings = ImportSettings(self._engine, self._data_dir, settings.as_of)
        return said(lambda: reread(import_settings, place, actor, is_demo=settings.is_demo, within=within, deed=deed))

    def runs(self, place: str | None = None) -> list[dict[str, Any]]:
        """Every run, newest first, as plain values."""
        with Session(self._engine) as session:
            return [asdict(run) | {"can_be_undone": run.can_be_undone} for run in list_runs(session, place)]

    def undo(self, run_id: int, actor: str, within: frozenset[str] | None = None, deed: Deed | None = None) -> int:
        """Take a run back whole and give the run that did it; refused with a row about a place not `within`."""
        return said(lambda: undo_run(self._engine, run_id, actor, within, deed))

    def undo_in(self, session: Session, run_id: int, actor: str, within: frozenset[str] | None = None) -> int:
        """The same within the caller's session, without committing."""
        return said(lambda: undo_in(session, run_id, actor, within))

    def effects(self, act: Callable[[Session], object], place: str, year: int) -> list[dict[str, Any]]:
        """What a change would move in a place and year, as in a preview; nothing of it stays."""
        settings = read_settings()
        with trial(self._engine) as session:
            found = effects_of(session, act, place, year, is_demo=settings.is_demo, as_of=settings.as_of)
        return [asdict(effect) | {"is_changed": effect.is_changed} for effect in found]

    def marked_copy(self, token: str) -> bytes:
        """The received workbook with its problems marked."""
        kept = self._kept(token)
        path = said(lambda: kept_path(self._engine, kept["wanted"]["checksum"]))
        return marking.marked_copy(path, [finding_of(item) for item in kept["values"]["problems"]])

    def template(self, kind: str, place: str = "") -> bytes:
        """The workbook to fill in for a kind of file, with what is known today; all places unless one is named."""
        with Session(self._engine) as session:
            on = read_settings().as_of
            return said(lambda: make_template(kind, self._data_dir, session, on, place))

    def programme(self, slug: str) -> bytes:
        """The workbook of a programme in force; refused for one that is unknown."""
        with Session(self._engine) as session:
            return said(lambda: export_book(session, self._data_dir, slug))

    def _carry_out(
        self,
        wanted: dict[str, Any],
        actor: str,
        *,
        commit: bool,
        leave_out: bool,
        progress: Progress,
        on_commit: CommitHook = no_commit_hook,
        within: frozenset[str] | None = None,
        deed: Deed | None = None,
        running: Running | None = None,
    ) -> ImportResult:
        settings = read_settings()
        path = kept_path(self._engine, wanted["checksum"])
        with Session(self._engine) as session:
            file = session.get(SourceFile, wanted["checksum"])
            label = file.name if file else wanted["checksum"][:12]
        names = ("kind", "place", "year", "checksum", "is_demo")
        order = ImportRequest(
            **{name: wanted[name] for name in names},
            actor=actor,
            label=label,
            marked_demo=settings.is_demo,
            decisions=decisions_of(**wanted["decisions"]),
            expected_version=version_of_preview(wanted["version"]) if commit else None,
            on_commit=on_commit,
            within=within,
            deed=deed,
        )
        import_settings = ImportSettings(
            self._engine,
            self._data_dir,
            settings.as_of,
            progress=progress,
            bounds=self._bounds,
            is_stopped=running.is_stopped if running else lambda: False,
        )
        return self._carry(import_settings, order, path, commit=commit, leave_out=leave_out)

    def _version(self, place: str | None) -> CurrentVersion:
        with Session(self._engine) as session:
            return current_version(session, place)
