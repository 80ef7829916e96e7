"""The part of `/doi-soat` that says who has not reported, against the province's own date."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.data.reporting import build_reporting
from dashboard.reconciliation.parts.reconciling import missing_reports, reporting_facts
from dashboard.reconciliation.values import Answer, Sources
from dashboard.ui import html, words
from dashboard.ui.empty import empty
from dashboard.web.shell import section


def reports_part(snapshot: Snapshot, chosen: Sources, _rest: dict[str, str]) -> Answer:
    """What came in for the year, how late, and who is missing."""
    if chosen.place is None:
        return "Chưa có địa bàn nào", []
    found = build_reporting(snapshot, chosen.place, chosen.year)
    if not found.total:
        nothing = empty("Sổ đăng ký chưa có tổ chức nào của địa bàn này.", "Nạp danh sách để biết ai chưa báo cáo.")
        return f"{chosen.name}: chưa có danh sách", [section("So với hạn", reporting_facts(found)), nothing]
    silent = words.number(found.missing_count) if found.missing_count else "không có tổ chức nào"
    title = f"{chosen.name}: {silent} chưa báo cáo, trong {words.number(found.total)} HTX, LHHTX"
    tables = missing_reports(found) if found.missing_count else [html.P("Mọi tổ chức đã báo cáo.")]
    return title, [section("So với hạn", reporting_facts(found)), section("Chưa báo cáo", *tables)]
