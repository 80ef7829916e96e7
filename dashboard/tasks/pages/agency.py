"""`/co-quan/<code>`: an agency under its old and present name with everything it leads or supports."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import build_petitions, build_requests
from dashboard.tasks.data.tasks import build_agency
from dashboard.tasks.parts.agency import agency_path, needs_decision
from dashboard.tasks.parts.answers import petition_table, request_table
from dashboard.tasks.parts.task_filters import rate_lines
from dashboard.tasks.parts.task_table import entered_notice, not_entered, programme_heading, state_bar, task_table
from dashboard.tasks.values import AgencyPage, SuccessionLine, TaskLine
from dashboard.tasks.words import NEEDS_DECISION
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import empty, icon
from dashboard.ui.markup import facts
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.tasks.task_state import TaskState


@page("/co-quan/<code>", title="Cơ quan", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, code: str = "", **_: object) -> Element:
    """One agency; an unknown code answers 404."""
    found = build_agency(snapshot, code)
    if found is None:
        way = html.A("Xem nhiệm vụ theo cơ quan", href=view.link("/nhiem-vu"))
        return errors.not_found(view, f"Không có cơ quan “{code}”.", "Chọn cơ quan trong danh sách nhiệm vụ.", way)
    missing = not_entered(snapshot)
    return page_frame(
        finding(found, is_whole=not missing),
        breadcrumbs([("Nhiệm vụ", view.link("/nhiem-vu"))]),
        _handover(found, view),
        entered_notice(missing, snapshot),
        html.Div(
            [section("Tên và kế thừa", _facts(found, view)), _summary(found, is_whole=not missing)], className="pair"
        ),
        *_tasks("Chủ trì", found.leads, snapshot, view),
        *_tasks("Nhận từ cơ quan trước đây", found.inherited, snapshot, view),
        *_tasks("Phối hợp", found.supports, snapshot, view),
        _answers(found, snapshot, view),
        view=view,
        current="/nhiem-vu",
    )


def finding(found: AgencyPage, *, is_whole: bool) -> str:
    """How many tasks it leads and what is known about them; `is_whole` only when every task has been entered."""
    counts = dict(found.counts)
    now = found.successors[0].agency.name if found.successors else ""
    name = found.agency.name + (f" (nay: {now})" if now else "")
    total = len(found.leads)
    if not total:
        inherited = f", nhận {len(found.inherited)} nhiệm vụ từ cơ quan trước đây" if found.inherited else ""
        if is_whole:
            return f"{name}: không được giao chủ trì dưới tên này{inherited}"
        return f"{name}: chưa thấy việc chủ trì trong phần đã nhập{inherited}"
    overdue, silent = counts.get(TaskState.OVERDUE, 0), counts.get(TaskState.NO_REPORT, 0)
    told = [f"{overdue} quá hạn chưa hoàn thành"] if overdue else []
    part = counts.get(TaskState.IN_PART, 0)
    told += [f"{part} mới báo cáo một phần"] if part else []
    told += [f"{silent} chưa có báo cáo"] if silent else []
    return f"{name}: chủ trì {total} nhiệm vụ" + (f", {', '.join(told)}" if told else "")


def _handover(found: AgencyPage, view: View) -> Element | None:
    if not found.successors:
        return None
    main = found.successors[0]
    parts: list[Piece] = [
        icon("unequal"),
        f"Từ {words.day(main.on)} việc của cơ quan này do ",
        html.A(main.agency.name, href=agency_path(main.agency.code) + view.query()),
        f" đảm nhiệm ({main.legal_basis})",
        f"; xã, phường nào nhận việc nào {NEEDS_DECISION}." if needs_decision(found.agency) else ".",
    ]
    return html.P(parts, className="notice")


def _facts(found: AgencyPage, view: View) -> Element:
    short = "" if found.agency.short_name == found.agency.name else f" ({found.agency.short_name})"
    pairs: list[tuple[str, Content]] = [("Tên trong văn bản", f"{found.agency.name}{short}")]
    pairs.append(("Nay là", _links(found.successors, view) if found.successors else "không đổi tên"))
    if found.predecessors:
        pairs.append(("Nhận việc của", _links(found.predecessors, view)))
    if found.agency.remark:
        pairs.append(("Lưu ý", found.agency.remark))
    feed = html.A("Thêm vào lịch làm việc (.ics)", href=view.link(f"/lich/co-quan/{found.agency.code}.ics"))
    pairs.append(("Lịch", feed))
    return facts(pairs)


def _links(lines: Sequence[SuccessionLine], view: View) -> Element:
    items = [
        html.Li(
            [
                html.A(line.agency.name, href=agency_path(line.agency.code) + view.query()),
                f" ({line.scope})" if line.scope else "",
                html.Small(f" {line.legal_basis}, từ {words.day(line.on)}"),
            ]
        )
        for line in lines
    ]
    return html.Ul(items, className="agency-list")


def _summary(found: AgencyPage, *, is_whole: bool) -> Element:
    if not found.leads:
        none = "Không có nhiệm vụ nào" if is_whole else "Trong phần đã nhập không có nhiệm vụ nào"
        return section("Tình trạng việc chủ trì", html.P(f"{none} đứng tên cơ quan này."))
    return section("Tình trạng việc chủ trì", state_bar(found.counts), rate_lines(found.rates))


def _tasks(title: str, lines: Sequence[TaskLine], snapshot: Snapshot, view: View) -> list[Element]:
    if not lines:
        return []
    blocks: list[Element] = []
    for slug, few in groupby(sorted(lines, key=lambda line: line.task.programme), key=lambda line: line.task.programme):
        heading = programme_heading(slug, snapshot)
        blocks += [html.H3(heading), task_table(list(few), snapshot, view, f"{title}: {heading}")]
    return [section(f"{title} ({len(lines)})", *blocks)]


def _answers(found: AgencyPage, snapshot: Snapshot, view: View) -> Element | None:
    if not found.requests and not found.petitions:
        return empty("Chưa có yêu cầu giải trình hay kiến nghị nào gửi cơ quan này.", "")
    requests = [line for line in build_requests(snapshot) if line.row in found.requests]
    petitions = [line for line in build_petitions(snapshot).lines if line.row in found.petitions]
    return section(
        "Giải trình và kiến nghị", request_table(requests, snapshot, view), petition_table(petitions, snapshot, view)
    )
