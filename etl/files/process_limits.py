"""What a process of ours may cost, and that it ends with the one that started it."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys
from dataclasses import dataclass

PR_SET_PDEATHSIG = 1  # prctl(2)


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one import may cost from its first row to its commit: seconds of waiting, bytes of address space."""

    seconds: int = 600
    memory_bytes: int = 1024 * 1024 * 1024


DEFAULT_BOUNDS = Bounds()


def end_with(parent: int) -> None:
    """Have the kernel kill this process once the thread that started it has ended (Linux only, see prctl(2)).

    `parent` is the number of that process: where it is gone already, this one ends at once.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def keep_within(bounds: Bounds) -> None:
    """Bound this process: memory beyond the bound raises MemoryError, time beyond it ends the process by SIGALRM.

    Only the soft limit is set, so that a child may choose its own.
    """
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory_bytes, resource.getrlimit(resource.RLIMIT_AS)[1]))
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds)
