"""Writes the reviewed facts in one transaction and one run; twice the same files change nothing.

A programme that a received file said last stands as that file said it until its load is taken back: what data/ says
of it is passed over, with a line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from etl.facts.facts_reader import Facts, ProgrammeFacts
from etl.facts.reference import Writing, apply_reference, delete_gone
from etl.facts.rows import figures, places, programmes
from etl.facts.stored import ADDED, of_files, read_stored
from etl.parsing.issues import LoadError
from models.accounts.changing import ChangeSession
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.facts import Changes, Fact, apply_facts
from models.base.source import Run
from models.places.agency import Agency, AgencySuccession
from models.places.place import Place, PlaceSuccession, PlaceTitle
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.observation import Observation, SeriesBreak, SeriesJudgement
from models.targets.programme import Programme, QualitativePromise, Target
from models.tasks.task import Task

RUN_KIND = "init"
SUBJECT = "Dữ liệu đã soát trong thư mục data"
Rows = list[dict[str, Any]]
Report = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one load did, by table. `run_id` is None when nothing had to be written."""

    run_id: int | None
    tables: Mapping[str, Changes]

    @property
    def total(self) -> Changes:
        """The sum over all tables."""
        return sum(self.tables.values(), Changes())


def load_facts(
    engine: Engine,
    facts: Facts,
    *,
    load_date: date,
    actor: str,
    now: datetime | None = None,
    report: Report = lambda _line: None,
) -> Loaded:
    """Write checked facts; `load_date` stands in where the publication day of a value is unknown.

    The facts must have passed `etl.facts.checks`. Raises LoadError, with nothing written, when the database refuses.
    """
    with ChangeSession(engine) as session:
        now = now or datetime.now(UTC)
        run = Run(kind=RUN_KIND, source="data", checksum=facts.checksum, actor=actor, started_at=now)
        session.add(run)
        session.flush()
        if run.id is None:
            raise LoadError("Cơ sở dữ liệu không cấp số cho lượt nạp. Kiểm tra cơ sở dữ liệu rồi chạy lại")
        tables = _write(Writing(session, run.id, now), facts, load_date, report)
        loaded = Loaded(run.id, tables)
        if loaded.total.is_empty:
            session.rollback()
            return Loaded(None, tables)
        run.status, run.finished_at = "done", datetime.now(UTC)
        run.summary = {name: asdict(changes) for name, changes in tables.items()}
        session.finish(Deed("import", COMMAND_LINE, subject=SUBJECT, details={"run": run.id}))
        return loaded


def _write(writing: Writing, facts: Facts, load_date: date, report: Report) -> dict[str, Changes]:
    try:
        brought = _brought(writing.session, facts, report)
        ours = [row for row in facts.programmes if row.head.value.slug not in _slugs(brought)]
        tables, gone = _write_reference(writing, replace(facts, programmes=ours), report)
        tables |= _write_facts(writing, replace(facts, programmes=ours + brought), load_date, report)
        delete_gone(writing, gone)
    except IntegrityError as error:
        said = " ".join(str(error.orig).split())
        raise LoadError(
            f"Cơ sở dữ liệu từ chối, chưa ghi gì: {said}. Một mã vừa bị xóa hoặc đổi trong thư mục dữ liệu vẫn "
            "được dữ liệu đã nạp nhắc đến: giữ lại mã cũ, thêm mã mới bên cạnh"
        ) from error
    return tables


def _brought(session: Session, facts: Facts, report: Report) -> list[ProgrammeFacts]:
    """The programmes that stand as files said them; those that data/ has too are told."""
    owned = of_files(session)
    brought = [row for row in read_stored(session) if row.head.value.slug in owned] if owned else []
    for slug in sorted(_slugs(facts.programmes) & _slugs(brought)):
        report(f"programme: {slug} giữ như tệp đã nạp, không theo thư mục dữ liệu cho đến khi hoàn tác lượt nạp đó")
    return brought


def _slugs(programmes: list[ProgrammeFacts]) -> set[str]:
    return {row.head.value.slug for row in programmes}


def _write_reference(writing: Writing, facts: Facts, report: Report) -> tuple[dict[str, Changes], list[SQLModel]]:
    changes: dict[str, Changes] = {}
    gone: list[SQLModel] = []
    for model, rows, within in _reference_rows(facts):
        name = str(model.__tablename__)
        report(f"{name}: {len(rows)}")
        result = apply_reference(writing, model, rows, within)
        changes[name] = result.changes
        gone = result.gone + gone  # children were written last and must go first
    return changes, gone


def _reference_rows(facts: Facts) -> list[tuple[type[SQLModel], Rows, tuple[Any, ...]]]:
    tables = places.build_places([row.value for row in facts.provinces])
    relations, steps = [row.value for row in facts.relations], [row.value for row in facts.steps]
    thresholds = figures.threshold_rows(facts.thresholds.value, relations, steps) if facts.thresholds else []
    ours = (col(Place.level).in_(("country", "province")),)
    this_version = (col(ThresholdSet.version).in_([row["version"] for row in thresholds]),)
    return [
        (Agency, [row.value.model_dump() for row in facts.agencies], ()),
        (AgencySuccession, [row.value.model_dump() for row in facts.agency_successions], ()),
        (Place, tables.places, ours),
        (PlaceSuccession, tables.successions, ()),
        (PlaceTitle, tables.titles, ()),
        (Indicator, figures.indicator_rows(row.value for row in facts.indicators), ()),
        (ThresholdSet, thresholds, this_version),
        (Programme, programmes.programme_rows(facts.programmes), ()),
    ]


def _write_facts(writing: Writing, facts: Facts, load_date: date, report: Report) -> dict[str, Changes]:
    changes: dict[str, Changes] = {}
    for model, rows in _fact_rows(writing.session, facts, load_date):
        name = str(model.__tablename__)
        report(f"{name}: {len(rows)}")
        changes[name] = apply_facts(
            writing.session,
            model,
            rows,
            run_id=writing.run_id,
            now=writing.now,
            within=_from_data(model),
            unmarked=figures.NOT_PART_OF_THE_VALUE,
        )
    return changes


def _fact_rows(session: Session, facts: Facts, load_date: date) -> list[tuple[type[Fact], Rows]]:
    published = figures.corrected((row.value for row in facts.figures), (row.value for row in facts.corrections))
    observations = figures.observation_rows(published, load_date=load_date, known_before=_known_before(session))
    return [
        (Target, programmes.target_rows(facts.programmes)),
        (QualitativePromise, programmes.promise_rows(facts.programmes)),
        (Task, programmes.task_rows(facts.programmes)),
        (Observation, observations),
        (SeriesBreak, figures.break_rows(row.value for row in facts.breaks)),
        (SeriesJudgement, figures.judgement_rows(row.value for row in facts.judgements)),
    ]


def _from_data(model: type[Fact]) -> tuple[Any, ...]:
    """Only what earlier loads of data/ brought; facts imported otherwise are none of our business.

    What programmes promise and order is here whole: `_brought` adds what files said to what data/ says.
    """
    if model in (Target, QualitativePromise):
        return ()
    if model is Task:
        return (col(Task.position) < ADDED,)
    return (col(model.run_id).in_(select(col(Run.id)).where(col(Run.kind) == RUN_KIND)),)


def _known_before(session: Session) -> dict[str, date]:
    """When values without a publication day were first loaded, by key."""
    statement = select(col(Observation.key), col(Observation.known_on)).where(
        col(Observation.known_on_is_load_date), col(Observation.superseded_at).is_(None)
    )
    return {key: known_on for key, known_on in session.execute(statement)}  # noqa: C416
