"""A job that makes papers in its own process, keeps them by checksum and says how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from docx.document import Document as WordDocument

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import build_meeting
from dashboard.meetings.values import PROMISE, MeetingPage
from dashboard.reports.data.papers import keep_paper, list_papers, tell_job
from dashboard.reports.kinds import FORMATS, NOTICE, UnknownFormatError, known_formats
from dashboard.reports.make import MadePaper, MissingPaper, make_papers
from dashboard.reports.office_form import (
    Columns,
    body,
    letterhead,
    new_document,
    recipients,
    small,
    table,
    title,
    to_bytes,
)
from dashboard.reports.values import paper_row, snapshot_id
from dashboard.tasks.decided import ConclusionKind, Decided
from dashboard.ui import words
from dashboard.ui.html import Element
from models.places.place import COUNTRY

WORK_COLUMNS: Columns = (("Số", 1.6), ("Nội dung", 7.4), ("Cơ quan thực hiện", 4.9), ("Hạn", 2.6))


def notice(found: MeetingPage, *, agency: str = "") -> bytes:
    """The conclusions of one meeting; `agency` may stay blank to be filled in by the office."""
    meeting = found.meeting
    about = f"Kết luận {meeting.title[0].lower()}{meeting.title[1:]}"
    document = new_document(about)
    issuer = next(
        (p.issuer_text.upper() for p in found.snapshot.programmes.values() if p.place == meeting.place), "..."
    )
    place = found.snapshot.places[meeting.place].name if meeting.place else "..."
    letterhead(document, agency or issuer, place, "TB")
    title(document, "THÔNG BÁO", about)
    body(
        document,
        f"Ngày {words.day(meeting.held_on)}, phiên họp đã xem xét tình hình thực hiện cam kết về kinh tế tập thể "
        f"của {found.place_name} và thống nhất kết luận như sau:",
    )
    _earlier(document, found)
    _conclusions(document, found)
    _work(document, found)
    small(
        document,
        f"Số liệu của phiên họp biết đến {words.day(meeting.known_on)}; mã số liệu {meeting.snapshot_id}.",
    )
    recipients(document, ("- ...;", "- Lưu: VT."))
    return to_bytes(document)


def _earlier(document: WordDocument, found: MeetingPage) -> None:
    waiting = [item for item in found.previous_decided if item.outcome]
    if not waiting or found.previous is None:
        return
    body(document, f"Về việc thực hiện kết luận phiên ngày {words.day(found.previous.held_on)}:", bold=True)
    for item in waiting:
        who = f"{item.agency}: " if item.agency else ""
        body(document, f"- {who}{item.row.text} ({item.outcome}).")


def _conclusions(document: WordDocument, found: MeetingPage) -> None:
    told = [item for item in found.recorded if item.row.kind == ConclusionKind.CONCLUSION]
    body(document, "Kết luận:", bold=True)
    if not told:
        body(document, "Phiên họp không ghi kết luận chung.")
    for number, item in enumerate(told, start=1):
        body(document, f"{number}. {_about(item, found)}{item.row.text}")


def _about(item: Decided, found: MeetingPage) -> str:
    view = next((view for view in found.snapshot.gaps if view.key == item.row.subject), None)
    return f"{paper_row(view, found.snapshot).finding}: " if view and item.row.subject_kind == PROMISE else ""


def _work(document: WordDocument, found: MeetingPage) -> None:
    told = [item for item in found.recorded if item.row.kind != ConclusionKind.CONCLUSION]
    if not told:
        return
    body(document, "Giao việc và yêu cầu giải trình:", bold=True)
    rows = []
    for number, item in enumerate(told, start=1):
        kind = "Giải trình: " if item.row.kind == ConclusionKind.EXPLANATION else ""
        rows.append((str(number), kind + item.row.text, item.agency, words.day(item.row.due_on)))
    table(document, WORK_COLUMNS, rows)


log = logging.getLogger(__name__)


def run_job(number: int, asked: dict[str, Any], page: Callable[..., Element]) -> int:
    """Make everything a job asks for; 0 when all of it was made. What went wrong is told to the waiting page."""
    try:
        missing = _make_all(number, asked, page)
    except UnknownFormatError as error:
        tell_job(number, status="failed", message=str(error))
        return 1
    except Exception:  # nobody else reads this process; the cause stands in its log
        log.exception("papers could not be made")
        tell_job(number, status="failed", message="Không làm được tài liệu. Báo người quản trị kèm giờ xảy ra.")
        return 1
    if missing:
        names = ", ".join(paper.name for paper in missing)
        tell_job(number, status="failed", message=f"{missing[0].reason} Còn thiếu: {names}. Tài liệu khác đã xong.")
        return 1
    tell_job(number, status="done", message="")
    return 0


def _make_all(number: int, asked: dict[str, Any], page: Callable[..., Element]) -> list[MissingPaper]:
    meeting = build_meeting(asked["meeting"]) if asked.get("meeting") else None
    snapshot = meeting.snapshot if meeting else repository().today()
    formats = [name for name in known_formats(asked["formats"], (*FORMATS, NOTICE)) if name != NOTICE]
    missing: list[MissingPaper] = []
    total = sum(programme.place in asked["places"] for programme in snapshot.programmes.values()) * len(formats)
    wants_notice = meeting is not None and NOTICE in asked["formats"]
    tell_job(number, status="running", total_count=total + wants_notice)
    stamp, done = snapshot_id(snapshot), 0
    kept = (
        {(p.place, p.format) for p in list_papers(meeting=asked["meeting"]) if p.snapshot_id == stamp}
        if meeting
        else set()
    )
    for slug in asked["places"]:
        fresh = tuple(name for name in formats if (slug, name) not in kept)
        done += len(formats) - len(fresh)  # kept ones are handed out again, never made anew
        tell_job(number, done_count=done, message=snapshot.places[slug].full_name)
        for paper in make_papers(snapshot, slug, fresh, page):
            if isinstance(paper, MissingPaper):
                missing.append(paper)
                continue
            _keep(paper, number, snapshot, asked.get("meeting"))
            done += 1
            tell_job(number, done_count=done)
    if meeting is not None and wants_notice:
        _keep(_notice(meeting), number, snapshot, asked["meeting"])
        tell_job(number, done_count=done + 1)
    return missing


def _keep(paper: MadePaper, job: int, snapshot: Snapshot, meeting: int | None) -> None:
    keep_paper(
        paper.content,
        name=paper.name,
        place=paper.place,
        format=paper.format,
        stamp=snapshot_id(snapshot),
        known_on=snapshot.moment.known_on,
        meeting_id=meeting,
        job_id=job,
    )


def _notice(found: MeetingPage) -> MadePaper:
    place = found.meeting.place or COUNTRY
    name = f"thong-bao-ket-luan-phien-{found.meeting.id}-{found.meeting.snapshot_id}.docx"
    return MadePaper(name, notice(found), place, NOTICE)
