"""Status marks: always a word, an icon and a colour, readable in greyscale and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import UNSPOKEN
from models.gaps.answer import Flag, Status
from models.tasks.task_state import TaskState

HUES: dict[Status, str] = {
    Status.MISSED: "away",
    Status.MOVING_AWAY: "away",
    Status.AT_RISK: "risk",
    Status.SLOW: "slow",
    Status.SHORT_SERIES: "unknown",
    Status.NO_DATA: "unknown",
    Status.NOT_COMPARABLE: "unknown",
    Status.ON_TRACK: "track",
    Status.REACHED: "reached",
    Status.NO_TARGET: "unknown",
}

ICONS: dict[Status, str] = {
    Status.MISSED: "cross",
    Status.MOVING_AWAY: "down",
    Status.AT_RISK: "triangle",
    Status.SLOW: "half",
    Status.SHORT_SERIES: "dots",
    Status.NO_DATA: "empty",
    Status.NOT_COMPARABLE: "unequal",
    Status.ON_TRACK: "up",
    Status.REACHED: "check",
    Status.NO_TARGET: "dash",
}

TASK_MARKS: dict[TaskState, tuple[str, str]] = {
    TaskState.DONE_ON_TIME: ("reached", "check"),
    TaskState.DONE_LATE: ("slow", "late"),
    TaskState.IN_PART: ("slow", "half"),
    TaskState.OPEN: ("track", "up"),
    TaskState.OVERDUE: ("risk", "triangle"),
    TaskState.NO_REPORT: ("unknown", "empty"),
    TaskState.CONTINUOUS: ("plain", "loop"),
    TaskState.WAITING: ("plain", "dots"),
    TaskState.UNCLEAR: ("unknown", "unequal"),
}


def icon(name: str) -> Element:
    """A decorative icon that takes the colour of its text; the word beside it carries the meaning."""
    return html.Span(className=f"icon icon-{name}", **UNSPOKEN)


def status_mark(status: Status, flags: tuple[Flag, ...] = ()) -> Element:
    """The status of one promise."""
    return html.Span([icon(ICONS[status]), words.status_text(status, flags)], className=f"mark {HUES[status]}")


def task_mark(state: TaskState) -> Element:
    """The state of one task."""
    hue, name = TASK_MARKS[state]
    return html.Span([icon(name), words.TASK_STATE_WORDS[state]], className=f"mark {hue}")


def flag_notes(flags: Sequence[Flag]) -> list[Element]:
    """What a reader must know beside the status, in words."""
    return [html.Span(words.FLAG_WORDS[flag], className="flag", title=words.FLAG_MEANINGS[flag]) for flag in flags]


def status_counts(counts: Sequence[tuple[Status, int]], *, bar: bool = True) -> Element:
    """How many promises stand where: a bar for the eye, the words for everybody."""
    parts: list[Element] = []
    if bar:
        cells = [
            html.I(className=f"{HUES[status]} {status.value}", style={"flexGrow": count}) for status, count in counts
        ]
        parts.append(html.Div(cells, className="count-bar", **UNSPOKEN))
    items = [
        html.Li([icon(ICONS[status]), f"{count} {words.STATUS_COUNTED[status]}"], className=HUES[status])
        for status, count in counts
    ]
    parts.append(html.Ul(items, className="count-words"))
    return html.Div(parts, className="counts")
