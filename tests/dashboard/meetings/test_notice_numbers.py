"""No number stands in the notice of conclusions that is not the API's, or that an officer did not write into it."""

from __future__ import annotations

import io
from datetime import date

import pytest
from docx import Document

from dashboard.meetings.data.meetings import build_meeting
from dashboard.meetings.papers_job import notice
from models.rows import export_rows
from tests.dashboard.reports.said_numbers import Known, api_tables

CONCLUSION, WORK = "Ghi nhận kết quả, phấn đấu tăng 7,3%", "Rà soát 41 liên hiệp"


def lines(content: bytes, stamp: str) -> list[str]:
    document = Document(io.BytesIO(content))
    found = [paragraph.text for paragraph in document.paragraphs]
    found += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    for section in document.sections:
        found += [paragraph.text for paragraph in (*section.header.paragraphs, *section.footer.paragraphs)]
    return [line.replace(stamp, " ") for line in found if line.strip()]


@pytest.fixture
def held(site):
    """A meeting on Thanh Hóa that concluded something about each of its screens."""
    meeting = site.open_meeting()
    for screen in range(1, 9):
        site.send(meeting + "/ghi", loai="conclusion", noi_dung=CONCLUSION, trang=str(screen))
    asked = {"co_quan": "so-tai-chinh", "han": "01/12/2026", "trang": "3"}
    for kind in ("assignment", "explanation"):
        assert site.send(meeting + "/ghi", loai=kind, noi_dung=WORK, **asked).status_code == 303
    return site


def known_of(site) -> Known:
    with site.app.server.app_context():
        found = build_meeting(1)
    with site.door.session() as session:
        tables = api_tables(lambda name: export_rows(name, session, found.snapshot.moment, is_day_asked=True))
    agencies = [view.name for view in found.snapshot.agencies.values()]
    return Known(tables, "thanh-hoa", [*agencies, CONCLUSION, WORK, found.meeting.held_on, date(2026, 12, 1)])


def made(site) -> tuple[list[str], list[str]]:
    """The lines of the notice, and of what it says about promises."""
    with site.app.server.app_context():
        found = build_meeting(1)
        told = lines(notice(found), found.meeting.snapshot_id)
    return told, [line for line in told if CONCLUSION in line and "cam kết 2030" in line]


def test_every_number_of_the_notice_is_the_apis_or_the_officers(held) -> None:
    told, about_promises = made(held)
    assert len(about_promises) >= 3 and any("82.841" in line for line in about_promises)
    assert known_of(held).leftover(told) == []


def test_a_value_that_changed_after_the_meeting_is_not_in_its_notice(held) -> None:
    before, _ = made(held)
    held.change_value("htx_member_count", 260_000)
    after, _ = made(held)
    assert after == before
    assert not any("74.841" in line or "260.000" in line for line in after)


def test_a_number_that_nobody_gave_would_be_found(held) -> None:
    assert known_of(held).leftover(["còn thiếu 82.842 người so với cam kết 2030"]) != []
