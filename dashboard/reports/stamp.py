"""One mark for every number on every page at a moment."""

from __future__ import annotations

import hashlib
import json

from dashboard.db.snapshot_values import Snapshot
from models.rows import gap_columns


def snapshot_id(snapshot: Snapshot) -> str:
    """Twelve hex digits that stand for every number on every page at this moment."""
    rows = [{"key": view.key, **gap_columns(view.gap)} for view in snapshot.gaps_in_force]
    text = json.dumps(rows, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
