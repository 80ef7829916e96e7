"""The list of loads, and the undoing of one as a whole: history stays, the present goes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine, delete, insert, or_, select
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from etl.facts.reference import Writing
from etl.importers import communes
from etl.parsing.issues import LoadError
from etl.writing.places_written import OTHER_PLACES_UNDONE, Places, keep_within
from etl.writing.programme_undone import is_built_upon, take_back_programmes
from etl.writing.projection import refresh_organizations
from models.accounts.changing import ChangeSession
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.facts import Changes, Fact, close_facts
from models.base.source import ReferenceChange, Run
from models.base.trial import refresh_statistics, use_temporary_tables
from models.places.commune import Commune, CommuneSuccession, SpellingDecision
from models.register.organization import Organization, OrganizationDetail
from models.targets.programme import Programme

UNDO = "undo"
NOT_UNDONE = frozenset({"init", UNDO})
COMMUNE_TABLES: tuple[type[Any], ...] = (Commune, CommuneSuccession, SpellingDecision)
CHUNK = 5000
BUILT_UPON = "Lượt {run} không hoàn tác được: {why}. Hoàn tác các lượt sau trước"


@dataclass(frozen=True, slots=True)
class RunView:
    """One load as the list shows it. `undone_by` is the run that took it back."""

    id: int
    kind: str
    source: str
    checksum: str
    actor: str
    started_at: datetime
    place: str | None
    year: int | None
    is_demo: bool
    undoes: int | None
    undone_by: int | None
    summary: dict[str, Any]

    @property
    def can_be_undone(self) -> bool:
        """Whether this kind of run can be taken back at all and has not been."""
        return self.kind not in NOT_UNDONE and self.undone_by is None


_OF_RUN = [item.name for item in fields(RunView) if item.name != "undone_by"]


def list_runs(session: Session, place: str | None = None) -> list[RunView]:
    """Every finished run, newest first; of one place when asked."""
    undoing = aliased(Run)
    statement: Any = (
        select(Run, col(undoing.id))
        .outerjoin(undoing, col(undoing.undoes) == col(Run.id))
        .where(col(Run.status) == "done")
    )
    if place is not None:
        statement = statement.where(col(Run.place) == place)
    return [
        RunView(**{name: getattr(run, name) for name in _OF_RUN}, undone_by=undone_by)
        for run, undone_by in session.execute(statement.order_by(col(Run.id).desc()))
    ]


def undo_run(engine: Engine, run_id: int, actor: str, within: Places | None = None, deed: Deed | None = None) -> int:
    """Take a whole run back under a new run and give its number; only rows of the places `within` (None: all).

    `deed` is what the trail says of it; None: a command did it.

    Raises LoadError with nothing written when the run is unknown, already undone, or a later run built on it.
    """
    with ChangeSession(engine) as session:
        undo_id = undo_in(session, run_id, actor, within)
        undone = session.get_one(Run, undo_id)
        deed = deed or Deed(UNDO, COMMAND_LINE, subject=undone.source, place=undone.place).telling(year=undone.year)
        session.finish(deed.telling(run=undo_id, undoes=run_id))
        return undo_id


def undo_in(session: Session, run_id: int, actor: str, within: Places | None = None) -> int:
    """Take a whole run back without committing, so that it can be looked at first; see undo_run."""
    run = _check(session, run_id)
    tables: set[Any] = {Run, Organization, *COMMUNE_TABLES, Programme, ReferenceChange, *_touched(session, run_id)}
    use_temporary_tables(session, tables)
    now = datetime.now(UTC)
    undo = _undo_of(run, actor, now)
    session.add(undo)
    session.flush()
    writing = Writing(session, undo.id or 0, now)
    changes = {str(m.__tablename__): _take_back(writing, m, run_id) for m in fact_models()}
    _take_back_communes(writing, run_id)
    if is_built_upon(session, run_id):
        raise LoadError(BUILT_UPON.format(run=run_id, why="một lượt sau đã sửa chương trình của lượt này"))
    take_back_programmes(writing, run_id)
    refresh_organizations(session, writing.run_id)
    refresh_statistics(session)
    _check_orphans(session, run_id, writing.run_id)
    undo.status, undo.finished_at = "done", datetime.now(UTC)
    undo.summary = {"tables": {name: asdict(c) for name, c in changes.items() if not c.is_empty}}
    session.flush()
    keep_within(session, writing.run_id, within, OTHER_PLACES_UNDONE)
    return writing.run_id


def _undo_of(run: Run, actor: str, now: datetime) -> Run:
    return Run(
        kind=UNDO,
        source=f"Hoàn tác lượt {run.id}: {run.source}",
        checksum=run.checksum,
        actor=actor,
        started_at=now,
        place=run.place,
        year=run.year,
        is_demo=run.is_demo,
        undoes=run.id,
    )


def _check(session: Session, run_id: int) -> Run:
    run = session.get(Run, run_id)
    if run is None or run.status != "done":
        raise LoadError(f"Không có lượt nạp số {run_id}. Xem các lượt đã nạp ở trang Đối soát")
    if run.kind in NOT_UNDONE:
        remedy = "Sửa thư mục dữ liệu rồi chạy lại init" if run.kind == "init" else "Nạp lại tệp"
        raise LoadError(f"Lượt {run_id} không thuộc loại hoàn tác được. {remedy}")
    earlier = session.scalars(select(col(Run.id)).where(col(Run.undoes) == run_id)).first()
    if earlier is not None:
        raise LoadError(f"Lượt {run_id} đã được hoàn tác bởi lượt {earlier}. Nạp lại tệp nếu cần")
    return run


def fact_models() -> list[type[Fact]]:
    """Every table of facts, whoever defines it."""
    return sorted(_tables_under(Fact), key=lambda model: str(model.__tablename__))


def _tables_under(base: type[Fact]) -> list[type[Fact]]:
    found = []
    for model in base.__subclasses__():
        found += [model] if hasattr(model, "__table__") else []
        found += _tables_under(model)
    return found


def _touched(session: Session, run_id: int) -> list[type[Fact]]:
    """The tables of facts in which a run said or superseded something."""
    found = []
    for model in fact_models():
        is_touched = or_(col(model.run_id) == run_id, col(model.superseded_by) == run_id)
        found += [model] if session.scalar(select(col(model.id)).where(is_touched).limit(1)) is not None else []
    return found


def _take_back(writing: Writing, model: type[Fact], run_id: int) -> Changes:
    """Close what the run said and say again what it superseded."""
    session = writing.session
    said = _marks(session, model, run_id)
    columns = [c for c in model.__table__.columns if c.name not in ("id", "superseded_at", "superseded_by")]  # type: ignore[attr-defined]
    earlier = session.execute(select(*columns).where(col(model.superseded_by) == run_id)).mappings().all()
    before = {row["key"]: dict(row) for row in earlier if row["run_id"] != run_id}
    if not said and not before:
        return Changes()
    current = _current(session, model, sorted({*said, *before}))
    for key in (*said, *before):
        now_said = current.get(key, (0, None))[1]
        if now_said != said.get(key):
            raise LoadError(BUILT_UPON.format(run=run_id, why="một lượt sau đã sửa hoặc rút dữ liệu của lượt này"))
    closed = [current[key][0] for key in said if key in current]
    close_facts(session, model, closed, run_id=writing.run_id, now=writing.now)
    again = [{**row, "run_id": writing.run_id, "recorded_at": writing.now} for row in before.values()]
    if again:
        session.execute(insert(model), again)
    return Changes(
        added=len(again), withdrawn=len(said.keys() - before.keys()), changed=len(said.keys() & before.keys())
    )


def _marks(session: Session, model: type[Fact], run_id: int) -> dict[str, str]:
    """What the run said by key; what it said first and replaced itself does not count."""
    is_last = col(model.superseded_by).is_(None) | (col(model.superseded_by) != run_id)
    statement = select(col(model.key), col(model.fingerprint)).where(col(model.run_id) == run_id, is_last)
    return {key: mark for key, mark in session.execute(statement)}  # noqa: C416


def _current(session: Session, model: type[Fact], keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for start in range(0, len(keys), CHUNK):
        chosen = col(model.key).in_(keys[start : start + CHUNK])
        statement = select(col(model.key), col(model.id), col(model.fingerprint))
        for key, row_id, mark in session.execute(statement.where(chosen, col(model.superseded_at).is_(None))):
            found[key] = (row_id or 0, mark)
    return found


def _take_back_communes(writing: Writing, run_id: int) -> None:
    session = writing.session
    if communes.in_use(writing, run_id):
        raise LoadError(BUILT_UPON.format(run=run_id, why="có tổ chức đang ghi mã xã của lượt này"))
    for model in COMMUNE_TABLES:
        session.execute(delete(model).where(col(model.run_id) == run_id))
    models: dict[str, type[Commune] | type[CommuneSuccession]] = {
        "commune": Commune,
        "commune_succession": CommuneSuccession,
    }
    changed = select(ReferenceChange).where(
        col(ReferenceChange.run_id) == run_id, col(ReferenceChange.table_name).in_(models)
    )
    for change in session.scalars(changed):
        session.merge(models[change.table_name].model_validate(change.before))
    session.flush()


def _check_orphans(session: Session, run_id: int, undo_id: int) -> None:
    """Organisations that leave the register with this run must not carry facts of later runs."""
    detail = OrganizationDetail
    leaving = (
        select(col(detail.organization_id))
        .join(Organization, col(Organization.id) == col(detail.organization_id))
        .where(col(detail.superseded_by) == undo_id, col(Organization.is_withdrawn))
    )
    for model in fact_models():
        if model is detail or "organization_id" not in model.model_fields:
            continue
        owner = model.__table__.c.organization_id  # type: ignore[attr-defined]
        statement = select(col(model.id)).where(owner.in_(leaving), col(model.superseded_at).is_(None)).limit(1)
        if session.scalars(statement).first() is not None:
            why = "lượt sau đã nạp báo cáo, xếp loại hoặc ghi việc cho tổ chức của lượt này"
            raise LoadError(BUILT_UPON.format(run=run_id, why=why))
