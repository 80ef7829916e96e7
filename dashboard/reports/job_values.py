"""Long work as pages show it: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class JobView:
    """Long work as a page shows it; `ahead` tells how many come before one that waits."""

    id: int
    status: str
    done_count: int
    total_count: int
    message: str
    meeting_id: int | None
    started_at: datetime
    is_lost: bool
    ahead: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.status in ("done", "failed") or self.is_lost

    @property
    def is_waiting(self) -> bool:
        """Whether its turn has not come yet."""
        return self.status == "waiting" and not self.is_lost
