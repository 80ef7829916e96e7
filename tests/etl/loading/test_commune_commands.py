"""The command that loads communes tells what it brought."""

from __future__ import annotations

from pathlib import Path

import pytest

from etl.commands.cli import main
from etl.loading.runs import undo_run
from models.base.source import Run
from models.places.commune import Commune, CommuneSuccession
from tests.etl.loading.desk import Desk


def test_loading_communes_tells_how_many_communes_and_successions_came(
    desk: Desk, communes: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(desk.engine.url))
    monkeypatch.setenv("AS_OF", "2026-11-21")
    undo_run(desk.engine, max(run.id or 0 for run in desk.all(Run)), "test")
    assert main(["load", str(communes), "--as", "communes"]) == 0
    told = capfd.readouterr().out
    brought, links = len(desk.all(Commune)), len(desk.all(CommuneSuccession))
    assert brought > links > 0
    assert f"Xã, phường, đặc khu: mới {brought}, thay đổi 0, giữ nguyên 0." in told
    assert f"Xã cũ chuyển sang xã mới: mới {links}, thay đổi 0, giữ nguyên 0." in told
    assert "Dòng mới 0" not in told


def test_loading_the_same_communes_again_tells_that_they_were_there(
    desk: Desk, communes: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", str(desk.engine.url))
    monkeypatch.setenv("AS_OF", "2026-11-21")
    assert main(["load", str(communes), "--as", "communes"]) == 0
    told = capfd.readouterr().out
    assert f"Xã, phường, đặc khu: mới 0, thay đổi 0, giữ nguyên {len(desk.all(Commune))}." in told
    assert "Không có gì thay đổi" in told
