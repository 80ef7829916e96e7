"""Fills in what earlier files said in words understood by now: one run, told and undone as a load."""

from __future__ import annotations

from datetime import UTC, datetime

from etl.facts.rating_schemes import read_schemes
from etl.facts.reference import Writing
from etl.importers.draft import Context
from etl.loading.recipe import summary
from etl.parsing.issues import LoadError
from etl.questions.questions import ImportQuestions
from etl.tables.columns import read_words
from etl.tables.findings import Findings
from etl.writing.answers import read_answers
from etl.writing.changes_written import Written
from etl.writing.fill_in import fill_in
from etl.writing.places_written import Places, keep_within
from etl.writing.projection import refresh_organizations
from etl.writing.requests import ImportSettings
from models.accounts.changing import ChangeSession
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.source import Run
from models.targets.reading import read_indicators, read_places

REREAD = "reread"
LABEL = "Đọc lại các giá trị chưa đọc được"


def reread(
    import_settings: ImportSettings,
    place: str,
    actor: str,
    *,
    is_demo: bool = False,
    within: Places | None = None,
    deed: Deed | None = None,
) -> int | None:
    """Read the unread values of a place again and give the run that says them; None where nothing more can be read.

    `deed` is what the trail says of it; None: a command did it. Raises LoadError for an unknown place and for a place
    that is not `within`; nothing is written then.
    """
    with ChangeSession(import_settings.engine) as session:
        run = Run(kind=REREAD, source=LABEL, checksum="", actor=actor, started_at=datetime.now(UTC), is_demo=is_demo)
        run.place = place
        session.add(run)
        session.flush()
        written = Written()
        for slug in _areas(session, place):
            context = _context(session, import_settings, slug, place, is_demo=is_demo)
            written.join(fill_in(Writing(session, run.id or 0, run.started_at), context))
        if written.is_empty:
            session.rollback()
            return None
        refresh_organizations(session, run.id or 0)
        keep_within(session, run.id or 0, within)
        run.status, run.finished_at, run.summary = "done", datetime.now(UTC), summary(written, Findings())
        run_id = run.id or 0
        session.finish((deed or Deed("update", COMMAND_LINE, subject=LABEL, place=place)).telling(run=run_id))
        return run_id


def _areas(session: ChangeSession, place: str) -> list[str]:
    """The place and those that it took in: their organisations may still stand under the former one."""
    found = read_places(session).get(place)
    if found is None:
        raise LoadError(f'Không có địa bàn "{place}". Xem: python -m etl export places')
    return [place, *found.predecessors]


def _context(
    session: ChangeSession, import_settings: ImportSettings, area: str, place: str, *, is_demo: bool
) -> Context:
    places = read_places(session)
    answers = {answer.key: answer for slug in (area, place) for answer in read_answers(session, slug)}
    return Context(
        session=session,
        data_dir=import_settings.data_dir,
        findings=Findings(questions=ImportQuestions(answers)),
        place=places[area],
        places=places,
        indicators=read_indicators(session),
        year=import_settings.as_of.year,
        load_date=import_settings.as_of,
        is_demo=is_demo,
        label=LABEL,
        words=read_words(import_settings.data_dir),
        schemes=read_schemes(import_settings.data_dir),
    )
