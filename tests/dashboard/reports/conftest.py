"""Papers of the reviewed data, and an office that recalculates and prints them."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from dashboard.db.read_session import Repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.reports.kinds import places_with_programmes
from dashboard.reports.pdf import CANDIDATES
from dashboard.reports.values import PaperContent, build_papers
from models.config.settings import ROOT, Settings
from models.rows import gap_rows
from models.targets.reading import Moment
from tests.patience import PATIENCE

TODAY = date(2026, 11, 21)
ALWAYS_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>"""
FIRST_SHEET_AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
Convert = Callable[..., Path]


@pytest.fixture(scope="session")
def snapshot(loaded: Engine) -> Snapshot:
    """Everything true at the day of the tests."""
    url = loaded.url.render_as_string(hide_password=False)
    door = Repository(Settings(database_url=url, data_dir=ROOT / "data", operator_name="", today=TODAY))
    return door.snapshot(Moment(as_of=TODAY, known_on=TODAY))


@pytest.fixture(scope="session")
def papers(snapshot: Snapshot) -> list[PaperContent]:
    """The papers of every place that has a programme."""
    return [paper for slug in places_with_programmes(snapshot.programmes) for paper in build_papers(snapshot, slug)]


def needed(program: str) -> str:
    """The path of a program of the offices' kind; without it the test skips, or fails where REQUIRE_OFFICE=1."""
    found = shutil.which(program)
    if found is None and os.environ.get("REQUIRE_OFFICE") == "1":
        pytest.fail(f"{program} is not installed and REQUIRE_OFFICE=1")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


@pytest.fixture(scope="session")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Convert a file with LibreOffice, formulas recalculated: content, its extension, the wanted format."""
    office = needed("soffice")
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS_RECALCULATE, encoding="utf-8")

    def run(content: bytes, extension: str, wanted: str, *options: str) -> Path:
        folder = tmp_path_factory.mktemp("office")
        (folder / f"in.{extension}").write_bytes(content)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", wanted]
        subprocess.run(
            [*command, *options, "--outdir", str(folder / "out"), str(folder / f"in.{extension}")],
            check=True,
            capture_output=True,
            timeout=PATIENCE,
        )
        (made,) = (folder / "out").iterdir()
        return made

    return run


@pytest.fixture(scope="session")
def recalculated(convert: Convert) -> Callable[[bytes], list[list[str]]]:
    """The first sheet of a workbook as LibreOffice computes it."""

    def rows(content: bytes) -> list[list[str]]:
        with convert(content, "xlsx", FIRST_SHEET_AS_CSV).open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    return rows


@pytest.fixture(scope="session")
def pdf_text() -> Callable[[bytes], str]:
    """The words of a PDF as pdftotext finds them; pages are apart by form feeds."""
    program = needed("pdftotext")

    def read(content: bytes) -> str:
        done = subprocess.run([program, "-enc", "UTF-8", "-", "-"], input=content, check=True, capture_output=True)
        return done.stdout.decode()

    return read


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that prints; without it the test skips, or fails where REQUIRE_BROWSER=1."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CANDIDATES)), None)
    if found is None and os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail("Chromium is not installed and REQUIRE_BROWSER=1")
    if found is None:
        pytest.skip("Chromium is not installed")
    return found


@pytest.fixture(scope="session")
def api(loaded: Engine) -> list[dict[str, Any]]:
    """What /api/v1/gaps answers."""
    with Session(loaded) as session:
        return gap_rows(session, Moment(as_of=TODAY, known_on=TODAY))


@pytest.fixture(scope="session")
def commanded(loaded: Engine, chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that `python -m dashboard papers` fills for one place, run as an officer runs it."""
    folder = tmp_path_factory.mktemp("papers")
    url = loaded.url.render_as_string(hide_password=False)
    subprocess.run(
        [sys.executable, "-m", "dashboard", "papers", "--place", "ninh-thuan", "--out", str(folder)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url, "AS_OF": TODAY.isoformat()},
        capture_output=True,
        timeout=PATIENCE,
    )
    return folder
