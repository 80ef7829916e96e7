"""A job that makes papers in its own process, keeps them by checksum and says how far it is."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.meetings.data.meetings import build_meeting
from dashboard.meetings.notice import notice
from dashboard.meetings.values import MeetingPage
from dashboard.reports.data.papers import keep_paper, list_papers, tell_job
from dashboard.reports.kinds import FORMATS, NOTICE, UnknownFormatError, known_formats
from dashboard.reports.make import MadePaper, MissingPaper, make_papers
from dashboard.reports.values import snapshot_id
from dashboard.ui.html import Element
from models.places.place import COUNTRY

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
