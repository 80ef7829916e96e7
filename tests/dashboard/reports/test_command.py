"""The command that makes papers, where no Chromium can print: the others come out, and the missing one is named."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine

from models.config.settings import ROOT


@pytest.fixture
def without_chromium(loaded: Engine) -> dict[str, str]:
    url = loaded.url.render_as_string(hide_password=False)
    return os.environ | {"DATABASE_URL": url, "AS_OF": "2026-11-21", "CHROMIUM": "/does/not/exist"}


def papers(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "dashboard", "papers", "--place", "ninh-thuan", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)


def test_without_chromium_the_other_papers_come_out_and_the_code_is_1(
    without_chromium: dict[str, str], tmp_path: Path
) -> None:
    done = papers(without_chromium, "--out", str(tmp_path), "--format", "pdf", "--format", "docx", "--format", "xlsx")
    assert done.returncode == 1
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".docx", ".xlsx"]
    assert "ninh-thuan: 2 tệp" in done.stderr
    assert ".pdf: Máy chủ không chạy được Chromium nên chưa in được PDF." in done.stderr
    assert "Traceback" not in done.stderr


def test_without_chromium_and_without_pdf_nothing_is_missing(without_chromium: dict[str, str], tmp_path: Path) -> None:
    done = papers(without_chromium, "--out", str(tmp_path), "--format", "docx")
    assert done.returncode == 0 and "Còn thiếu" not in done.stderr
