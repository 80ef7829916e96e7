"""Long work in processes of its own: which of it is under way, and when it is lost."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from models.tasks.meeting import Job

WAITING, RUNNING = "waiting", "running"
WORKING = (WAITING, RUNNING)
PROCESS = "process"  # key of a job's arguments: on which machine and under which number it runs
SILENCE = timedelta(minutes=10)  # longer than any one paper takes on a busy machine


def is_lost(job: Job, now: datetime) -> bool:
    """Whether a job that nobody finished is worked on by nobody any more.

    A process of this machine is missed at once. Of one on another machine only silence tells, and so it is for a job
    that waits its turn: whoever works speaks for those behind it too.
    """
    return job.status in WORKING and (now - job.beat_at > SILENCE or _is_gone(job.arguments))


def _is_gone(arguments: Mapping[str, Any]) -> bool:
    """Whether the process is known to be gone: after a restart of the server nobody waits for it any more."""
    where = arguments.get(PROCESS)
    if not where or where["machine"] != socket.gethostname():
        return False
    try:
        os.kill(where["number"], 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    line = Path(f"/proc/{where['number']}/cmdline")
    return line.exists() and b"papers" not in line.read_bytes()  # the number was given to another program
