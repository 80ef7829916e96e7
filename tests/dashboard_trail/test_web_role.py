"""On PostgreSQL the web's own role can do all that the pages need, and cannot touch what is in the trail."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, create_engine, make_url, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.cli import main
from models.account_writing import add_account, add_grant
from models.approval import PendingChange
from models.database import make_engine
from models.rights import Grant, Role
from models.source import Run
from models.trail import Deed, TrailEntry, write_trail

ROLE = "web_of_the_test"
PAGES = (
    "/", "/tinh", "/tinh/thanh-hoa", "/chi-tieu", "/chi-tieu/htx_count", "/htx", "/xep-loai", "/can-xu-ly", "/nhiem-vu",
    "/giai-trinh", "/kien-nghi", "/doi-soat", "/doi-soat?muc=luot-nap", "/nhap-lieu", "/nhap-so", "/hop", "/phuong-phap",
    "/duyet", "/tai-khoan", "/api/v1/gaps.csv", "/xuat/so-dang-ky.csv", "/nhiem-vu.csv", "/lich/tinh/thanh-hoa.ics",
)  # fmt: skip
OF_ADMINISTRATOR = ("/nhat-ky", "/nhat-ky.csv", "/van-hanh", "/quan-tri/tai-khoan")


@pytest.fixture
def owner_url(new_postgres_url):
    """A database of its own whose owner has made a role for the web."""
    admin = create_engine(new_postgres_url, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
    yield new_postgres_url
    with admin.connect() as connection:
        connection.execute(text(f"DROP OWNED BY {ROLE}"))
        connection.execute(text(f"DROP ROLE {ROLE}"))
    admin.dispose()


@pytest.fixture
def web_url(owner_url, monkeypatch, capsys):
    """The address under which the web connects, after `init` with both addresses."""
    url = make_url(owner_url).set(username=ROLE).render_as_string(hide_password=False)
    monkeypatch.setenv("MIGRATION_DATABASE_URL", owner_url)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("AS_OF", "2026-11-21")
    assert main(["init"]) == 0, capsys.readouterr().err
    return url


@pytest.fixture
def web(web_url) -> Engine:
    engine = make_engine(web_url)
    yield engine
    engine.dispose()


def refused(engine: Engine, statement: str) -> str:
    with pytest.raises(ProgrammingError) as told, engine.begin() as connection:
        connection.execute(text(statement))
    return str(told.value.orig)


def test_the_web_role_adds_to_the_trail_and_reads_it_and_can_do_nothing_else_to_it(web) -> None:
    with Session(web) as session:
        write_trail(session, Deed("import", "An"))
        assert session.scalars(select(col(TrailEntry.action))).all() == ["import", "import"]
    for statement in (
        "UPDATE trail SET actor_name = 'x'", "DELETE FROM trail", "TRUNCATE trail", "DROP TABLE trail",
        "ALTER TABLE trail DISABLE TRIGGER USER", "DROP TRIGGER trail_no_change ON trail",
        "DROP FUNCTION trail_is_append_only() CASCADE", "ALTER TABLE trail OWNER TO CURRENT_USER",
        "INSERT INTO trail SELECT * FROM trail ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    ):  # fmt: skip
        assert "permission denied" in (said := refused(web, statement)) or "must be owner" in said
    assert "permission denied" in refused(web, "UPDATE place SET full_name = 'x'")
    assert "permission denied" in refused(web, "DELETE FROM target")


def test_every_page_import_approval_and_undo_work_under_the_web_role(
    web, web_url, open_for, workbook, people, session_row
) -> None:
    with Session(web) as session:
        for username in ("an", "binh", "ha"):
            name, grants = people[username]
            account = add_account(session, username, name)
            session.flush()
            for grant in (*grants, Grant(Role.VIEWER)):
                add_grant(session, account, grant, "test")
            session.add(session_row(account.id or 0, username))
        session.commit()
    as_person = open_for(**{"database_url": web_url, "migration_database_url": ""})
    an, binh, ha = as_person("an"), as_person("binh"), as_person("ha")
    proposal = an.propose_file(workbook)
    assert binh.send(binh.look(proposal), f"{proposal}/duyet").status_code == 303
    for page, person in [*((page, an) for page in PAGES), *((page, ha) for page in OF_ADMINISTRATOR)]:
        assert person.get(page).status_code == 200, page
    undo = an.send("/hoan-tac/2", "/hoan-tac/2").headers["Location"]
    assert binh.send(undo, f"{undo}/duyet").status_code == 303
    with Session(web) as session:
        assert [item.verdict for item in session.scalars(select(PendingChange))] == ["approved", "approved"]
        assert [run.kind for run in session.scalars(select(Run).order_by(col(Run.id)))] == ["init", "register", "undo"]


def test_init_refuses_a_role_that_is_not_there_and_addresses_of_two_databases(
    new_postgres_url, monkeypatch, capsys
) -> None:
    monkeypatch.setenv("MIGRATION_DATABASE_URL", new_postgres_url)
    url = make_url(new_postgres_url)
    monkeypatch.setenv("DATABASE_URL", url.set(username="nobody_here").render_as_string(hide_password=False))
    assert main(["init"]) == 1
    assert "nobody_here" in capsys.readouterr().err
    monkeypatch.setenv("DATABASE_URL", url.set(database="another").render_as_string(hide_password=False))
    assert main(["init"]) == 1
    assert "MIGRATION_DATABASE_URL" in capsys.readouterr().err
