"""Papers handed out and the jobs that make them: `/hop/viec/<id>` says how far, `/hop/tep/<id>` gives the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask import Response, current_app

from dashboard import errors, words
from dashboard.address import View
from dashboard.components.form import tick_field
from dashboard.data import whose
from dashboard.data.meetings import build_meeting
from dashboard.data.papers import LostPaperError, list_papers, read_job, read_paper, start_again, start_job
from dashboard.data.snapshot import door
from dashboard.guard import page_layout
from dashboard.meeting_values import JobView
from dashboard.plain_page import answer
from dashboard.reports.kinds import FORMATS, NOTICE, places_with_programmes
from dashboard.shell import breadcrumbs, page, section
from dashboard.snapshot import Snapshot
from dashboard.writing import Form, Writer, WriteRefusedError, change_form, changing, refused, work
from models.meeting import Paper
from models.reading import Moment
from models.rights import Action

FORMAT_WORDS = {
    "docx": "Word: báo cáo tình hình thực hiện",
    "pptx": "PowerPoint: trình chiếu",
    "xlsx": "Excel: cam kết với công thức",
    "pdf": "PDF: trang của tỉnh",
    NOTICE: "Word: thông báo kết luận",
}
SHORT_WORDS = {"docx": "Word", "pptx": "PowerPoint", "xlsx": "Excel", "pdf": "PDF", NOTICE: "Thông báo kết luận"}
SECONDS = "2"


def papers_form(action: str, formats: Sequence[str] = (*FORMATS, NOTICE)) -> Component:
    """Which papers to make."""
    ticks = [tick_field(FORMAT_WORDS[name], "tep", value=name, ticked=True) for name in formats]
    return change_form(action, html.Fieldset([html.Legend("Tài liệu"), *ticks]), submit="Làm tài liệu")


def papers_list(papers: Sequence[Paper]) -> Component:
    """The papers as links, each with its place, size and stamp."""
    if not papers:
        return html.P("Chưa có tài liệu nào.")
    rows = [
        html.Li(
            [
                html.A(f"{SHORT_WORDS[paper.format]}, {paper.name}", href=f"/hop/tep/{paper.id}"),
                html.Small(f" {words.number(max(1, paper.size // 1024))} KB · mã kiểm {paper.checksum[:12]}"),
            ]
        )
        for paper in papers
    ]
    return html.Ul(rows, className="plain-list")


@work.get("/hop/viec/<int:number>")
def show_job(number: int) -> Response:
    """How far a job is; the page asks again by itself until it is over."""
    job = read_job(number)
    response = answer(_job_page(job=job), "Làm tài liệu")
    if job is not None and not job.is_over:
        response.headers["Refresh"] = SECONDS
    return response


@page_layout
def _job_page(snapshot: Snapshot, view: View, job: JobView | None = None, **_: object) -> Component:
    if job is None:
        return errors.not_found(view, "Không có việc này.", "Mở lại từ trang Phiên họp.")
    back = f"/hop/{job.meeting_id}" if job.meeting_id else "/hop"
    papers = list_papers(meeting=job.meeting_id) if job.meeting_id else list_papers(job=job.id)
    bar = html.Progress(value=str(job.done_count), max=str(job.total_count or 1), **{"aria-label": "Tiến độ"})
    return page(
        _job_title(job),
        breadcrumbs([("Phiên họp", back)]),
        section("Tiến độ", bar, html.P(f"Đang làm: {job.message}") if job.message and not job.is_over else None),
        section("Không làm xong", *_failed(job)) if job.is_lost or job.status == "failed" else None,
        section("Tài liệu đã xong", papers_list(papers)),
        view=view,
        current="/hop",
    )


def _failed(job: JobView) -> list[Component]:
    """Why it stopped, and the way to try again: nothing that is done is lost."""
    cut = (
        "Tiến trình đã dừng giữa chừng: máy chủ khởi động lại hoặc tiến trình bị tắt. "
        "Tài liệu đã xong vẫn giữ ở dưới; bấm “Làm lại” để thử lần nữa."
    )
    form = change_form(f"/hop/viec/{job.id}/lam-lai", submit="Làm lại")
    return [html.P(cut if job.is_lost else job.message), form]


def _job_title(job: JobView) -> str:
    told = f"{job.done_count}/{job.total_count or '?'} tài liệu"
    if job.status == "done":
        return f"Đã làm xong {told}"
    return f"Dừng ở {told}" if job.is_over else f"Đang làm tài liệu: {told}"


@work.get("/hop/tep/<int:number>")
def send_paper(number: int) -> Response:
    """The bytes as they were handed out."""
    try:
        found = read_paper(number)
    except LostPaperError as error:
        return refused(str(error), 410)
    if found is None:
        return refused("Không có tài liệu này. Mở lại từ trang Phiên họp.", 404)
    paper, content = found
    response = current_app.response_class(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{paper.name}"'
    response.headers["ETag"] = f'"{paper.checksum}"'
    return response


@changing(
    "/hop/<int:number>/tai-lieu",
    action=Action.EXPORT,
    place=whose.meeting,
    noted="paper",
    words="Làm tài liệu phiên họp",
)
def make_meeting_papers(writer: Writer, form: Form, number: int) -> str:
    """Start making the papers of a meeting."""
    found = build_meeting(number)
    if found is None:
        raise WriteRefusedError("Không có phiên họp này: mở lại từ danh sách; chưa làm gì.")
    every = places_with_programmes(found.snapshot.programmes)
    places = [slug for slug in every if found.meeting.place in (None, slug)]
    return f"/hop/viec/{start_job(places, _formats(form), writer.name, number)}"


@changing("/hop/viec/<int:number>/lam-lai", action=Action.EXPORT, place=whose.unsaid, noted="paper", words="Làm lại")
def make_papers_again(writer: Writer, form: Form, number: int) -> str:
    """Start a job once more that came to nothing."""
    again = start_again(number, writer.name)
    if again is None:
        raise WriteRefusedError("Không có việc này: mở lại từ trang Phiên họp; chưa làm gì.")
    return f"/hop/viec/{again}"


@changing("/hop/tai-lieu", action=Action.EXPORT, place=whose.unsaid, noted="paper", words="Làm tài liệu")
def make_all_papers(writer: Writer, form: Form) -> str:
    """Start making the papers of every place."""
    today = door().settings.as_of
    snapshot = door().snapshot(Moment(as_of=today, known_on=today))
    places = places_with_programmes(snapshot.programmes)
    formats = [name for name in _formats(form) if name != NOTICE]
    return f"/hop/viec/{start_job(places, formats, writer.name)}"


def _formats(form: Form) -> list[str]:
    chosen = [name for name in FORMAT_WORDS if name in form.getlist("tep")]
    if not chosen:
        raise WriteRefusedError("Chưa chọn tài liệu nào: đánh dấu ít nhất một loại rồi gửi lại.")
    return chosen
