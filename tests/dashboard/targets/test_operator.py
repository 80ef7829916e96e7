"""The foot of every page names the office that runs the installation, if the setting does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from dashboard.app import LivePages
from dashboard.db.read_session import Repository
from tests.dashboard.conftest import read_html, settings_for

OFFICE = "Liên minh Hợp tác xã <tỉnh>"


@pytest.mark.parametrize("path", ["/", "/tinh/thanh-hoa", "/khong-co-trang-nay"])
@pytest.mark.parametrize("name", ["", OFFICE])
def test_the_foot_names_the_office_that_runs_the_installation(
    app: LivePages, client: FlaskClient, loaded: Engine, monkeypatch: pytest.MonkeyPatch, path: str, name: str
) -> None:
    settings = replace(settings_for(loaded.url.render_as_string(hide_password=False)), operator_name=name)
    monkeypatch.setitem(app.server.extensions, "repository", Repository(settings))
    foot = read_html(client.get(path).get_data(as_text=True)).one("footer", "bottom").text
    assert (f"Đơn vị vận hành: {OFFICE}" in foot) == bool(name)
    assert ("Đơn vị vận hành" in foot) == bool(name)
