"""The screens of a meeting for a projector: big type, one thing a screen, links that work without scripts."""

from __future__ import annotations

from collections.abc import Sequence

from flask import request

from dashboard.meetings.values import MeetingPage, Screen
from dashboard.reports.values import PaperRow, agency_text, paper_row
from dashboard.targets.parts.bullet import bullet
from dashboard.targets.relation_words import about, relations_of, steps_of, tell_consistency, tell_step, worth_saying
from dashboard.tasks.decided import KIND_WORDS, ConclusionKind, Decided
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.marks import status_mark, task_mark
from dashboard.ui.markup import spoken
from dashboard.ui.picture import ON_PROJECTOR, draw
from dashboard.web.mutations import why_no_form
from dashboard.web.shell import is_trial
from models.gaps.promise import PromiseKind
from models.targets.changes import Cause, Change
from models.targets.later_step import StepState
from models.targets.reading import GapView

CAUSE_WORDS: dict[Cause, str] = {
    Cause.REAL: "thực tế thay đổi",
    Cause.REPORT: "báo cáo muộn hoặc đính chính",
    Cause.RECLASSIFIED: "phân loại lại",
    Cause.TERRITORY: "địa bàn thay đổi",
    Cause.DEFINITION: "cách tính thay đổi",
}
KEYS, KEYS_OF_WRITER = "Phím ← → chuyển · Esc thoát", "Phím ← → chuyển · G ghi · Esc thoát"


def frame(found: MeetingPage, number: int, last: int, content: Sequence[Element | None]) -> Element:
    """One screen with the way on and back at its foot; meeting.js lets the arrow keys follow the same links."""
    path = f"/hop/{found.meeting.id}"
    back = html.A("‹ Trước", href=f"{path}?trang={number - 1}", rel="prev") if number > 1 else None
    on = html.A("Sau ›", href=f"{path}?trang={number + 1}", rel="next") if number < last else None
    stamp = f"Số liệu biết đến {words.day(found.meeting.known_on)} · mã {found.meeting.snapshot_id}"
    broken = html.P(
        "Số liệu nền đã bị sửa ngoài hệ thống: mã số liệu không còn khớp với lúc mở phiên.", className="warn"
    )
    return html.Div(
        [
            html.Main([None if found.is_intact else broken, *content], id="noi-dung", tabIndex="-1"),
            html.Footer(
                [
                    html.Span([html.Strong("Mô phỏng · ") if is_trial() else None, stamp], className="stamp"),
                    html.Nav(
                        [back, html.Span(f"{number} / {last}"), on, html.A("Thoát", href="/hop", rel="up")],
                        **spoken("Các màn hình của phiên họp"),
                    ),
                    html.Span(KEYS if why_no_form(f"{path}/ghi") else KEYS_OF_WRITER, className="keys"),
                ],
                className="meeting-foot",
            ),
            html.Script(src=f"{request.script_root}/assets/meeting.js", defer="defer"),
        ],
        className="meeting",
    )


def agenda(found: MeetingPage) -> Element:
    """Every screen by name and state, as the way to it."""
    items = [
        html.Li(
            [
                html.A(_name_of(screen, found), href=f"/hop/{found.meeting.id}?trang={number}"),
                " ",
                _mark_of(screen, found),
            ]
        )
        for number, screen in enumerate(found.screens, start=2)
    ]
    return html.Div([html.H2("Nội dung phiên họp"), html.Ol(items, className="agenda")])


def _name_of(screen: Screen, found: MeetingPage) -> str:
    place = found.snapshot.places[screen.place].full_name
    if screen.gap is not None:
        return f"{found.snapshot.indicators[screen.gap.indicator].short_name}, {place}"
    return f"{screen.task.task.title if screen.task else screen.subject}, {place}"


def _mark_of(screen: Screen, found: MeetingPage) -> Element | None:
    if screen.gap is not None:
        return status_mark(screen.gap.gap.status, screen.gap.gap.flags)
    item = screen.task.at(found.snapshot.moment.as_of.year) if screen.task else None
    return task_mark(item.state) if item else None


def promise_screen(screen: Screen, found: MeetingPage) -> list[Element | None]:
    """One promise: finding, bullet, needed against actual, who acts, what was decided last time."""
    if screen.gap is None:
        return []
    gap, row = screen.gap.gap, paper_row(screen.gap, found.snapshot)
    place = found.snapshot.places[screen.place].full_name
    return [
        html.P([status_mark(gap.status, gap.flags), f" {place}"], className="over"),
        html.H1(row.finding),
        html.Div(
            [bullet(gap), html.P(_line_of(row), className="under")],
            className="big-bullet",
        ),
        _figures_and_more(screen.gap, row, found),
        _who(screen, row),
        decided_list("Kỳ trước", screen.decided),
        decided_list("Đã ghi trong phiên này", screen.recorded),
    ]


def _figures_and_more(view: GapView, row: PaperRow, found: MeetingPage) -> Element:
    """The figures large; beside them, where there is any, the line over time and what other promises say."""
    pairs = [html.Div([html.Dd(value), html.Dt(word)]) for value, word in _figures(row)]
    figures = html.Dl(pairs, className="big-figures")
    beside = [part for part in (_picture(row), _related(view, row, found)) if part is not None]
    return html.Div([figures, html.Div(beside)], className="big-pair") if beside else figures


