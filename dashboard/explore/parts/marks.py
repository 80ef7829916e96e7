"""How figures of explore tell a status, a place and a promise: always by a sign and words beside the colour."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go

from dashboard.ui import words
from models.gaps.answer import STATUS_WORDS, Flag, Status

ORDER = tuple(Status)
SOFT = len(ORDER)  # the colour axis of the template holds the full hues, then as many soft grounds
SIGNS: dict[str, str] = {
    Status.MISSED: "×",
    Status.MOVING_AWAY: "↓",
    Status.AT_RISK: "!",
    Status.SLOW: "½",
    Status.SHORT_SERIES: "…",
    Status.NO_DATA: "?",
    Status.NOT_COMPARABLE: "≠",
    Status.ON_TRACK: "↑",
    Status.REACHED: "✓",
    Status.NO_TARGET: "–",
}
NAME_LETTERS, COLUMN_LETTERS, HOVER_LETTERS = 30, 14, 60
Told = Mapping[Any, Any]


def hue(status: str) -> float:
    """Where a status stands on the colour axis."""
    return ORDER.index(Status(status)) + 0.5


def signed_status(status: str, flags: object = ()) -> str:
    """Sign and words of a status."""
    held = tuple(Flag(flag) for flag in flags) if isinstance(flags, list | tuple) else ()
    return f"{SIGNS[status]} {words.status_text(Status(status), held)}"


def wrapped(text: str, letters: int = NAME_LETTERS) -> str:
    """A name in lines, for where plotly would cut it."""
    return "<br>".join(wrap(text, letters))


def legend_words() -> str:
    """What the signs mean, for where only signs have room."""
    return " · ".join(f"{SIGNS[status]} {STATUS_WORDS[status]}" for status in Status if status is not Status.NO_TARGET)


def told_promise(row: Told) -> str:
    """A promise with all that a reader must know of it, in lines: what pointing at it says."""
    lines = [f"<b>{row['place_name']}</b>", row["indicator_name"], signed_status(row["status"], row["flags"])]
    lines.append(f"Cam kết đến {row['horizon']}: {words.with_unit(row['goal_text'], row['unit'])}")
    if row["value"] is None:
        return "<br>".join([*lines, "Chưa có số liệu so sánh được"])
    lines.append(told_value(row))
    if row["gap"] is not None:
        lines.append(f"Chênh lệch: {words.with_unit(words.signed(row['gap']), words.unit_of_change(row['unit']))}")
    return "<br>".join(lines)


def told_value(row: Told) -> str:
    """A value with its day, definition and publisher."""
    qualified = ("ước " if row["value_kind"] == "estimate" else "") + words.with_unit(
        words.number(row["value"]), row["unit"]
    )
    source = f"Nguồn: {row['publisher']}" if row["publisher"] else ""
    said = [f"{row['period_text']}: {qualified}", f"Cách tính: {row['definition_name']}", source]
    return "<br>".join(wrapped(line, HOVER_LETTERS) for line in said if line)


def nothing(says: str, dress: Any) -> go.Figure:
    """A figure that says why there is nothing to draw."""
    note = {"text": wrapped(says, 44), "showarrow": False, "xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5}
    figure: go.Figure = dress([], annotations=[note], xaxis={"visible": False}, yaxis={"visible": False}, height=220)
    return figure
