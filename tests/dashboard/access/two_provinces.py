"""What two provinces keep for themselves: one row of every kind each, with texts that name the province."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models import registry as tables
from models.base.text import fold

MINE, OTHER = "gia-lai", "thanh-hoa"
NOW = datetime(2026, 11, 20, 8, tzinfo=UTC)
DAY = date(2026, 10, 31)
ONLY = "Chỉ riêng"
NUMBER = {MINE: 1, OTHER: 2}  # of the organisation, the meeting, the paper, the job and the remark of each
PROPOSER = {MINE: 2, OTHER: 6}  # accounts "officer" and "other"
CHECKSUM = {MINE: "1" * 64, OTHER: "2" * 64}

ROWS = {"new": 1, "changed": 0, "untouched": 0, "left_out": 1}
PREVIEW = {"rows": ROWS, "changes": [], "change_count": 0, "effects": [], "pairs": [], "stops_file": False,
           "is_empty": False, "problem_counts": {"stops_row": 1}}  # fmt: skip
PROBLEM = {
    "severity": "stops_row",
    "rule": "x",
    "remedy": "sửa",
    "sheet": "1",
    "cell": "A1",
    "value": "x",
    "where": "1!A1",
}


def told(place: str, what: str) -> str:
    """A text that only rows of the place hold."""
    return f"{ONLY} {place} {what}"


def preview_of(place: str) -> dict[str, Any]:
    """A preview as it is kept, with a problem and a name of the province."""
    wanted = {"checksum": CHECKSUM[place], "kind": "register", "place": place, "year": 2025, "version": 1}
    values = {"problems": [PROBLEM | {"what": told(place, "ô")}], "new_names": [told(place, "tên mới")]}
    return {"wanted": wanted, "values": PREVIEW | values}


def fill(session: Session) -> None:
    """Add the rows of both provinces."""
    for place in (MINE, OTHER):
        run = _run(session, place)
        _register(session, place, run)
        _tasks(session, place, run)
        _said(session, place, run)
        _meeting(session, place, run)
    session.flush()


def _run(session: Session, place: str) -> int:
    run = tables.Run(
        kind="register", source=told(place, "tệp.xlsx"), checksum="0", actor="test", started_at=NOW, finished_at=NOW,
        status="done", place=place, year=2025,
    )  # fmt: skip
    session.add(run)
    checksum = CHECKSUM[place]
    session.add(tables.SourceFile(checksum=checksum, name=told(place, "minh chứng.pdf"), size=3, received_at=NOW))
    session.flush()
    return run.id or 0


def _fact(session: Session, model: type[Any], run: int, key: str, **values: Any) -> None:
    session.add(model(key=key, fingerprint=key, recorded_at=NOW, run_id=run, **values))


def _register(session: Session, place: str, run: int) -> None:
    ident, name = NUMBER[place], told(place, "HTX")
    row = tables.Organization(
        id=ident, name=name, name_norm=fold(name), kind="htx", place=place, sector="agriculture", run_id=run,
        operating_state="stopped", operating_state_on=DAY, commune_name=told(place, "xã"), member_count=97_000 + ident,
        report_year=2025, rating_class="weak", rating_year=2025, tax_code=f"01{ident:08d}",
    )  # fmt: skip
    session.add(row)
    session.flush()
    of = {"organization_id": ident}
    _fact(session, tables.OrganizationDetail, run, str(ident), **of, kind="htx", name=name, place=place,
          commune_name=told(place, "xã"), source=told(place, "nguồn"), known_on=DAY)  # fmt: skip
    _fact(session, tables.OrganizationState, run, f"{ident}/operating_state/{DAY}", **of, field="operating_state",
          state="stopped", on=DAY, source=told(place, "nguồn"))  # fmt: skip
    _fact(session, tables.OrganizationPerson, run, f"{ident}/director/2025", **of, role="director", year=2025,
          name=told(place, "giám đốc"), birth_year=1961)  # fmt: skip
    for year in (2024, 2025):
        _fact(session, tables.YearReport, run, f"{ident}/{year}", **of, year=year, member_count=97_000 + ident,
              source=told(place, "báo cáo"))  # fmt: skip
        _fact(session, tables.Rating, run, f"{ident}/TT01_2020/{year}", **of, scheme="TT01_2020", year=year,
              rating_class="weak" if year == 2025 else "good", source=told(place, "xếp loại"))  # fmt: skip
    _fact(session, tables.WorklistStep, run, str(ident), **of, responsible=told(place, "người theo dõi"),
          next_step=told(place, "bước"), actor="test")  # fmt: skip
    _fact(session, tables.PairDecision, run, f"{ident}/9", is_same=False, reason=told(place, "cặp"), actor="test")
    session.add(tables.Commune(code=f"x{ident}", valid_from=DAY, name=told(place, "xã"), name_norm="x", place=place,
                               run_id=run))  # fmt: skip
    session.add(tables.SpellingDecision(kind="commune", place=place, spelling=told(place, "chính tả"), code="x",
                                        run_id=run))  # fmt: skip


def task_of(session: Session, place: str) -> str:
    """The key of a task of the place, or of the place it succeeded."""
    task = tables.Task
    statement = select(col(task.key)).where(col(task.place).startswith(place), ~col(task.is_heading))
    return session.scalars(statement.order_by(col(task.key))).first() or ""


def _tasks(session: Session, place: str, run: int) -> None:
    task, signed = task_of(session, place), {"actor": told(place, "cán bộ"), "reason": told(place, "lý do")}
    _fact(session, tables.TaskReport, run, f"{task}@-#{DAY}", **signed, task=task, outcome="under_way",
          reported_on=DAY, file_checksum=CHECKSUM[place], progress=told(place, "tình hình"))  # fmt: skip
    _fact(session, tables.TaskTrigger, run, task, **signed, task=task, happened_on=DAY,
          document_number=told(place, "văn bản"))  # fmt: skip
    _fact(session, tables.TaskProduct, run, f"{task}/2025/x", **signed, task=task, year=2025, value=3, unit="lớp",
          name=told(place, "sản phẩm"), source=told(place, "nguồn"))  # fmt: skip


def agency_of(session: Session) -> str:
    """Some office that is there today."""
    agency = tables.Agency
    return session.scalars(select(col(agency.code)).where(col(agency.valid_to).is_(None))).first() or ""


def _said(session: Session, place: str, run: int) -> None:
    number, agency, signed = NUMBER[place], agency_of(session), {"actor": told(place, "cán bộ")}
    _fact(session, tables.ExplanationRequest, run, f"gt-000{number}", **signed, place=place, subject_kind="task",
          subject=task_of(session, place), agency=agency, question=told(place, "câu hỏi"),
          asked_by=told(place, "người hỏi"), asked_on=DAY, due_on=DAY)  # fmt: skip
    _fact(session, tables.Petition, run, f"kn-000{number}", **signed, place=place, raised_by_kind="organisation",
          raised_by=told(place, "người nêu"), raised_on=DAY, topic=told(place, "lĩnh vực"),
          text=told(place, "kiến nghị"))  # fmt: skip
    _fact(session, tables.OfficialValue, run, f"{place}/htx_count/{DAY}", **signed, place=place, period_end=DAY,
          indicator="htx_count", value=97_000 + number, definition="register",
          reason=told(place, "chốt"), decided_on=DAY)  # fmt: skip
    session.add(tables.Remark(
        id=number, address=f"/tinh/{place}#htx_count", subject=told(place, "con số"), text=told(place, "phản ánh"),
        reporter=told(place, "người đọc"), made_at=NOW,
    ))  # fmt: skip


def _meeting(session: Session, place: str, run: int) -> None:
    number = NUMBER[place]
    session.add(tables.Meeting(id=number, title=told(place, "phiên họp"), place=place, horizon=2030, held_on=DAY,
                               known_on=DAY, recorded_at=datetime.now(UTC), data_version=run, snapshot_id="x",
                               actor=told(place, "thư ký")))  # fmt: skip
    session.add(tables.Job(id=number, kind="papers", arguments={"places": [place], "formats": ["docx"]},
                           status="running", message=told(place, "việc"), actor="test", started_at=NOW,
                           beat_at=NOW))  # fmt: skip
    session.flush()
    session.add(tables.AgendaItem(meeting_id=number, position=0, subject_kind="task",
                                  subject=task_of(session, place)))  # fmt: skip
    _fact(session, tables.Conclusion, run, f"kl-000{number}", meeting_id=number, place=place, subject_kind="whole",
          subject=str(number), kind="assignment", text=told(place, "kết luận"), agency=agency_of(session), due_on=DAY,
          actor=told(place, "thư ký"))  # fmt: skip
    session.add(tables.Paper(id=number, meeting_id=number, job_id=number, place=place, format="docx",
                             name=f"{place}.docx", checksum=CHECKSUM[place], size=3, snapshot_id="x", known_on=DAY,
                             made_at=NOW))  # fmt: skip
    figure = {"place": place, "indicator": "htx_count", "definition": "unstated", "period_end": DAY.isoformat(),
              "value": 97_000 + number, "value_kind": "actual", "publisher": told(place, "đơn vị"),
              "source_title": told(place, "nguồn"), "source_url": "", "published_on": None}  # fmt: skip
    session.add(tables.PendingChange(
        id=number, kind="figure", place=place, year=2025, title=told(place, "đề nghị"),
        payload={"figure": figure, "unit": "HTX", "is_year": False}, proposed_by=PROPOSER[place],
        proposed_by_name=told(place, "người đề nghị"), proposed_at=NOW,
    ))  # fmt: skip
