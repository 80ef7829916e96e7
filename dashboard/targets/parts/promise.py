"""One promise as a line of the overview or as a card of the province page."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.findings import over
from dashboard.targets.parts.arithmetic import arithmetic
from dashboard.targets.parts.bullet import bullet
from dashboard.targets.parts.charted import small_trend
from dashboard.targets.parts.document_link import sentence_links
from dashboard.targets.parts.readings import readings
from dashboard.targets.parts.source_note import source_line
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import flag_notes, status_mark
from dashboard.ui.markup import facts, fold
from dashboard.ui.render import to_text
from dashboard.ui.table import TableColumn, data_table, figures
from models.gaps.answer import Flag, Gap, Status
from models.gaps.promise import Direction, PromiseKind, TargetRecord
from models.places.place import COUNTRY
from models.targets.indicator import Indicator
from models.targets.reading import GapView

LINE_COLUMNS = (
    TableColumn("Chỉ tiêu", "what"),
    TableColumn("Thực tế so với cam kết", "bar"),
    figures("Thiếu, vượt"),
    figures("Cần, đang đạt mỗi năm"),
    TableColumn("Diễn biến", "way"),
    TableColumn("Tình trạng, cơ quan theo dõi", "state"),
)
# the place's name carries its end, the value its "ước" and the date its age
SAID_ELSEWHERE = frozenset({Flag.TERRITORY_ENDED, Flag.STALE, Flag.ESTIMATE})


def promise_table(views: tuple[GapView, ...], snapshot: Snapshot, view: View, *, caption: str) -> Element:
    """Promises as lines: actual, target, gap, needed a year against actual a year, time left, status, who."""
    rows = [promise_line(item, snapshot, view) for item in views]
    return data_table(LINE_COLUMNS, rows, caption=caption, kind="promises")


def promise_line(item: GapView, snapshot: Snapshot, view: View) -> list[Content]:
    """The cells of one line; the name leads to the promise on its province page."""
    gap, indicator, place = item.gap, snapshot.indicators[item.indicator], snapshot.places[item.place]
    address = view.link(f"/tinh/{place.slug}") + f"#{anchor(item)}"
    return [
        [
            html.A(indicator.short_name, href=address, className="strong"),
            html.Small(place.full_name, className="sub"),
        ],
        [bullet(gap), html.Small(actual_and_goal(gap), className="sub")],
        html.Span(missing_with_unit(gap)),
        paces(gap),
        small_trend(item, snapshot),
        [status_mark(gap.status, gap.flags), html.Small(_remarks(item, snapshot), className="sub")],
    ]


def needed_pace(gap: Gap) -> str:
    """The yearly change still needed, counted from the latest value; a dash when nothing more is needed."""
    if not gap.needed_per_year or gap.status in (Status.REACHED, Status.MISSED):
        return words.NONE
    return words.pace(gap.needed_per_year)


def paces(gap: Gap) -> list[Piece]:
    """What is needed a year over what there is a year."""
    return [html.Span(needed_pace(gap), className="needed"), html.Small([actual_pace(gap)], className="sub")]


def anchor(item: GapView) -> str:
    """The fragment of a promise on its province page."""
    return f"{item.indicator}-{item.gap.target.horizon}" if item.gap.target else item.indicator


def keeper(item: GapView, snapshot: Snapshot) -> str:
    """Whose figure it is today: the office and the province it belongs to now; empty for the nation."""
    owner, place = snapshot.indicators[item.indicator].owner, snapshot.places[item.place]
    if owner is None or place.slug == COUNTRY:
        return ""
    today = snapshot.places[place.successors[0]] if place.successors else place
    return f"{snapshot.agencies[owner].short_name} {today.name}"


def _remarks(item: GapView, snapshot: Snapshot) -> str:
    """Who keeps the figure, and what must be known beside the status."""
    who = keeper(item, snapshot)
    notes = [words.FLAG_WORDS[flag] for flag in item.gap.flags if flag not in SAID_ELSEWHERE]
    return " · ".join(([who] if who else []) + notes)


def actual_and_goal(gap: Gap) -> str:
    """Actual and promise in one line: ≈ 252.000 / 334.841 người · 26/12/2025."""
    goal = words.goal_text(gap.target, unit=True) if gap.target else ""
    if gap.latest is None:
        return f"chưa có số / {goal}"
    age = ", đã cũ" if Flag.STALE in gap.flags else ""
    held = f"{words.value_text(gap.latest)} / {goal}" if goal else words.value_text(gap.latest)
    return f"{held} · {words.when(gap.latest)}{age}"


def missing(gap: Gap) -> Piece:
    """What is still missing in units; what is over says "vượt"."""
    if gap.gap is None:
        return words.NONE
    if gap.gap >= 0 or gap.status is Status.REACHED:
        return html.Small(over(gap))
    sign = "thừa " if gap.direction is Direction.LOWER else ""
    return html.Strong(sign + words.number(abs(gap.gap)))


def missing_with_unit(gap: Gap) -> Content:
    """The same with its unit, where no header or neighbour says it."""
    unit = words.unit_of_change(gap.target.unit) if gap.target else ""
    told: Piece = missing(gap)
    return [told, html.Small(f" {unit}", className="unit")] if to_text(told)[-1:].isdigit() else told


def actual_pace(gap: Gap) -> Piece:
    """The yearly change so far, or why there is none."""
    if gap.actual_per_year is not None:
        return words.pace(gap.actual_per_year)
    if gap.target is not None and gap.target.kind is not PromiseKind.BY:
        return html.Small("chưa có số cả năm") if not gap.years_known else words.NONE
    return html.Small("mới 1 số") if gap.latest is not None else words.NONE


def promise_card(
    item: GapView, snapshot: Snapshot, view: View, later: tuple[TargetRecord, ...] = (), chart: Element | None = None
) -> Element:
    """One promise in full: bullet, gap, pace, evidence, clause, source, and its arithmetic on request."""
    gap, indicator = item.gap, snapshot.indicators[item.indicator]
    return html.Article(
        [
            html.Div(
                [
                    html.H3(html.A(indicator.name, href=view.link(f"/chi-tieu/{indicator.code}"))),
                    status_mark(gap.status, gap.flags),
                ],
                className="card-head",
            ),
            html.P(
                [*_promise_text(gap, later), readings(item, snapshot), _clause(gap), *_sentences(gap, later, view)],
                className="card-promise",
            ),
            html.Div(_measured(gap, later, indicator), className="card-body"),
            html.P(flag_notes(gap.flags), className="flags") if gap.flags else None,
            source_line(gap.latest, indicator, view) if gap.latest else html.P(_no_value(gap), className="source"),
            chart,
            fold("Cách tính tình trạng", arithmetic(gap, indicator, snapshot.thresholds), kind="how"),
        ],
        className="card",
        id=anchor(item),
    )


def _measured(gap: Gap, later: tuple[TargetRecord, ...], indicator: Indicator) -> list[Element]:
    if gap.target is not None:
        return [_bar(gap, later), *([_figures(gap)] if gap.latest else [])]
    pairs: list[tuple[str, Content]] = []
    if gap.latest is not None:
        pairs.append((f"Số mới nhất, {words.when(gap.latest)}", f"{words.value_text(gap.latest)} {indicator.unit}"))
    pairs.append(("Thay đổi mỗi năm", actual_pace(gap)))
    return [facts(pairs, "figures")]


def _bar(gap: Gap, later: tuple[TargetRecord, ...]) -> Element:
    return html.Div([bullet(gap, later), html.Small(actual_and_goal(gap), className="sub")], className="card-bar")


def _figures(gap: Gap) -> Element:
    pairs: list[tuple[str, Content]] = [
        ("Thiếu, vượt", missing(gap)),
        ("So với cam kết", words.percent(gap.percent)),
        ("Thời gian đã qua", words.percent(gap.percent_of_time, 0)),
        ("Cần mỗi năm, từ ngày số liệu", needed_pace(gap)),
        ("Đang đạt mỗi năm", actual_pace(gap)),
    ]
    if gap.target is not None and gap.target.kind is PromiseKind.ANNUAL and gap.years:
        pairs.append(("Số năm đạt", f"{gap.years_held}/{gap.years_known}"))
    return facts(pairs, "figures")


def _promise_text(gap: Gap, later: tuple[TargetRecord, ...]) -> list[Piece]:
    target = gap.target
    if target is None:
        return ["Chương trình không giao chỉ tiêu; chỉ theo dõi diễn biến."]
    parts: list[Piece] = [
        f"Đến {target.horizon}: ",
        html.Strong(words.goal_phrase(target)),
        f", {words.KIND_WORDS[target.kind]}.",
    ]
    parts += [f" Đến {other.horizon}: {words.goal_phrase(other)}." for other in later]
    if target.note:
        parts.append(f" {target.note}.")
    return parts


def _clause(gap: Gap) -> str:
    return f" Điều khoản: {gap.target.clause}." if gap.target else ""


def _sentences(gap: Gap, later: tuple[TargetRecord, ...], view: View) -> list[Piece]:
    return sentence_links([gap.target, *later], view) if gap.target else []


def _no_value(gap: Gap) -> str:
    if gap.series.elsewhere:
        return "Chỉ có số liệu của địa bàn khác hoặc theo cách tính khác: xem cách tính tình trạng."
    return "Chưa có số liệu nào được công bố cho chỉ tiêu này."
