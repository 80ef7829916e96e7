"""Received files and runs: the only module of the dashboard that opens the import service."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from queue import Queue
from threading import Thread
from time import sleep
from typing import cast

from flask import Flask, current_app

from dashboard.db.bounds import is_seen
from dashboard.db.import_values import PreviewValues, RunValues
from dashboard.db.read_session import repository
from etl.loading.import_file import (
    KIND_NAMES,
    QUESTION_KINDS,
    STILL_KEPT,
    About,
    Decisions,
    ImportRefusedError,
    ImportsBusyError,
    ImportService,
    Prepared,
    Progress,
    PromisePlace,
    Running,
    checksum_of,
    decisions_of,
    needs_place,
    promise_places,
)
from models.operation.operation_lines import RUN_KINDS

__all__ = [
    "KIND_NAMES",
    "STILL_KEPT",
    "About",
    "Decisions",
    "ImportRefusedError",
    "ImportService",
    "ImportsBusyError",
    "Prepared",
    "Progress",
    "PromisePlace",
    "Running",
    "checksum_of",
    "decisions_of",
    "import_service",
    "keep_clearing",
    "kind_name",
    "needs_place",
    "preview_of",
    "promise_places",
    "question_kind_name",
    "read_runs",
    "tell",
]
log = logging.getLogger(__name__)
CLEARING_SECONDS = 3600
APART = "IMPORTS_APART"  # set where pages are served meanwhile: dashboard.server


def import_service() -> ImportService:
    """The import service of the running application, on the same database as its pages."""
    kept: tuple[object, ImportService] | None = current_app.extensions.get("import_service")
    if kept is None or kept[0] is not repository():
        is_apart = bool(current_app.config.get(APART))
        kept = (repository(), ImportService(repository().engine, repository().settings.data_dir, is_apart=is_apart))
        current_app.extensions["import_service"] = kept
    return kept[1]


def keep_clearing(server: Flask) -> None:
    """Take away what was left lying, now and every hour, as long as this process lives."""

    def clear() -> None:
        while True:
            try:
                with server.app_context():
                    import_service().clear()
            except Exception:  # the next hour may do better; the cause stands in the log
                log.exception("received files could not be cleared away")
            sleep(CLEARING_SECONDS)

    Thread(target=clear, daemon=True).start()


def tell(job: Callable[[Progress], str], place: Running) -> Iterator[tuple[str, str]]:
    """Do something long in a thread, in its place among the imports, and say meanwhile how far it is.

    Gives ("line", text), then one last pair: ("done", what the job gave), ("refused", a sentence) or ("failed", a
    sentence).
    """
    said: Queue[tuple[str, str]] = Queue()
    Thread(target=_run, args=(job, place, said), daemon=True).start()
    return _heard(said)


def _heard(said: Queue[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    while True:
        what, text = said.get()
        yield what, text
        if what != "line":
            return


def _run(job: Callable[[Progress], str], place: Running, said: Queue[tuple[str, str]]) -> None:
    try:
        with place:
            token = job(lambda line: said.put(("line", line)))
        said.put(("done", token))
    except ImportRefusedError as error:
        said.put(("refused", str(error)))
    except Exception:  # the thread has nobody else to tell; the cause stands in the log
        log.exception("a file could not be read")
        said.put(("failed", "Hệ thống không đọc được tệp này. Báo người quản trị kèm giờ xảy ra; chưa ghi gì."))


def kind_name(kind: str) -> str:
    """What a kind of run is called."""
    return KIND_NAMES.get(kind) or RUN_KINDS.get(kind, kind)


def question_kind_name(kind: str) -> str:
    """What questions of a kind are about."""
    return QUESTION_KINDS.get(kind, kind)


def read_runs(place: str | None = None) -> list[RunValues]:
    """Every run that the viewer may see, newest first; a load of all places is told to who sees all of them."""
    runs = cast("list[RunValues]", import_service().runs(place))
    return [run for run in runs if is_seen(run["place"]) or run["kind"] == "init"]


def preview_of(prepared: Prepared) -> PreviewValues:
    """What a prepared load would do."""
    return cast(PreviewValues, prepared.values)
