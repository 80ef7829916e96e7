"""The continuous check tells a known vulnerability from a source that cannot be reached."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from models.config.settings import ROOT

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
FAULTY = {"name": "faulty", "version": "1.0", "vulns": [{"id": "CVE-0000-0001", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}


def verdict(folder: Path, packages: list[dict[str, object]] | None) -> tuple[int, str]:
    found, said = folder / "found.json", folder / "said"
    said.write_text("connection refused")
    if packages is not None:
        found.write_text(json.dumps({"dependencies": packages}))
    command = [sys.executable, ".ci/audit_verdict.py", str(found), str(said)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("packages", "code", "told"),
    [
        ([SOUND], 0, "1 packages checked, 0 known"),
        ([SOUND, FAULTY], 1, "faulty 1.0: CVE-0000-0001, mended in 1.1"),
        ([UNKNOWN, FAULTY], 1, "1 of 2 packages are not known"),
        ([UNKNOWN, UNKNOWN], 0, "NOT CHECKED (không kiểm được): 2 of 2"),
        (None, 0, "could not be reached"),
    ],
)
def test_only_a_known_vulnerability_fails_and_what_was_not_checked_is_said(
    tmp_path: Path, packages: list[dict[str, object]] | None, code: int, told: str
) -> None:
    assert verdict(tmp_path, packages)[0] == code and told in verdict(tmp_path, packages)[1]


def test_the_continuous_check_asks_for_vulnerabilities() -> None:
    assert ".ci/audit" in (ROOT / ".ci" / "run").read_text() and (ROOT / ".ci" / "audit").stat().st_mode & 0o111
