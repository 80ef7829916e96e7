"""`/doi-soat`: where sources disagree, who has not reported, what was loaded, what readers say is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlencode

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.data.reconciliation import build_sources
from dashboard.reconciliation.data.remarks import count_open
from dashboard.reconciliation.data.reporting import build_reporting
from dashboard.reconciliation.pages.lists import lists_part
from dashboard.reconciliation.pages.remarks import remarks_part
from dashboard.reconciliation.pages.runs import runs_part
from dashboard.reconciliation.parts.reconciling import missing_reports, reporting_facts
from dashboard.reconciliation.parts.sources import sources_table
from dashboard.reconciliation.values import Answer, ReconciliationLine, Sources
from dashboard.register.parts.register_parts import demo_notice, past_notice
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_year
from dashboard.ui.form import button, choice_field, hidden
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.markup import fold, spoken, way
from dashboard.web.mutations import refusal
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.accounts.rights import Action


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


ADDRESS = "/doi-soat"
REPORTS = "bao-cao"
PARTS = {
    "": "Nguồn lệch nhau",
    "danh-sach": "Danh sách theo tên",
    REPORTS: "Ai chưa báo cáo",
    "luot-nap": "Lượt nạp, hoàn tác",
    "phan-anh": "Phản ánh",
}
UNCOMPARED = "Chưa so được: các số khác ngày hoặc khác cách tính"


@page(ADDRESS, title="Đối soát số liệu", right=VIEW)
def layout(snapshot: Snapshot, view: View, muc: str = "", **rest: str) -> Element:
    """One part of the page, for one place and year."""
    place, year = rest.get("dia-ban", ""), read_year(rest.get("nam-so"))
    chosen = build_sources(snapshot, place, year, view.recorded_at)
    if muc == REPORTS and year:  # of who has not reported one may ask for a year that nobody said anything about
        chosen = replace(chosen, year=year, years=tuple(sorted({*chosen.years, year}, reverse=True)))
    build = BUILDERS.get(muc, _sources)
    title, content = build(snapshot, chosen, rest)
    return page_frame(
        title,
        demo_notice(repository().settings.is_demo),
        past_notice(view, PARTS[muc]) if muc in PARTS and muc else None,
        _parts(muc, chosen, view),
        _choice(muc, chosen) if muc not in ("luot-nap", "phan-anh") else None,
        *content,
        view=view,
        current=ADDRESS,
    )


def _parts(muc: str, chosen: Sources, view: View) -> Element:
    links = [
        way(label + (f" ({count_open()})" if key == "phan-anh" else ""), _address(key, chosen), is_here=key == muc)
        for key, label in PARTS.items()
    ]
    return html.Nav(links, className="parts", **spoken("Phần của trang đối soát"))


def _address(muc: str, chosen: Sources, **more: str) -> str:
    said = {"muc": muc, "dia-ban": chosen.place.slug if chosen.place else "", "nam-so": str(chosen.year or ""), **more}
    return f"{ADDRESS}?" + urlencode({name: value for name, value in said.items() if value})


def _choice(muc: str, chosen: Sources) -> Element:
    """Place and year, in the address bar."""
    places = [(place.slug, place.full_name) for place in chosen.places]
    years = [(str(year), str(year)) for year in chosen.years]
    fields = [
        hidden("muc", muc) if muc else None,
        choice_field("Địa bàn", "dia-ban", places, chosen=chosen.place.slug if chosen.place else ""),
        choice_field("Năm", "nam-so", years, chosen=str(chosen.year)),
        button("Xem", kind="plain-button"),
    ]
    return html.Form(fields, action=ADDRESS, method="GET", className="form in-line")


def _sources(snapshot: Snapshot, chosen: Sources, _rest: dict[str, str]) -> Answer:
    if not chosen.lines:
        nothing = empty("Chưa có gì để đối soát.", "Nạp danh sách hoặc số liệu công bố của địa bàn này.")
        return f"{chosen.name}: chưa có số liệu", [nothing]
    may = not refusal(Action.CLOSE, chosen.place.slug if chosen.place else None)
    note = chosen.register_note if not chosen.has_register else ""
    apart = tuple(line for line in chosen.lines if line.differs)
    agree = tuple(line for line in chosen.lines if line.agrees)
    apart_in_time = tuple(line for line in chosen.lines if line.spread is None and line.voices > 1)
    alone = tuple(line for line in chosen.lines if line.voices == 1)
    few = f"{len(alone)} chỉ tiêu chỉ có một nguồn"

    def table(lines: tuple[ReconciliationLine, ...], caption: str) -> Element:
        return sources_table(lines, snapshot, lambda line: _settle(line, chosen) if may else None, caption=caption)

    return f"{chosen.name}: {chosen.apart} chỉ tiêu lệch, {chosen.agreeing} chỉ tiêu khớp", [
        html.P(f"Sổ đăng ký: {note}", className="notice") if note else None,
        section("Lệch nhau, nhiều nhất xếp trước", table(apart, "Chỉ tiêu lệch nhau")) if apart else None,
        section("Khớp nhau", table(agree, "Chỉ tiêu khớp nhau")) if agree else None,
        section(UNCOMPARED, table(apart_in_time, UNCOMPARED)) if apart_in_time else None,
        section(few, fold("Xem từng chỉ tiêu", (table(alone, few)), kind=None)) if alone else None,
        html.P(
            "Số sổ đăng ký là số hệ thống đếm từ danh sách, không nối vào chuỗi công bố. Chỉ khi cán bộ chốt số, "
            "tình trạng cam kết mới dùng số ấy và ghi rõ.",
            className="source",
        ),
    ]


def _settle(line: ReconciliationLine, chosen: Sources) -> Element:
    query = urlencode(
        {"dia-ban": chosen.place.slug if chosen.place else "", "chi-tieu": line.indicator, "nam-so": chosen.year}
    )
    return html.A("Chốt lại" if line.official else "Chốt số", href=f"/chot-so?{query}")


BUILDERS: dict[str, Callable[[Snapshot, Sources, dict[str, str]], Answer]] = {
    "danh-sach": lists_part,
    REPORTS: reports_part,
    "luot-nap": runs_part,
    "phan-anh": remarks_part,
}