def _picture(row: PaperRow) -> Element | None:
    """The values over time; one alone says nothing that the bar does not."""
    chart = row.chart if row.gap.target and len(row.gap.series.points) > 1 else None
    return html.Img(src=draw(chart, ON_PROJECTOR).address, alt=chart.says, className="meeting-line") if chart else None


def _related(view: GapView, row: PaperRow, found: MeetingPage) -> Element | None:
    """The projection in words, the promises held against this one and the step to the later horizon."""
    snapshot, code = found.snapshot, view.indicator
    relations = worth_saying(relations_of(snapshot, view.programme))
    told = [tell_consistency(item, snapshot.indicators) for item in relations if about(item, code)]
    told += [
        tell_step(item, snapshot.indicators)
        for item in steps_of(snapshot, view.programme)
        if item.state is StepState.COMPUTED and about(item, code)
    ]
    items = [html.Li(f"{row.projected} Đường chấm trên hình.")] if row.projected else []
    items += [html.Li([f"{one.finding}. ", html.Small(f"{one.arithmetic}.")]) for one in told]
    return html.Ul(items, className="meeting-related") if items else None


def _line_of(row: PaperRow) -> str:
    unit = row.gap.target.unit if row.gap.target else ""
    amount = f"{row.value}%" if unit == "%" else f"{row.value} {unit}".strip()
    value = f"{amount} ({row.when})" if row.gap.latest else row.value
    return f"Thực tế {value}; cam kết {row.horizon}: {row.goal}"


def _figures(row: PaperRow) -> list[tuple[str, str]]:
    if row.gap.latest is None or row.gap.target is None:
        return []
    passed = row.gap.percent_of_time
    told = [(row.percent, "của cam kết" + (f", khi đã qua {words.percent(passed, 0)} thời gian" if passed else ""))]
    unit = words.unit_of_change(row.gap.target.unit)
    if row.needed != words.NONE:
        told.append((row.needed, f"{unit} mỗi năm cần có đến {row.horizon}"))
    if row.gap.target.kind is PromiseKind.BY:
        told.append(
            (
                row.actual,
                f"{unit} mỗi năm đang đạt" if row.gap.actual_per_year is not None else "số liệu, chưa tính được nhịp",
            )
        )
    return told


def _who(screen: Screen, row: PaperRow) -> Element:
    leads = "; ".join(screen.leads) or "chưa rõ cơ quan chủ trì"
    return html.P(
        [html.Strong("Chủ trì: "), leads, html.Small(f"Điều khoản {row.clause}. Nguồn: {row.source}")], className="said"
    )


def task_screen(screen: Screen, found: MeetingPage) -> list[Element | None]:
    """One task: title, state, day, who leads under old and present name."""
    if screen.task is None:
        return []
    task, item = screen.task.task, screen.task.at(found.snapshot.moment.as_of.year)
    place = found.snapshot.places[screen.place].full_name
    leads = "; ".join(agency_text(found.snapshot, code) for code in task.leads)
    due = words.day(item.due_on) if item and item.due_on else task.deadline_text or "không ghi"
    return [
        html.P([task_mark(item.state) if item else None, f" {place}"], className="over"),
        html.H1(task.title),
        html.P([html.Strong("Hạn: "), due], className="said"),
        html.P([html.Strong("Chủ trì: "), leads or task.leads_text], className="said"),
        decided_list("Kỳ trước", screen.decided),
        decided_list("Đã ghi trong phiên này", screen.recorded),
    ]


def decided_list(title: str, items: Sequence[Decided]) -> Element | None:
    """Conclusions with who, until when and what became of them; None when there are none."""
    if not items:
        return None
    return html.Div([html.H2(title), html.Ul([html.Li(decided_line(item)) for item in items])], className="decided")


def decided_line(item: Decided) -> list[Element | str | None]:
    """One conclusion in words."""
    who = f" ({item.agency}{f', hạn {words.day(item.row.due_on)}' if item.row.due_on else ''})" if item.agency else ""
    outcome = html.Strong(f" – {item.outcome}", className="late" if item.is_late else "") if item.outcome else None
    return [f"{KIND_WORDS[ConclusionKind(item.row.kind)]}: {item.row.text}{who}", outcome]


def changes_list(found: MeetingPage) -> Element | None:
    """What moved since the last meeting, each with its cause and its parts."""
    if found.previous is None:
        return None
    since = words.day(found.previous.known_on)
    if not found.changes:
        return html.P(f"Từ phiên trước ({since}) không cam kết nào đổi số liệu hoặc tình trạng.", className="said")
    items = [html.Li(_change(change, found)) for change in found.changes]
    return html.Div([html.H2(f"Có gì thay đổi từ phiên trước ({since})"), html.Ul(items)], className="decided")


def _change(change: Change, found: MeetingPage) -> str:
    view = next(view for view in found.snapshot.gaps if view.key == change.key)
    row = paper_row(view, found.snapshot)
    told = [f"{found.snapshot.places[view.place].full_name}, {row.name} {row.horizon or ''}:".replace(" :", ":")]
    if change.amount:
        told.append(f"{words.signed(float(change.amount))}")
        parts = [f"{CAUSE_WORDS[part.cause]} {words.signed(float(part.amount))}" for part in change.parts]
        told.append(f"({'; '.join(parts)})")
    else:
        told.append(f"({CAUSE_WORDS[change.cause]})")
    if change.status_changed:
        was = words.status_text(change.before.status, change.before.flags)
        told.append(f"{was} → {words.status_text(change.now.status, change.now.flags)}")
    return " ".join(told)
