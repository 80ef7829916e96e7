"""The server itself: it refuses to start unsafely, says so in one sentence, and shows nothing of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest

from models.config.settings import ROOT
from tests.patience import PATIENCE

KEPT_BACK = "only-for-this-test-0123456789-abcdefghij"


def start(environment: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """Load what gunicorn loads, as gunicorn does, and end."""
    command = [sys.executable, "-m", "gunicorn", "--check-config", "--config", "dashboard/gunicorn_conf.py",
               "dashboard.server:server"]  # fmt: skip
    return subprocess.run(
        command, cwd=ROOT, env={**environment, **more}, capture_output=True, text=True, timeout=PATIENCE
    )


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"PRODUCTION": "1"}, "SECRET_KEY"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL"),
    ],
)
def test_the_server_ends_with_one_sentence_instead_of_a_stack_trace(
    clean_environment: dict[str, str], more: dict[str, str], named: str
) -> None:
    done = start(clean_environment, **more)
    assert done.returncode != 0 and named in done.stderr
    assert "Traceback" not in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_what_the_server_says_at_a_refusal_holds_no_secret(clean_environment: dict[str, str]) -> None:
    done = start(clean_environment, PRODUCTION="1", SECRET_KEY=KEPT_BACK, TRUSTED_HOSTS="a.example.org",
                 DATABASE_URL="postgresql://web:password@127.0.0.1:1/x")  # fmt: skip
    assert done.returncode != 0 and "DATABASE_URL" in done.stderr
    assert KEPT_BACK not in done.stderr + done.stdout and "web:password" not in done.stderr + done.stdout
