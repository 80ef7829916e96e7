"""`/`: which promises are behind, by how much, who acts. Worst first."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.overview import Overview, ProgrammeSummary, build_overview, time_left
from dashboard.targets.findings import standing
from dashboard.targets.parts.promise import promise_table
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty, status_counts
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.gaps.answer import Status
from models.places.place import COUNTRY


def finding(overview: Overview) -> str:
    """The headline: how many promises can be judged at all, and how those stand."""
    if not overview.total:
        return f"Chưa có chương trình nào giao chỉ tiêu đến {overview.horizon}"
    return standing(overview.counts, overview.horizon)


@page("/", title="Tổng quan", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """The overview."""
    overview = build_overview(snapshot, view.horizon)
    if not overview.provinces:
        nothing = empty(
            "Chưa có chương trình nào đến ngày này.",
            "Chọn ngày muộn hơn, hoặc đưa chương trình của một tỉnh vào trước.",
        )
        return page_frame("Chưa có số liệu để trình bày", nothing, view=view, current="/")
    return page_frame(
        finding(overview),
        html.Div([_lines(overview, snapshot, view), _aside(overview, view)], className="grid list-first"),
        view=view,
        current="/",
        lead=_lead(overview, view),
        horizons="/",
    )


def _lead(overview: Overview, view: View) -> str:
    missing, short = len(overview.missing), overview.count(Status.SHORT_SERIES)
    return (
        f"{missing} chỉ tiêu chưa có số liệu so sánh được, {short} chưa đủ chuỗi. "
        f"Còn {words.years_left(time_left(overview.horizon, view.moment.as_of))} đến hết {overview.horizon}."
        + _next_report(overview, view)
    )


def _next_report(overview: Overview, view: View) -> str:
    """The coming report that must still bring figures, with its days left."""
    waiting = [row for row in overview.provinces if row.report_due and row.count(Status.NO_DATA)]
    if not waiting:
        return ""
    row = min(waiting, key=lambda item: item.report_due or view.moment.as_of)
    if row.report_due is None:
        return ""
    days = (row.report_due - view.moment.as_of).days
    return f" {row.place.name} phải báo cáo chậm nhất {words.day(row.report_due)}, còn {days} ngày."


def _lines(overview: Overview, snapshot: Snapshot, view: View) -> Element:
    title = "Chỉ tiêu có số liệu, xấu nhất đứng trước"
    if not overview.rows:
        lines: Element = empty(
            f"Chưa có số liệu nào cho các chỉ tiêu đến {overview.horizon}.",
            "Xem từng tỉnh để biết còn thiếu số liệu gì.",
        )
    else:
        lines = promise_table(overview.rows, snapshot, view, caption=f"{title}, năm mốc {overview.horizon}")
    national = (
        [
            html.H3("Khung quốc gia (Nghị quyết 20-NQ/TW)"),
            promise_table(overview.national_rows, snapshot, view, caption="Chỉ tiêu quốc gia"),
        ]
        if overview.national_rows
        else []
    )
    return section(title, lines, *national, kind="sheet lines")


def _aside(overview: Overview, view: View) -> Element:
    return html.Div(
        [
            section("Theo tỉnh", html.Div([_province(row, view) for row in overview.provinces], className="provinces")),
            section("Còn thiếu số liệu", *_missing(overview, view), ident="con-thieu"),
        ],
        className="aside",
    )


def _province(row: ProgrammeSummary, view: View) -> Element:
    today = ", ".join(place.name for place in row.today_places)
    name: list[Element] = [
        html.A(
            row.place.name if row.place.slug != COUNTRY else "Việt Nam (khung quốc gia)",
            href=view.link(f"/tinh/{row.place.slug}"),
            className="strong",
        )
    ]
    if today:
        name.append(html.Small(f" đến {words.day(row.place.valid_to)}, nay thuộc {today}"))
    if row.counts:
        return html.Div([html.P(name), status_counts(row.counts)], className="province")
    year = row.programme.issued_on.year
    tasks = f"{row.task_count} nhiệm vụ, {row.done_count} đã hoàn thành trong văn bản"
    text = (
        f"Chương trình {year} không giao chỉ tiêu · {tasks}"
        if row.task_count
        else f"Không giao chỉ tiêu đến {view.horizon}"
    )
    return html.Div([html.P(name), html.P(text, className="sub")], className="province")


def _missing(overview: Overview, view: View) -> list[Element]:
    if not overview.missing:
        return [html.P("Mọi chỉ tiêu đều có số liệu.")]
    found: list[Element] = []
    for row in overview.provinces:
        count = row.count(Status.NO_DATA) + row.count(Status.NOT_COMPARABLE)
        if not count or row.place.slug == COUNTRY:
            continue
        due = (
            f", báo cáo năm hạn cuối {words.day(row.report_due)}, còn {(row.report_due - view.moment.as_of).days} ngày"
            if row.report_due
            else ""
        )
        found.append(
            html.Li(
                [html.A(row.place.full_name, href=view.link(f"/tinh/{row.place.slug}")), f": {count} chỉ tiêu{due}"]
            )
        )
    return [html.Ul(found, className="plain-list")]
