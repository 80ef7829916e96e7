"""Papers are made in a process of their own, kept by checksum, and handed out again as the same bytes."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest
from docx import Document

from dashboard.meetings.data.meetings import build_meeting
from dashboard.meetings.papers_job import notice, run_job
from dashboard.reports.data.papers import JobView, keep_paper, papers_folder, read_job, start_job
from tests.patience import until


def wait_for(site, address: str) -> str:
    """Ask as a browser does, until the page no longer asks for itself again."""
    return str(until(lambda: ended(site.get(address)), what="the job does not end"))


def ended(answer) -> str:
    assert answer.headers.get("Refresh", "2") == "2"
    return "" if "Refresh" in answer.headers else str(answer.text)


def test_papers_of_a_meeting_are_made_in_the_background_and_kept_as_they_were(site) -> None:
    meeting = site.open_meeting()
    site.send(meeting + "/ghi", loai="conclusion", noi_dung="Ghi nhận kết quả", trang="2")
    answer = site.send(meeting + "/tai-lieu", tep=["docx", "xlsx", "thong-bao"])
    assert answer.status_code == 303
    page = wait_for(site, answer.headers["Location"])
    assert "Đã làm xong 3/3 tài liệu" in page
    links = re.findall(r"/hop/tep/\d+", page)
    first = [site.get(link) for link in links]
    assert [one.status_code for one in first] == [200] * 3
    for one in first:
        assert one.headers["ETag"].strip('"') == hashlib.sha256(one.data).hexdigest()
    site.change_value("htx_member_count", 260000)
    again = site.send(meeting + "/tai-lieu", tep=["docx", "xlsx"])
    assert "Đã làm xong 2/2 tài liệu" in wait_for(site, again.headers["Location"])
    assert re.findall(r"/hop/tep/\d+", site.get(meeting + "?trang=5").text) == links  # nothing was made anew
    assert [site.get(link).data for link in links] == [one.data for one in first]


def test_the_notice_holds_conclusions_and_assigned_work(site) -> None:
    meeting = site.open_meeting()
    site.send(meeting + "/ghi", loai="conclusion", noi_dung="Ghi nhận kết quả", trang="2")
    asked = {"co_quan": "so-tai-chinh", "han": "01/12/2026", "trang": "3"}
    site.send(meeting + "/ghi", loai="assignment", noi_dung="Rà soát thành viên", **asked)
    with site.app.server.app_context():
        found = build_meeting(1)
        assert found is not None
        document = Document(io.BytesIO(notice(found)))
    texts = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "THÔNG BÁO" in texts and "còn thiếu 2 LHHTX so với cam kết 2030: Ghi nhận kết quả" in texts
    assert ["1", "Rà soát thành viên", "Sở Tài chính", "01/12/2026"] in [
        [cell.text for cell in row.cells] for table in document.tables for row in table.rows if len(row.cells) == 4
    ]
    assert document.tables[0].rows[1].cells[0].text.endswith("/TB-")


def test_a_paper_that_is_not_what_it_was_is_not_handed_out(site) -> None:
    with site.app.server.app_context():
        stamp = {"stamp": "0123456789ab", "known_on": site.door.settings.as_of}
        number = keep_paper(b"as handed out", name="a.docx", place="thanh-hoa", format="docx", **stamp)
        (kept,) = papers_folder().iterdir()
    assert kept.name == hashlib.sha256(b"as handed out").hexdigest() and kept.parent.name == "papers"
    assert site.get(f"/hop/tep/{number}").data == b"as handed out"
    kept.write_bytes(b"changed since")
    assert site.get(f"/hop/tep/{number}").status_code == 410
    kept.unlink()
    assert site.get(f"/hop/tep/{number}").status_code == 410
    assert site.get("/hop/tep/999").status_code == 404 and site.get("/hop/viec/999").status_code == 404


def run_here(site, monkeypatch: pytest.MonkeyPatch, formats: list[str]) -> tuple[int, JobView]:
    """A job in this process; gives its exit code and how it ended."""
    from dashboard.targets.pages.place import layout

    monkeypatch.setattr("dashboard.reports.data.job_process.launch", lambda *_: None)
    with site.app.server.app_context():
        number = start_job(["ninh-thuan"], formats, "An")
        asked = {"places": ["ninh-thuan"], "formats": formats, "meeting": None}
        code = run_job(number, asked, layout.__wrapped__)
        job = read_job(number)
    assert job is not None
    return code, job


def test_without_chromium_a_job_makes_the_other_papers_and_says_which_is_missing(
    site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHROMIUM", "/does/not/exist")
    code, job = run_here(site, monkeypatch, ["pdf", "docx", "pptx", "xlsx"])
    assert code == 1 and job.status == "failed" and job.is_over and job.done_count == 3 and job.total_count == 4
    page = site.get(f"/hop/viec/{job.id}")
    assert "Refresh" not in page.headers and "Dừng ở 3/4 tài liệu" in page.text
    assert "Máy chủ không chạy được Chromium nên chưa in được PDF" in page.text and ".pdf" in page.text
    links = re.findall(r"/hop/tep/\d+", page.text)
    assert [site.get(link).status_code for link in links] == [200] * 3
    again = site.send(f"/hop/viec/{job.id}/lam-lai")
    assert again.status_code == 303


def test_a_kind_of_paper_that_nobody_knows_is_refused(site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It used to be printed as PDF, or left out in silence."""
    code, job = run_here(site, monkeypatch, ["docx", "odt"])
    assert code == 1 and job.done_count == 0 and "Không có loại tài liệu “odt”" in job.message
    for sent in (["docx", "odt"], ["docx", "thong-bao"], ["../x"]):  # conclusions are of a meeting only
        answer = site.send("/hop/tai-lieu", tep=sent)
        assert answer.status_code == 403 and "Không có loại tài liệu" in answer.text
    with site.app.server.app_context():
        assert read_job(job.id + 1) is None


def test_asking_twice_for_the_same_joins_the_running_job(site, monkeypatch: pytest.MonkeyPatch) -> None:
    launched: list[int] = []
    monkeypatch.setattr("dashboard.reports.data.job_process.launch", lambda *started: launched.append(started[2]))
    answers = [site.send("/hop/tai-lieu", tep=["docx"]).headers["Location"] for _ in range(2)]
    assert answers == ["/hop/viec/1"] * 2 and launched == [1]


def test_no_paper_chosen_is_told(site) -> None:
    answer = site.send("/hop/tai-lieu")
    assert answer.status_code == 403 and "Chưa chọn tài liệu nào" in answer.text


def test_papers_lie_beside_the_database_and_not_in_the_project(site, tmp_path: Path) -> None:
    with site.app.server.app_context():
        assert papers_folder().is_relative_to(tmp_path)
