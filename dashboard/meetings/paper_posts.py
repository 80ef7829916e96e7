"""What the forms about papers start: the papers of a meeting, of every place, and a job once more."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.access import owner_place as whose
from dashboard.db.read_session import repository
from dashboard.meetings.data.meetings import build_meeting
from dashboard.reports.data.papers import TooManyWaitingError, start_again, start_job
from dashboard.reports.kinds import FORMATS, NOTICE, UnknownFormatError, known_formats, places_with_programmes
from dashboard.web.mutations import Form, TooManyError, Writer, WriteRefusedError, mutation
from models.accounts.rights import Action

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
    return f"/hop/viec/{_start(places, _formats(form, (*FORMATS, NOTICE)), writer.name, number)}"


@mutation("/hop/viec/<int:number>/lam-lai", action=Action.EXPORT, place=whose.unscoped, noted="paper", words="Làm lại")
def make_papers_again(writer: Writer, form: Form, number: int) -> str:
    """Start a job once more that came to nothing."""
    try:
        again = start_again(number, writer.name)
    except TooManyWaitingError as error:
        raise TooManyError(str(error)) from error
    if again is None:
        raise WriteRefusedError("Không có việc này: mở lại từ trang Phiên họp; chưa làm gì.")
    return f"/hop/viec/{again}"


@mutation("/hop/tai-lieu", action=Action.EXPORT, place=whose.unscoped, noted="paper", words="Làm tài liệu")
def make_all_papers(writer: Writer, form: Form) -> str:
    """Start making the papers of every place."""
    places = places_with_programmes(repository().today().programmes)
    return f"/hop/viec/{_start(places, _formats(form, FORMATS), writer.name)}"


def _start(places: list[str], formats: Sequence[str], actor: str, meeting: int | None = None) -> int:
    try:
        return start_job(places, formats, actor, meeting)
    except TooManyWaitingError as error:
        raise TooManyError(str(error)) from error


def _formats(form: Form, among: Sequence[str]) -> Sequence[str]:
    try:
        chosen = known_formats(form.getlist("tep"), among)
    except UnknownFormatError as error:
        raise WriteRefusedError(f"{error} Chưa làm gì.") from error
    if not chosen:
        raise WriteRefusedError("Chưa chọn tài liệu nào: đánh dấu ít nhất một loại rồi gửi lại.")
    return chosen
