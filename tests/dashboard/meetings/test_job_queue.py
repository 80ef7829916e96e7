"""Papers are made one set after another; one person may not fill the queue; what waits is never forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update
from sqlmodel import col

from dashboard.reports.data import job_process
from dashboard.reports.data.job_process import start_waiting
from dashboard.reports.data.papers import MOST_WAITING, read_job, start_job, tell_job
from models.base.database import make_engine
from models.operation.operation import read_operation
from models.tasks.jobs import SILENCE
from models.tasks.meeting import Job
from tests.dashboard.meetings.conftest import settings_for

KINDS = ["docx", "pptx", "xlsx", "pdf"]
ELSEWHERE = {"machine": "another-machine", "number": 1}


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The jobs whose process would have been started, in order; none is."""
    found: list[int] = []
    monkeypatch.setattr(job_process, "launch", lambda _engine, _settings, number, _asked: found.append(number))
    return found


def ask(site: Any, count: int, actor: str = "An") -> list[int]:
    """Ask for so many different sets."""
    wanted = [(place, kind) for place in ("thanh-hoa", "ninh-thuan") for kind in KINDS]
    with site.app.server.app_context():
        return [start_job([place], [kind], actor) for place, kind in wanted[:count]]


def end(site: Any, number: int) -> None:
    with site.app.server.app_context():
        tell_job(number, status="done", message="")
        start_waiting(site.door.engine, site.door.settings)  # as the thread does that waited for the process


def age(site: Any, number: int, by: timedelta, **more: Any) -> None:
    """As if a job had said its last word so long ago."""
    with site.door.session() as session:
        at = datetime.now(UTC) - by
        session.execute(update(Job).where(col(Job.id) == number).values(beat_at=at, **more))
        session.commit()


def test_six_sets_asked_for_at_once_are_made_one_after_another(site, launched: list[int]) -> None:
    numbers = ask(site, 6)
    assert launched == numbers[:1]
    page = site.get(f"/hop/viec/{numbers[2]}")
    assert "Tài liệu đang chờ tới lượt" in page.text and "Trước việc này còn 2 việc" in page.text
    assert page.headers["Refresh"] == "2"
    for number in numbers:
        assert launched[-1] == number
        end(site, number)
    assert launched == numbers


def test_as_many_run_at_once_as_the_installation_allows(site, launched: list[int]) -> None:
    site.door.settings = replace(site.door.settings, paper_jobs=2)
    numbers = ask(site, 4)
    assert launched == numbers[:2]
    end(site, numbers[1])
    assert launched == numbers[:3]


def test_who_has_enough_waiting_is_told_so_and_others_are_not(site, launched: list[int]) -> None:
    numbers = ask(site, 1 + MOST_WAITING)
    answer = site.send("/hop/tai-lieu", tep=KINDS)
    assert answer.status_code == 303  # another name
    with site.app.server.app_context(), site.door.session() as session:
        session.execute(update(Job).where(col(Job.id) == numbers[0] + 1 + MOST_WAITING).values(status="done"))
        session.execute(update(Job).values(actor="Nguyễn Văn An"))
        session.commit()
    refused = site.send("/hop/tai-lieu", tep=["pdf"])
    assert refused.status_code == 429 and "bộ tài liệu chờ tới lượt" in refused.text
    with site.door.session() as session:
        assert len(session.scalars(select(Job)).all()) == 2 + MOST_WAITING
    end(site, numbers[0])
    assert site.send("/hop/tai-lieu", tep=["pdf"]).status_code == 303


def test_a_running_job_that_is_lost_makes_room_for_whoever_looks(site, launched: list[int]) -> None:
    first, second = ask(site, 2)
    age(site, first, SILENCE / 2, arguments={"places": ["thanh-hoa"], "formats": [], "process": ELSEWHERE})
    assert "Refresh" in site.get(f"/hop/viec/{second}").headers and launched == [first]
    age(site, first, SILENCE * 2)
    age(site, second, SILENCE * 2)  # nobody spoke for it either
    assert "Refresh" in site.get(f"/hop/viec/{second}").headers and launched == [first, second]
    assert "Tiến trình đã dừng giữa chừng" in site.get(f"/hop/viec/{first}").text


def test_who_works_speaks_for_those_that_wait_behind(site, launched: list[int]) -> None:
    first, second = ask(site, 2)
    age(site, second, SILENCE * 2)
    with site.app.server.app_context():
        tell_job(first, done_count=1)
        found = read_job(second)
    assert found is not None and found.is_waiting and not found.is_lost and launched == [first]


def test_page_and_administrator_call_the_same_job_lost(site, launched: list[int]) -> None:
    (number,) = ask(site, 1)
    for silent, lost in ((SILENCE - timedelta(minutes=1), False), (SILENCE + timedelta(minutes=1), True)):
        age(site, number, silent)
        with site.app.server.app_context(), site.door.session() as session:
            job = read_job(number)
            told = read_operation(session, site.door.settings, {}, datetime.now(UTC)).failed
        assert job is not None and job.is_lost is lost
        assert [one.number for one in told] == ([number] if lost else [])


def test_many_who_ask_at_once_start_one_job(engine: Engine, launched: list[int]) -> None:
    """On both databases: eight workers see the same queue."""
    url = engine.url.render_as_string(hide_password=False)
    now = datetime.now(UTC)
    with engine.begin() as connection:
        rows = [
            {"kind": "papers", "arguments": {}, "status": "waiting", "actor": "t", "started_at": now, "beat_at": now}
            | {"done_count": 0, "total_count": 0, "message": ""}
        ] * 5
        connection.execute(Job.__table__.insert(), rows)  # type: ignore[attr-defined]

    def look(_number: int) -> None:
        own = make_engine(url)
        start_waiting(own, settings_for(url))
        own.dispose()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(look, range(8)))
    assert launched == [1]
