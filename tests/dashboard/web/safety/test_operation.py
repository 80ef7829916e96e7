"""What the administrator is told of the installation: true, with what to do, and for nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.web import authorize as admission
from etl.commands.cli import main
from models.accounts.rights import NOBODY, Grant, Role, Viewer
from models.base.database import make_engine, migrate
from models.config.settings import ROOT, Settings
from models.operation.operation import Operation, Schema, read_operation
from models.operation.operation_lines import StatusLine, StatusVerdict, amount, bad_lines, operation_groups
from models.tasks.meeting import Job

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
WHOLE = Schema("0008", "0008", (), is_newer=False)


def operation(**changes: object) -> Operation:
    """An installation without a worry, but for the changes."""
    sound = {
        "now": NOW, "as_of": NOW.date(), "program": "1.0", "database": "SQLite", "schema": WHOLE, "database_bytes": 1,
        "disk_free": 90 * 10**9, "disk_total": 100 * 10**9, "mail_missing": (), "data_version": 3,
        "backup_at": NOW - timedelta(days=1),
    }  # fmt: skip
    return Operation(**{**sound, **changes})  # type: ignore[arg-type]


def bad(**changes: object) -> list[StatusLine]:
    return bad_lines(operation_groups(operation(**changes), str))


def test_an_installation_without_a_worry_asks_for_nothing() -> None:
    assert bad() == []


@pytest.mark.parametrize(
    ("changes", "what", "remedy"),
    [
        ({"backup_at": None}, "Bản sao lưu gần nhất", "python -m etl backup"),
        ({"backup_at": NOW - timedelta(days=8)}, "Bản sao lưu gần nhất", "Quá 7 ngày"),
        ({"disk_free": 10**9}, "Đĩa", "đầy đĩa"),
        ({"disk_free": 9 * 10**9}, "Đĩa", "đầy đĩa"),
        ({"schema": Schema("0007", "0008", ("0008",), is_newer=False)}, "Phiên bản bảng", "python -m etl init"),
        ({"schema": Schema("0099", "0008", (), is_newer=True)}, "Phiên bản bảng", "mới hơn"),
        ({"data_version": 0}, "Phiên bản dữ liệu", "python -m etl init"),
    ],
)
def test_what_is_bad_stands_with_what_to_do(changes: dict[str, object], what: str, remedy: str) -> None:
    (line,) = bad(**changes)
    assert line.what == what and remedy in line.remedy


def test_missing_mail_settings_are_a_remark_and_name_what_is_missing() -> None:
    lines = [line for group in operation_groups(operation(mail_missing=("SMTP_HOST",)), str) for line in group.lines]
    (mail,) = [line for line in lines if line.verdict == StatusVerdict.NOTE]
    assert "SMTP_HOST" in mail.remedy


@pytest.mark.parametrize(
    ("size", "told"), [(0, "0 byte"), (999, "999 byte"), (1300, "1,3 kB"), (974_848, "975 kB"), (75.4e9, "75,4 GB")]
)
def test_sizes_are_written_as_people_say_them(size: int, told: str) -> None:
    assert amount(size) == told


@pytest.fixture
def session(loaded: Engine) -> Iterator[Session]:
    with Session(loaded) as found:
        yield found
        found.rollback()


def read(session: Session, environ: dict[str, str] | None = None) -> Operation:
    url = session.get_bind().engine.url.render_as_string(hide_password=False)
    return read_operation(session, Settings(url, ROOT / "data", "", date(2026, 11, 21)), environ or {}, NOW)


def test_every_reporting_day_is_the_programmes_own(session: Session) -> None:
    found = {day.place: day for day in read(session).days}
    assert found["thanh-hoa"].passed == date(2025, 12, 14) and found["thanh-hoa"].coming == date(2026, 12, 14)
    assert found["thanh-hoa"].figures > 0 and found["thanh-hoa"].ended is None
    assert found["ninh-thuan"].coming == date(2026, 11, 30) and found["ninh-thuan"].ended == date(2025, 6, 30)
    assert found["viet-nam"].coming is None and found["viet-nam"].passed is None


def test_the_last_load_and_every_publisher_are_named(session: Session) -> None:
    found = read(session)
    assert [load.kind for load in found.loads] == ["init"] and found.data_version == found.loads[0].run_id
    assert any("Thanh Hóa" in row.publisher and row.period_end == date(2025, 12, 31) for row in found.figures)
    assert found.schema.is_whole and found.database_bytes and found.mail_missing


def test_a_job_that_failed_or_fell_silent_is_listed_and_an_old_one_is_not(session: Session) -> None:
    hour, month = timedelta(hours=1), timedelta(days=31)
    for status, age in (("failed", hour), ("running", hour), ("done", hour), ("failed", month)):
        started = NOW - age
        session.add(Job(kind="papers", status=status, actor="t", started_at=started, beat_at=started, message=status))
    session.flush()
    assert sorted(job.message for job in read(session).failed) == ["failed", "running"]


def test_set_mail_settings_are_seen_and_their_values_never_kept(session: Session) -> None:
    environ = {"SMTP_HOST": "mail.hidden", "SMTP_FROM": "x", "DIGEST_TO": "y", "SMTP_PASSWORD": "hidden"}
    found = read(session, environ)
    assert found.mail_missing == () and "hidden" not in repr(found)


def test_both_databases_tell_the_same(engine: Engine) -> None:
    with Session(engine) as session:
        found = read(session)
    assert found.database == {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[engine.dialect.name]
    assert found.database_bytes and found.loads == () and found.schema.is_whole


def test_an_earlier_schema_is_told_instead_of_failing(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'a.sqlite3'}")
    migrate(engine, "0004")
    with Session(engine) as session:
        found = read(session)
    assert found.schema.pending[0] == "0005" and not found.schema.is_whole
    engine.dispose()


def test_the_command_prints_the_same_and_ends_with_1_while_something_is_to_be_done(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], database: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("AS_OF", "2026-11-21")
    assert main(["status"]) == 1
    said = capfdbinary.readouterr().out.decode()
    assert "CẦN LÀM Bản sao lưu gần nhất: chưa có bản nào" in said and "Thanh Hóa, 922/QĐ-UBND" in said


ADMIN = Viewer(1, "Quản trị", is_verified=True, grants=(Grant(Role.ADMIN),))
OF_ONE_PLACE = Viewer(
    1, "Quản trị", is_verified=True, grants=(Grant(Role.ADMIN, place="thanh-hoa"), Grant(Role.CLOSER))
)


def test_the_administrator_sees_what_to_do_first(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(admission, "find_viewer", lambda _rule: ADMIN)
    answer = client.get("/van-hanh")
    assert answer.status_code == 200 and "python -m etl backup" in answer.text
    assert answer.text.index("Bản sao lưu gần nhất") < answer.text.index("Phiên bản chương trình")


@pytest.mark.parametrize("viewer", [NOBODY, OF_ONE_PLACE])
def test_nobody_without_the_right_for_the_whole_installation_sees_it(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, viewer: Viewer
) -> None:
    monkeypatch.setattr(admission, "find_viewer", lambda _rule: viewer)
    answer = client.get("/van-hanh")
    assert answer.status_code in (303, 401, 403) and "Phiên bản bảng" not in answer.text
