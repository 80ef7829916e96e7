"""Writes what followed in a trial: one marked run a table, in one transaction; twice the same writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.demo import sample_answers as answers
from etl.demo import sample_follow as follow
from etl.demo.sample_figures import PUBLISHER
from models.accounts.changing import ChangeSession
from models.accounts.trail import COMMAND_LINE, Deed
from models.base.database import data_version
from models.base.facts import Fact, apply_facts
from models.base.source import Run
from models.places.place import COUNTRY
from models.register.organization import WorklistStep
from models.targets.official import OfficialValue, Remark
from models.targets.programme import Programme
from models.targets.reading import Moment
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.task_reading import TaskView, read_follow_up

SOURCES: dict[type[Fact], str] = {
    TaskTrigger: "Sự kiện",
    TaskReport: "Báo cáo nhiệm vụ",
    TaskProduct: "Kết quả nhiệm vụ",
    ExplanationRequest: "Yêu cầu giải trình",
    Petition: "Kiến nghị",
    WorklistStep: "Việc xử lý",
    OfficialValue: "Chốt số",
}
REASON = "dữ liệu dùng thử (mô phỏng)"


def write_follow(engine: Engine, as_of: date) -> None:
    """Write invented reports, requests, petitions, steps, official values and remarks as known on `as_of`."""
    with ChangeSession(engine) as session:
        before = data_version(session)
        remarked = session.scalar(select(func.count(col(Remark.id)))) or 0
        _write(session, TaskTrigger, follow.trigger_rows(_tasks(session, as_of), as_of))
        tasks = _tasks(session, as_of)
        _write(session, TaskReport, follow.report_rows(tasks, as_of))
        _write(session, TaskProduct, follow.product_rows(tasks, as_of))
        places = sorted(set(session.scalars(select(col(Programme.place)))) - {COUNTRY})
        _write(session, ExplanationRequest, answers.request_rows(session, tasks, as_of))
        _write(session, Petition, answers.petition_rows(places, as_of))
        _write(session, WorklistStep, answers.step_rows(session, as_of))
        _write(session, OfficialValue, answers.official_rows(session, PUBLISHER, as_of))
        _remarks(session, places)
        session.flush()
        if data_version(session) != before or (session.scalar(select(func.count(col(Remark.id)))) or 0) != remarked:
            session.finish(Deed("import", COMMAND_LINE, subject="Việc theo dõi mô phỏng"))


def _tasks(session: Session, as_of: date) -> Sequence[TaskView]:
    session.flush()
    return read_follow_up(session, Moment(as_of=as_of, known_on=as_of)).tasks


def _write(session: Session, model: type[Fact], rows: list[dict[str, Any]]) -> None:
    """Add what is new; rows that were changed by hand since keep what was typed."""
    key: Any = model.key
    known = set(session.scalars(select(key)))
    fresh = [row | _signed(model) for row in rows if row["key"] not in known]
    if not fresh:
        return
    table, now = str(model.__tablename__), datetime.now(UTC)
    run = Run(
        kind=table,
        source=f"{SOURCES[model]} mô phỏng",
        checksum="",
        actor=follow.ACTOR,
        started_at=now,
        finished_at=now,
        status="done",
        is_demo=True,
        summary={"rows": {"new": len(fresh), "changed": 0}},
    )
    session.add(run)
    session.flush()
    apply_facts(session, model, fresh, run_id=run.id or 0, now=now, withdraw=False)


def _signed(model: type[Fact]) -> dict[str, Any]:
    signed = {"actor": follow.ACTOR, "is_actor_verified": False, "reason": REASON}
    columns = set(model.model_fields)
    kept = {"reason"} if model is OfficialValue else set()  # it says for itself why it is official
    return {name: value for name, value in signed.items() if name in columns - kept}


def _remarks(session: Session, places: Sequence[str]) -> None:
    if session.scalar(select(func.count(col(Remark.id)))):
        return
    now = datetime.now(UTC)
    for row in answers.remark_rows(places):
        done = now if row.get("answer") else None
        session.add(Remark(**row, made_at=now - timedelta(days=3), answered_at=done))
