"""What every paper says about one place: the screen's own values, in the screen's own words."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import build_place
from dashboard.targets.findings import caution, lacking
from dashboard.targets.parts.history import history
from dashboard.targets.parts.promise import actual_pace, missing, needed_pace
from dashboard.targets.parts.source_note import definition_name
from dashboard.targets.relation_words import (
    Told,
    projection_of,
    relations_of,
    steps_of,
    tell_consistency,
    tell_projection,
    tell_step,
    worth_saying,
)
from dashboard.tasks.parts.agency import parts_elsewhere
from dashboard.tasks.words import standing
from dashboard.ui import words
from dashboard.ui.chart_values import Chart
from dashboard.ui.render import to_text
from models.gaps.answer import Flag, Gap, Status, worst_first
from models.gaps.projection import Projection
from models.rows import gap_columns
from models.targets.consistency import Consistency
from models.targets.indicator import Indicator
from models.targets.programme import Programme
from models.targets.reading import GapView, PlaceView
from models.tasks.task_state import TaskState


def snapshot_id(snapshot: Snapshot) -> str:
    """Twelve hex digits that stand for every number on every page at this moment."""
    rows = [{"key": view.key, **gap_columns(view.gap)} for view in snapshot.gaps_in_force]
    text = json.dumps(rows, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One promise as a paper shows it; every text is the screen's, `gap` holds the numbers behind it."""

    key: str
    indicator: Indicator
    gap: Gap
    name: str
    horizon: int
    goal: str
    goal_phrase: str
    clause: str
    value: str
    when: str
    missing: str
    percent: str
    needed: str
    actual: str
    status: str
    flags: str
    source: str
    finding: str
    projection: Projection | None = None

    @property
    def chart(self) -> Chart | None:
        """Its values over time as every paper and the projector draw them; None where nothing can be drawn."""
        target = self.gap.target
        unit = target.unit if target else self.indicator.unit
        return history(self.gap, [target] if target else [], self.name, unit, self.projection)

    @property
    def projected(self) -> str:
        """What the projection says, empty where there is none."""
        if self.projection is None or self.gap.target is None:
            return ""
        return tell_projection(self.projection, self.gap.target.unit, self.horizon)


@dataclass(frozen=True, slots=True)
class PaperTask:
    """One task that is overdue or of which nothing has been reported."""

    number: str
    title: str
    leads: str
    due: str
    state: TaskState
    told: str

    @property
    def standing(self) -> str:
        """The state, and of a task in part who has reported."""
        return words.TASK_STATE_WORDS[self.state] + (f". {self.told}" if self.told else "")


@dataclass(frozen=True, slots=True)
class PaperContent:
    """One programme's paper: promises in printed order and the stamp that identifies the values.

    `trends` are the followed values of a programme that sets no figures; `tasks` those that need a report.
    """

    place: PlaceView
    programme: Programme
    rows: tuple[PaperRow, ...]
    trends: tuple[PaperRow, ...]
    tasks: tuple[PaperTask, ...]
    snapshot_id: str
    known_on: str
    thresholds: str
    relations: tuple[Told, ...] = ()
    steps: tuple[Told, ...] = ()

    def at(self, horizon: int) -> tuple[PaperRow, ...]:
        """The promises of one horizon in printed order."""
        return tuple(row for row in self.rows if row.horizon == horizon)

    @property
    def horizons(self) -> tuple[int, ...]:
        """The horizons that the programme promises for."""
        return tuple(sorted({row.horizon for row in self.rows}))

    @property
    def worst(self) -> tuple[PaperRow, ...]:
        """The promises that have a value, worst first."""
        with_value = [row for row in self.rows if row.gap.latest is not None]
        return tuple(sorted(with_value, key=lambda row: worst_first(row.gap)))

    def count(self, horizon: int, *statuses: Status) -> int:
        """How many promises of a horizon have one of these statuses."""
        return sum(row.gap.status in statuses for row in self.at(horizon))


def build_papers(snapshot: Snapshot, slug: str) -> list[PaperContent]:
    """The papers of a place, one a programme; empty when the place is unknown or has none."""
    page = build_place(snapshot, slug)
    if page is None:
        return []
    stamp = snapshot_id(snapshot)
    return [
        PaperContent(
            place=page.place,
            programme=item.programme,
            rows=tuple(row for row in _rows(snapshot, item.programme) if row.gap.target is not None),
            trends=tuple(row for row in _rows(snapshot, item.programme) if row.gap.target is None),
            tasks=tuple(_tasks(snapshot, item.programme)),
            snapshot_id=stamp,
            known_on=words.day(snapshot.moment.known_on),
            thresholds=snapshot.thresholds.version,
            relations=tuple(tell_consistency(r, snapshot.indicators) for r in _relations(snapshot, item.programme)),
            steps=tuple(tell_step(s, snapshot.indicators) for s in steps_of(snapshot, item.programme.slug)),
        )
        for item in page.programmes
    ]


