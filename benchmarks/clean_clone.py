"""From `git clone` to the first page: `make run` in a fresh directory with a fresh environment."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.servers import LOOKED_AT, free_port, running, wait_until_it_answers
from models.config.settings import ROOT

PATIENCE_SECONDS = 400


def first_page(folder: Path) -> float:
    """Seconds from the clone to the first page; raises RuntimeError or CalledProcessError when it does not come."""
    port = free_port()
    kept = {n: v for n, v in os.environ.items() if n not in ("VIRTUAL_ENV", "DATABASE_URL", "DATA_DIR", "MAKEFLAGS")}
    env = {**kept, "PORT": str(port), "AS_OF": LOOKED_AT}
    start = time.perf_counter()
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True, capture_output=True)
    python = getattr(sys, "_base_executable", sys.executable)  # no environment of ours
    with running(["make", f"PYTHON={python}", "run"], env, folder) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process, PATIENCE_SECONDS)
        return time.perf_counter() - start
