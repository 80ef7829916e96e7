"""On PostgreSQL the web's own role can do all that the pages need, and cannot touch what is in the trail."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, create_engine, func, make_url, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.commands.cli import main
from models.accounts.account_writing import add_account, add_grant
from models.accounts.approval import PendingChange
from models.accounts.changing import write_trail
from models.accounts.rights import Grant, Role
from models.accounts.trail import Deed, TrailEntry
from models.base.database import make_engine
from models.base.source import Run

ROLE = "web_of_the_test"
PAGES = (
    "/", "/tinh", "/tinh/thanh-hoa", "/chi-tieu", "/chi-tieu/htx_count", "/htx", "/xep-loai", "/can-xu-ly", "/nhiem-vu",
    "/giai-trinh", "/kien-nghi", "/doi-soat", "/doi-soat?muc=luot-nap", "/nhap-lieu", "/nhap-so", "/hop",
    "/phuong-phap", "/duyet", "/tai-khoan", "/api/v1/gaps.csv", "/xuat/so-dang-ky.csv", "/nhiem-vu.csv",
    "/lich/tinh/thanh-hoa.ics",
)  # fmt: skip
OF_ADMINISTRATOR = ("/nhat-ky", "/nhat-ky.csv", "/van-hanh", "/quan-tri/tai-khoan")


@pytest.fixture(scope="module")
def web_url(postgres_url):
    """The address under which the web connects: a database whose owner made a role and ran `init`."""
    admin = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    owner = make_url(postgres_url).set(database="of_two_roles")
    with admin.connect() as connection:
        connection.execute(text("CREATE DATABASE of_two_roles"))
        connection.execute(text(f"CREATE ROLE {ROLE} LOGIN"))
    url = owner.set(username=ROLE).render_as_string(hide_password=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MIGRATION_DATABASE_URL", owner.render_as_string(hide_password=False))
        patch.setenv("DATABASE_URL", url)
        patch.setenv("AS_OF", "2026-11-21")
        assert main(["init"]) == 0
    yield url
    with admin.connect() as connection:
        connection.execute(text("DROP DATABASE of_two_roles WITH (FORCE)"))
        connection.execute(text(f"DROP ROLE {ROLE}"))
    admin.dispose()


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
    write_trail(web, Deed("backup", "An"))
    with Session(web) as session:
        assert {"import", "backup"} <= set(session.scalars(select(col(TrailEntry.action))))
    for statement in (
        "UPDATE trail SET actor_name = 'x'", "DELETE FROM trail", "TRUNCATE trail", "DROP TABLE trail",
        "ALTER TABLE trail DISABLE TRIGGER USER", "DROP TRIGGER trail_no_change ON trail",
        "DROP FUNCTION trail_is_append_only() CASCADE", "ALTER TABLE trail OWNER TO CURRENT_USER",
        "INSERT INTO trail SELECT * FROM trail ON CONFLICT (id) DO UPDATE SET actor_name = 'x'",
    ):  # fmt: skip
        assert "permission denied" in (said := refused(web, statement)) or "must be owner" in said
    assert "permission denied" in refused(web, "UPDATE place SET name = 'x'")
    assert "permission denied" in refused(web, "DELETE FROM target")


def test_every_page_import_approval_and_undo_work_under_the_web_role(
    web, web_url, open_for, workbook, people, session_row, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path))  # received files and previews
    with Session(web) as session:
        for username in ("an", "binh", "ha"):
            name, grants = people[username]
            account = add_account(session, username, name)
            session.flush()
            for grant in (*grants, Grant(Role.VIEWER)):
                add_grant(session, account, grant, "test")
            session.add(session_row(account.id or 0, username))
        session.commit()
    as_person = open_for(database_url=web_url)
    an, binh, ha = as_person("an"), as_person("binh"), as_person("ha")
    assert as_person("").send("/dang-nhap", "/dang-nhap", ten="an", mat_khau="không phải").status_code < 500
    proposal = an.propose_file(workbook)
    assert binh.send(binh.look(proposal), f"{proposal}/duyet").status_code == 303
    for page, person in [*((page, an) for page in PAGES), *((page, ha) for page in OF_ADMINISTRATOR)]:
        assert person.get(page).status_code == 200, page
    with Session(web) as session:
        loaded = session.scalars(select(func.max(col(Run.id)))).one()
    undo = an.send(f"/hoan-tac/{loaded}", f"/hoan-tac/{loaded}").headers["Location"]
    assert binh.send(undo, f"{undo}/duyet").status_code == 303
    with Session(web) as session:
        assert "sign_in_failed" in session.scalars(select(col(TrailEntry.action))).all()
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
