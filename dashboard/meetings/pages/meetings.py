"""`/hop`: past meetings, opening a new one, and the papers of every place in one go."""

from __future__ import annotations

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import list_meetings, overdue_tasks, start_meeting
from dashboard.meetings.pages.papers import papers_form
from dashboard.reports.kinds import FORMATS, places_with_programmes
from dashboard.ui import html, words
from dashboard.ui.address import HORIZONS, View
from dashboard.ui.form import choice_field, text_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.table import Row, data_table, figures, wide
from dashboard.web.form_values import needed_text, text
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation, why_no_form
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section
from models.accounts.rights import Action
from models.tasks.meeting import Meeting

COLUMNS = (wide("Phiên họp"), "Ngày", "Địa bàn", figures("Năm mốc"), "Mã số liệu", "Người mở")


@page("/hop", title="Phiên họp", right=VIEW)
def _layout(snapshot: Snapshot, view: View, **_: str) -> Element:
    meetings = list_meetings()
    none = empty("Chưa có phiên họp nào.", "Phiên đã mở đứng ở đây, giữ nguyên số liệu của ngày họp.")
    title = f"{len(meetings)} phiên họp đã mở" if meetings else "Phiên họp: chưa mở phiên nào"
    return page_frame(
        title,
        section("Các phiên họp", _table(meetings, snapshot) if meetings else none),
        _forms(snapshot),
        view=view,
        current="/hop",
        lead="Mỗi phiên giữ nguyên số liệu như lúc mở: mở lại sau này vẫn thấy đúng những con số đó.",
    )


def _table(meetings: list[Meeting], snapshot: Snapshot) -> Element:
    rows: list[Row] = [
        [
            html.A(row.title, href=f"/hop/{row.id}", className="strong"),
            words.day(row.held_on),
            snapshot.places[row.place].full_name if row.place else "mọi địa bàn",
            str(row.horizon),
            row.snapshot_id,
            row.actor if row.is_actor_verified else f"{row.actor} (chưa xác thực)",
        ]
        for row in meetings
    ]
    return data_table(COLUMNS, rows, caption="Các phiên họp, mới nhất trước")


def _forms(snapshot: Snapshot) -> Element:
    """Both forms; who may send neither reads once why."""
    if why_no_form("/hop/mo") and why_no_form("/hop/tai-lieu"):
        return section("Mở phiên họp, làm tài liệu", _form(snapshot))
    papers = section(
        "Tài liệu của mọi địa bàn",
        html.P("Làm một lượt cho mọi địa bàn có chương trình; trang sau cho biết đã làm đến đâu."),
        papers_form("/hop/tai-lieu", FORMATS),
    )
    return html.Div([section("Mở phiên họp mới", _form(snapshot)), papers], className="pair")


def _form(snapshot: Snapshot) -> Element:
    places = [(slug, snapshot.places[slug].full_name) for slug in places_with_programmes(snapshot.programmes)]
    tasks = [
        (view.task.key, f"{snapshot.places[view.task.place].name}: {view.task.title[:110]}")
        for view in overdue_tasks(snapshot)
    ]
    promises = [
        (view.key, f"{snapshot.places[view.place].name}: {snapshot.indicators[view.indicator].name}")
        for view in snapshot.gaps_in_force
        if view.gap.target and view.gap.latest is None
    ]
    return change_form(
        "/hop/mo",
        text_field("Tên phiên họp", "ten", value="Phiên họp Ban Chỉ đạo phát triển kinh tế tập thể"),
        choice_field("Địa bàn", "dia-ban", [("", "Mọi địa bàn"), *places]),
        choice_field("Năm mốc", "nam-moc", [(str(year), str(year)) for year in HORIZONS]),
        choice_field("Thêm một nhiệm vụ", "them", [("", "–"), *tasks], hint="Quá hạn hoặc chưa có báo cáo."),
        choice_field("Thêm một cam kết chưa có số liệu", "them-cam-ket", [("", "–"), *promises]),
        submit="Mở phiên họp",
    )


@mutation("/hop/mo", action=Action.UPDATE, place=whose.field("dia-ban", otherwise=whose.WHOLE), words="Mở phiên họp")
def open_meeting(writer: Writer, form: Form) -> str:
    """Freeze a moment and lay down the agenda."""
    today = repository().settings.as_of
    snapshot = repository().today()
    place, horizon = text(form, "dia-ban") or None, text(form, "nam-moc")
    if place is not None and place not in snapshot.places:
        raise WriteRefusedError("Không có địa bàn này: chọn lại trong danh sách; chưa mở phiên.")
    if horizon not in {str(year) for year in HORIZONS}:
        raise WriteRefusedError("Chưa chọn năm mốc: chọn rồi gửi lại; chưa mở phiên.")
    title = needed_text(form, "ten", "Tên phiên họp", 200)
    known = {view.key for view in snapshot.gaps_in_force} | {view.task.key for view in snapshot.follow.tasks}
    chosen = [key for name in ("them", "them-cam-ket") if (key := text(form, name))]
    if not known.issuperset(chosen):
        raise WriteRefusedError("Mục thêm vào không còn: chọn lại trong danh sách; chưa mở phiên.")
    who = writer.author("mở phiên họp")
    return f"/hop/{start_meeting(place, int(horizon), today, title, chosen, who)}"
