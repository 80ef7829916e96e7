"""A small invented register on the reviewed data, and a client that sees it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from etl.importers.draft import NOT_PART_OF_THE_FACT
from models.base.database import make_engine
from models.base.facts import apply_facts
from models.base.source import Run
from models.base.text import fold
from models.config.settings import ROOT, Settings
from models.register.organization import (
    Organization,
    OrganizationDetail,
    OrganizationPerson,
    OrganizationState,
    Rating,
    WorklistStep,
    YearReport,
)

TODAY = date(2026, 11, 21)
FORMULA = '=HYPERLINK("http://example.com";"x")'
SECRET_NAME, SECRET_YEAR = "Chamaliaq Bí Mật", 1907

# id, name, kind, place, sector, operating state, since, tax code, rating classes 2023 and 2024
REGISTER: tuple[tuple[Any, ...], ...] = (
    (
        1,
        "Hợp tác xã Bàu Trúc",
        "htx",
        "ninh-thuan",
        "agriculture",
        "active",
        "2020-01-01",
        "5800000011",
        "fair",
        "good",
    ),
    (2, "HTX Gốm Bàu Trúc Đỏ", "htx", "ninh-thuan", None, "stopped", "2022-05-01", "5800000022", "weak", "weak"),
    (3, "HTX Đoàn Kết", "htx", "thanh-hoa", "agriculture", "active", None, None, "good", "average"),
    (4, "Tổ hợp tác Hòa Bình", "tht", "thanh-hoa", "transport", None, None, None, None, None),
    (5, FORMULA, "htx", "thanh-hoa", "trade", "not_converted", "2021-12-31", "0100047516", None, "not_rated"),
    (6, "Liên hiệp HTX Lam Sơn", "lhhtx", "thanh-hoa", "agriculture", "awaiting_dissolution", None, None, None, None),
    (7, "HTX 100% Sạch_1", "htx", "thanh-hoa", "environment", "active", None, None, None, "fair"),
)
EMPTY_REPORT = {
    name: None for name in YearReport.model_fields if name not in {"id", "fingerprint", "recorded_at", "superseded_at"}
} | {"value_kind": "actual", "source": "thu.xlsx"}


def settings_for(url: str) -> Settings:
    known = {"database_url": url, "data_dir": ROOT / "data", "operator_name": "", "today": TODAY}
    return Settings(**known)


@pytest.fixture(scope="session")
def empty_register(reviewed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A database with facts and no organisation."""
    return f"sqlite:///{shutil.copy(reviewed_file, tmp_path_factory.mktemp('empty') / 'register.sqlite3')}"


