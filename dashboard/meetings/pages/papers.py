"""Papers handed out and the jobs that make them: `/hop/viec/<id>` says how far, `/hop/tep/<id>` gives the bytes."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Response, current_app

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import build_meeting
from dashboard.reports.data.job_process import CUT
from dashboard.reports.data.papers import (
    JobView,
    LostPaperError,
    list_papers,
    read_job,
    read_paper,
    start_again,
    start_job,
)
from dashboard.reports.kinds import (
    FORMAT_WORDS,
    FORMATS,
    NOTICE,
    UnknownFormatError,
    known_formats,
    places_with_programmes,
)
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.form import tick_field
from dashboard.ui.html import Element
from dashboard.ui.markup import spoken
from dashboard.web import errors
from dashboard.web.mutations import Form, Writer, WriteRefusedError, change_form, mutation
from dashboard.web.page_layout import page_layout
from dashboard.web.plain_page import answer
from dashboard.web.refusals import told
from dashboard.web.routes import route
from dashboard.web.rules import PAPERS, VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.accounts.rights import Action
from models.tasks.meeting import Paper

SECONDS = "2"


def papers_form(action: str, formats: Sequence[str] = (*FORMATS, NOTICE)) -> Element:
    """Which papers to make."""
    ticks = [tick_field(FORMAT_WORDS[name], "tep", value=name, ticked=True) for name in formats]
    return change_form(action, html.Fieldset([html.Legend("Tài liệu"), *ticks]), submit="Làm tài liệu")


def papers_list(papers: Sequence[Paper], snapshot: Snapshot) -> Element:
    """The papers as links, each with its place, file name, size and checksum."""
    if not papers:
        return html.P("Chưa có tài liệu nào.")
    rows = [
        html.Li(
            [
                html.A(f"{FORMAT_WORDS[paper.format]}, {_place(paper, snapshot)}", href=f"/hop/tep/{paper.id}"),
                html.Small(
                    f" {paper.name} · {words.number(max(1, paper.size // 1024))} KB · mã kiểm {paper.checksum[:12]}"
                ),
            ]
        )
        for paper in papers
    ]
    return html.Ul(rows, className="plain-list")


def _place(paper: Paper, snapshot: Snapshot) -> str:
    place = snapshot.places.get(paper.place)
    return place.full_name if place else paper.place


@route("/hop/viec/<int:number>", right=VIEW)
def show_job(number: int) -> Response:
    """How far a job is; the page asks again by itself until it is over."""
    job = read_job(number)
    response = answer(_job_page(job=job), "Làm tài liệu")
    if job is not None and not job.is_over:
        response.headers["Refresh"] = SECONDS
    return response


@page_layout
def _job_page(snapshot: Snapshot, view: View, job: JobView | None = None, **_: object) -> Element:
    if job is None:
        return errors.not_found(view, "Không có việc này.", "Mở lại từ trang Phiên họp.")
    back = f"/hop/{job.meeting_id}" if job.meeting_id else "/hop"
    papers = list_papers(meeting=job.meeting_id) if job.meeting_id else list_papers(job=job.id)
    bar = html.Progress(value=str(job.done_count), max=str(job.total_count or 1), **spoken("Tiến độ"))
    waits = f"Trước việc này còn {words.number(job.ahead)} việc. Máy chủ làm lần lượt; trang này tự cập nhật."
    return page_frame(
        _job_title(job),
        breadcrumbs([("Phiên họp", back)]),
        section("Tiến độ", html.P(waits))
        if job.is_waiting
        else section("Tiến độ", bar, html.P(f"Đang làm: {job.message}") if job.message and not job.is_over else None),
        section("Không làm xong", *_failed(job)) if job.is_lost or job.status == "failed" else None,
        section("Tài liệu đã xong", papers_list(papers, snapshot)),
        view=view,
        current="/hop",
    )


def _failed(job: JobView) -> list[Element]:
    """Why it stopped, and the way to try again: nothing that is done is lost."""
    form = change_form(f"{JOB_PATH}/{job.id}/lam-lai", submit="Làm lại")
    return [html.P(CUT if job.is_lost else job.message), form]


def _job_title(job: JobView) -> str:
    if job.is_waiting:
        return "Tài liệu đang chờ tới lượt"
    told = f"{job.done_count}/{job.total_count or '?'} tài liệu"
    if job.status == "done":
        return f"Đã làm xong {told}"
    return f"Dừng ở {told}" if job.is_over else f"Đang làm tài liệu: {told}"


@route("/hop/tep/<int:number>", right=PAPERS)
def send_paper(number: int) -> Response:
    """The bytes as they were handed out."""
    try:
        found = read_paper(number)
    except LostPaperError as error:
        return told(410, "Không còn tài liệu này", str(error))
    if found is None:
        return told(404, "Không tìm thấy", "Không có tài liệu này. Mở lại từ trang Phiên họp.")
    paper, content = found
    response = current_app.response_class(content, mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{paper.name}"'
    response.headers["ETag"] = f'"{paper.checksum}"'
    return response


JOB_PATH = "/hop/viec"


@mutation(
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
    return f"/hop/viec/{start_job(places, _formats(form, (*FORMATS, NOTICE)), writer.name, number)}"


@mutation("/hop/viec/<int:number>/lam-lai", action=Action.EXPORT, place=whose.unscoped, noted="paper", words="Làm lại")
def make_papers_again(writer: Writer, form: Form, number: int) -> str:
    """Start a job once more that came to nothing."""
    again = start_again(number, writer.name)
    if again is None:
        raise WriteRefusedError("Không có việc này: mở lại từ trang Phiên họp; chưa làm gì.")
    return f"/hop/viec/{again}"


@mutation("/hop/tai-lieu", action=Action.EXPORT, place=whose.unscoped, noted="paper", words="Làm tài liệu")
def make_all_papers(writer: Writer, form: Form) -> str:
    """Start making the papers of every place."""
    places = places_with_programmes(repository().today().programmes)
    return f"/hop/viec/{start_job(places, _formats(form, FORMATS), writer.name)}"


def _formats(form: Form, among: Sequence[str]) -> Sequence[str]:
    try:
        chosen = known_formats(form.getlist("tep"), among)
    except UnknownFormatError as error:
        raise WriteRefusedError(f"{error} Chưa làm gì.") from error
    if not chosen:
        raise WriteRefusedError("Chưa chọn tài liệu nào: đánh dấu ít nhất một loại rồi gửi lại.")
    return chosen
