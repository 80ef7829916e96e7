"""How long a test waits for what must come: far longer than a busy machine takes, so that no test fails by the clock.

A limit here only ends a test that hangs. What a test asserts is a fact, never how long something took.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

PATIENCE = 300  # seconds
PATIENCE_MS = PATIENCE * 1000
Found = TypeVar("Found")


def until(asked: Callable[[], Found], *, what: str) -> Found:
    """Ask again and again until the answer is true, and give it; fails with `what` when it never comes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := asked():
            return found
        time.sleep(0.05)
    raise AssertionError(f"{what}: not within {PATIENCE} seconds")