@pytest.fixture(scope="session")
def small_register(reviewed_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Seven organisations; 1 was moved to another commune, 7 was taken back in part."""
    path = shutil.copy(reviewed_file, tmp_path_factory.mktemp("small") / "register.sqlite3")
    return str(fill(make_engine(f"sqlite:///{path}")).url)


@pytest.fixture
def small_on_postgres(reviewed_postgres: str) -> Iterator[str]:
    """The same register on the other database."""
    engine = fill(make_engine(reviewed_postgres))
    yield reviewed_postgres
    engine.dispose()


def fill(engine: Engine) -> Engine:
    """Put the invented register into a database that holds the facts."""
    with Session(engine) as session:
        run = _run(session, "danh-sach.xlsx")
        session.execute(insert(Organization), [_row(run, *item) for item in REGISTER])
        _facts(session, run)
        apply_facts(
            session,
            OrganizationDetail,
            [_detail(*REGISTER[0]) | {"commune_name": "Xã Mới"}],
            run_id=_run(session, "sua.xlsx"),
            now=datetime(2026, 3, 1, tzinfo=UTC),
            withdraw=False,
        )
        session.commit()
    return engine


def _run(session: Session, source: str) -> int:
    run = Run(kind="register", source=source, checksum="0", actor="test", started_at=datetime(2026, 1, 1, tzinfo=UTC))
    run.status = "done"
    session.add(run)
    session.flush()
    assert run.id is not None
    return run.id


def _row(run: int, *item: Any) -> dict[str, Any]:
    ident, name, kind, place, sector, state, since, code, _, now = item
    return {
        "id": ident,
        "name": name,
        "name_norm": fold(name),
        "kind": kind,
        "place": place,
        "sector": sector,
        "operating_state": state,
        "operating_state_on": since and date.fromisoformat(since),
        "tax_code": code,
        "tax_code_is_valid": code and code == "0100047516",
        "rating_class": now,
        "rating_year": 2024 if now else None,
        "report_year": 2024,
        "member_count": 20 + ident,
        "is_law_compliant": False if state == "not_converted" else None,
        "run_id": run,
    }


def _detail(*item: Any) -> dict[str, Any]:
    ident, name, kind, place, sector, _, _, code, _, _ = item
    known = {"tax_code": code, "kind": kind, "name": name, "sector": sector, "place": place, "commune_name": "Xã Cũ"}
    return {"key": str(ident), "organization_id": ident, **known, "source": "thu.xlsx", "known_on": date(2025, 12, 31)}


def _facts(session: Session, run: int) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    ratings, states, reports = [], [], []
    for ident, _, _, _, _, state, since, _, before, latest in REGISTER:
        for year, given in ((2023, before), (2024, latest)):
            reason = "under_12_months" if given == "not_rated" else None
            key = {"key": f"{ident}/TT01_2020/{year}", "organization_id": ident, "scheme": "TT01_2020", "year": year}
            if given:
                ratings.append({**key, "rating_class": given, "not_rated_reason": reason, "source": "xep-loai.xlsx"})
        if state and since:
            on = date.fromisoformat(since)
            key = {"key": f"{ident}/operating_state/{since}", "organization_id": ident, "field": "operating_state"}
            states.append({**key, "state": state, "on": on, "source": "thu.xlsx"})
        told = {"organization_id": ident, "key": f"{ident}/2024", "year": 2024, "has_high_tech": ident == 1}
        reports.append({k: v for k, v in {**EMPTY_REPORT, **told}.items() if k not in ("run_id", "superseded_by")})
    person = {"key": "1/director/2024", "organization_id": 1, "role": "director", "year": 2024, "name": SECRET_NAME}
    step = {"key": "2", "organization_id": 2, "responsible": "Sở Tài chính", "next_step": "Họp", "actor": "test"}
    for model, rows in (
        (OrganizationDetail, [_detail(*item) for item in REGISTER]),
        (OrganizationState, states),
        (YearReport, reports),
        (Rating, ratings),
        (OrganizationPerson, [person | {"birth_year": SECRET_YEAR, "is_female": True}]),
        (WorklistStep, [step | {"due_on": date(2026, 6, 30)}]),
    ):
        apply_facts(session, model, rows, run_id=run, now=now, unmarked=NOT_PART_OF_THE_FACT, withdraw=False)  # type: ignore[arg-type]


@pytest.fixture
def show(application: dash.Dash, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], FlaskClient]:
    """Point the application to a database and give a client."""

    def use(url: str) -> FlaskClient:
        monkeypatch.setitem(application.server.extensions, "repository", Repository(settings_for(url)))
        return application.server.test_client()

    return use


@pytest.fixture
def client(show: Callable[[str], FlaskClient], small_register: str) -> Iterator[FlaskClient]:
    yield show(small_register)


@pytest.fixture
def read(client: FlaskClient) -> Callable[[str], str]:
    """The part of a page that a reader sees, as its source with entities resolved."""

    def ask(address: str, status: int = 200) -> str:
        answer = client.get(address)
        assert answer.status_code == status, address
        text = answer.get_data(as_text=True)
        return unescape(text.split('id="first-view"')[1].split("<footer>")[0])

    return ask
