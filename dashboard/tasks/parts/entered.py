"""What of a document nobody has typed in yet: never told as if the document did not say it."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.task_table import programme_heading
from dashboard.ui import html
from dashboard.ui.html import Element
from models.targets.programme import Programme


def missing_parts(programme: Programme) -> str:
    """Which tasks of the document are not all entered, in words; empty when all are."""
    parts = [] if programme.is_annex_entered else ["bảng nhiệm vụ"]
    parts += [] if programme.is_body_entered else ["nhiệm vụ trong thân văn bản"]
    return f"Chưa nhập đủ {' và '.join(parts)}" if parts else ""


def not_entered(snapshot: Snapshot, place: str = "") -> tuple[Programme, ...]:
    """The documents (of a place) with tasks that are not in yet: of them no office can be said to lead nothing."""
    chosen = (programme for programme in snapshot.programmes.values() if not place or programme.place == place)
    return tuple(programme for programme in chosen if missing_parts(programme))


def entered_notice(programmes: Iterable[Programme], snapshot: Snapshot) -> Element | None:
    """Name the documents and say what it means; None when everything has been entered."""
    items = [html.Li(f"{programme_heading(p.slug, snapshot)}: {missing_parts(p).lower()}") for p in programmes]
    if not items:
        return None
    intro = "Các văn bản dưới đây còn nhiệm vụ chưa nhập; cơ quan không thấy ở đây vẫn có thể được giao việc."
    return html.Details(
        [html.Summary(f"Chưa nhập đủ nhiệm vụ của {len(items)} văn bản"), html.P(intro), html.Ul(items)]
    )
