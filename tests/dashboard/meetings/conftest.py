"""An application that may write, on a copy of the reviewed data, and a reader of its pages."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, select
from sqlmodel import col
from werkzeug.test import TestResponse

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from models.base.facts import apply_facts
from models.base.source import Run
from models.config.settings import ROOT, Settings
from models.targets.observation import Observation

TODAY = date(2026, 11, 21)
SPARE = {"id", "fingerprint", "recorded_at", "superseded_at", "run_id", "superseded_by"}


def settings_for(url: str, *, allow_writes: bool = True) -> Settings:
    return Settings(database_url=url, data_dir=ROOT / "data", operator_name="", today=TODAY, allow_writes=allow_writes)


class Site:
    """A browser without scripts: it reads pages and sends their forms."""

    def __init__(self, app: LivePages, url: str) -> None:
        self.app, self.url = app, url
        self.client: FlaskClient = app.server.test_client()

    @property
    def door(self) -> Repository:
        door: Repository = self.app.server.extensions["repository"]
        return door

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def words(self, address: str) -> str:
        """What a reader reads, words apart by one space."""
        source = re.sub(r"<(script|style|select|head)\b.*?</\1>", " ", self.get(address).text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", source)).split())

    def send(self, address: str, form_on: str = "/hop", **fields: Any) -> TestResponse:
        text = self.get(form_on).text
        token = re.search(r'name="ma-bieu-mau" value="([^"]+)"', text)
        seen = re.search(r'name="luot-da-xem" value="(\d+)"', text)
        names = {name.replace("_", "-"): value for name, value in fields.items()}
        body = {
            "ma-bieu-mau": token[1] if token else "",
            "luot-da-xem": seen[1] if seen else "",
            "nguoi-ghi": "Nguyễn Văn An",
            **names,
        }
        return self.client.post(address, data=body)

    def open_meeting(self, **fields: str) -> str:
        """Open a meeting on Thanh Hóa; gives its address."""
        answer = self.send("/hop/mo", **{"ten": "Phiên họp quý IV", "dia_ban": "thanh-hoa", "nam_moc": "2030"} | fields)
        assert answer.status_code == 303, answer.text
        return str(answer.headers["Location"])

    def change_value(self, indicator: str, value: float, *, period_end: date | None = None) -> None:
        """Load another value of Thanh Hóa: a correction, or with a day a new one."""
        with self.door.session() as session:
            old = session.scalars(
                select(Observation)
                .where(
                    col(Observation.indicator) == indicator,
                    col(Observation.place) == "thanh-hoa",
                    col(Observation.superseded_at).is_(None),
                )
                .order_by(col(Observation.period_end).desc())
            ).first()
            assert old is not None
            content = old.model_dump(exclude=SPARE) | {"value": value}
            if period_end is not None:
                known = {"period_start": period_end, "period_end": period_end, "known_on": TODAY}
                content |= known | {"key": f"{old.key}/{period_end}"}
            now = datetime.now(UTC)
            run = Run(kind="figures", source="test", checksum="0", actor="test", started_at=now, status="done")
            session.add(run)
            session.flush()
            apply_facts(session, Observation, [content], run_id=run.id or 0, now=now, withdraw=False)
            session.commit()


@pytest.fixture
def site(application: LivePages, loaded: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The application on a database of its own."""
    target = tmp_path / "db" / "meeting.sqlite3"
    target.parent.mkdir()
    source = sqlite3.connect(str(loaded.url.database))
    with closing(source), closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
    url = f"sqlite:///{target}"
    door = Repository(settings_for(url))
    monkeypatch.setitem(application.server.extensions, "repository", door)
    yield Site(application, url)
    door.engine.dispose()