def _relations(snapshot: Snapshot, programme: Programme) -> tuple[Consistency, ...]:
    return worth_saying(relations_of(snapshot, programme.slug))


def _rows(snapshot: Snapshot, programme: Programme) -> list[PaperRow]:
    views = [view for view in snapshot.gaps_in_force if view.programme == programme.slug]
    return [paper_row(view, snapshot) for view in sorted(views, key=lambda view: view.position)]


def paper_row(view: GapView, snapshot: Snapshot) -> PaperRow:
    """One promise (or, without a target, one followed value) in the screen's words."""
    gap, indicator = view.gap, snapshot.indicators[view.indicator]
    target, latest = gap.target, gap.latest
    return PaperRow(
        key=view.key,
        indicator=indicator,
        gap=gap,
        name=indicator.name,
        horizon=target.horizon if target else 0,
        goal=words.goal_text(target, unit=True) if target else words.NONE,
        goal_phrase=words.goal_phrase(target) if target else "không giao chỉ tiêu",
        clause=target.clause if target else words.NONE,
        value=words.value_text(latest) if latest else "chưa có số liệu",
        when=words.when(latest) if latest else words.NONE,
        missing=to_text(missing(gap)),
        percent=words.percent(gap.percent),
        needed=needed_pace(gap),
        actual=to_text(actual_pace(gap)),
        status=words.status_text(gap.status, gap.flags),
        flags="; ".join(words.FLAG_WORDS[flag] for flag in gap.flags),
        source=_source(gap, indicator),
        finding=_finding(gap, indicator),
        projection=projection_of(snapshot, view),
    )


def _tasks(snapshot: Snapshot, programme: Programme) -> Iterator[PaperTask]:
    year = snapshot.moment.as_of.year
    for view in snapshot.followed(programme.slug):
        item = view.at(year)
        if item is None or not item.wants_attention(snapshot.moment.as_of):
            continue
        task = view.task
        leads = "; ".join(agency_text(snapshot, code) for code in task.leads) or task.leads_text
        number = f"{task.section}.{task.number}" if task.section else task.number
        due = words.day(item.due_on) if item.due_on else task.deadline_text or words.NONE
        yield PaperTask(number, task.title, leads, due, item.state, standing(view, item, snapshot.agencies))


def agency_text(snapshot: Snapshot, code: str) -> str:
    """An agency under its name in the document and its name of today."""
    agency = snapshot.agencies[code]
    on = snapshot.moment.as_of
    link = agency.main_succession(on)
    if link is None:
        return agency.name
    parts = "".join(f"; {part.scope}: {snapshot.agencies[part.successor].name}" for part in parts_elsewhere(agency, on))
    return f"{agency.name} (nay: {snapshot.agencies[link.successor].name}{parts})"


def _source(gap: Gap, indicator: Indicator) -> str:
    point = gap.latest
    if point is None:
        return "chưa có nguồn nào công bố"
    meaning = definition_name(indicator, point.definition)
    return f"{point.publisher}; số liệu {words.when(point)}; cách tính: {meaning}; biết từ {words.day(point.known_on)}"


def _finding(gap: Gap, indicator: Indicator) -> str:
    """The title of a slide or a screen: it states the finding, not the topic."""
    target = gap.target
    if target is None:
        told = f"{words.value_text(gap.latest)} {indicator.unit}" if gap.latest else "chưa có số liệu"
        return f"{indicator.name}: {told}, chương trình không giao chỉ tiêu"
    if gap.latest is None:
        return f"{indicator.name}: chưa có số liệu để so với cam kết"
    short = f"{words.value_text(gap.latest)} so với cam kết {words.goal_phrase(target)}"
    if gap.gap is None:
        return f"{indicator.name}: {short}"
    if why := caution(gap):
        return f"{indicator.name}: {short}, {why}"
    if gap.status is Status.REACHED:
        reached = "ước đạt" if Flag.ESTIMATE in gap.flags else "đạt"
        return f"{indicator.name}: {reached} cam kết {target.horizon}, {short}"
    return f"{indicator.name}: {lacking(gap, words.unit_of_change(target.unit))} so với cam kết {target.horizon}"
