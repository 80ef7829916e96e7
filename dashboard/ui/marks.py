"""Status marks: always a word, an icon and a colour, readable in greyscale and by a screen reader."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import UNSPOKEN
from models.gaps.answer import Flag, Status
from models.tasks.task_state import TaskState

MARKS: dict[Status, tuple[str, str]] = {  # hue and icon
    Status.MISSED: ("away", "cross"),
    Status.MOVING_AWAY: ("away", "down"),
    Status.AT_RISK: ("risk", "triangle"),
    Status.SLOW: ("slow", "half"),
    Status.SHORT_SERIES: ("unknown", "dots"),
    Status.NO_DATA: ("unknown", "empty"),
    Status.NOT_COMPARABLE: ("unknown", "unequal"),
    Status.ON_TRACK: ("track", "up"),
    Status.REACHED: ("reached", "check"),
    Status.NO_TARGET: ("unknown", "dash"),
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


def mark(hue: str, name: str, said: str) -> Element:
    """A state as icon, word and colour."""
    return html.Span([icon(name), said], className=f"mark {hue}")


def status_mark(status: Status, flags: tuple[Flag, ...] = ()) -> Element:
    """The status of one promise."""
    return mark(*MARKS[status], words.status_text(status, flags))


def task_mark(state: TaskState) -> Element:
    """The state of one task."""
    return mark(*TASK_MARKS[state], words.TASK_STATE_WORDS[state])


def flag_notes(flags: Sequence[Flag]) -> list[Element]:
    """What a reader must know beside the status, in words."""
    return [html.Span(words.FLAG_WORDS[flag], className="flag", title=words.FLAG_MEANINGS[flag]) for flag in flags]


def status_counts(counts: Sequence[tuple[Status, int]]) -> Element:
    """How many promises stand where."""
    return count_bar([(MARKS[s], s.value, count, words.STATUS_COUNTED[s]) for s, count in counts])


def status_words(counts: Sequence[tuple[Status, int]]) -> Element:
    """The same without the bar, for a cell of a table."""
    items = [
        html.Li([icon(MARKS[status][1]), f"{count} {words.STATUS_COUNTED[status]}"], className=MARKS[status][0])
        for status, count in counts
    ]
    return html.Ul(items, className="count-words")


def count_bar(counts: Sequence[tuple[tuple[str, str], str, int, str]]) -> Element:
    """How many of each state: a bar for the eye, the words for everybody; (hue and icon, class, number, word)."""
    cells = [html.I(className=f"{hue} {kind}", style={"flexGrow": count}) for (hue, _), kind, count, _ in counts]
    items = [html.Li([icon(name), f"{count} {word}"], className=hue) for (hue, name), _, count, word in counts]
    bar = html.Div(cells, className="count-bar", **UNSPOKEN)
    return html.Div([bar, html.Ul(items, className="count-words")], className="counts")


def empty(title: str, advice: str, *links: Element) -> Element:
    """A calm block: what is the case and what the reader can do."""
    return html.Div(
        [
            html.P([icon("empty"), title], className="empty-title"),
            html.P(advice),
            html.Div(list(links), className="empty-links"),
        ],
        className="empty",
    )
