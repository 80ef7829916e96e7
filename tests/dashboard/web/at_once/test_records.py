"""Whatever several officers write in one moment: nobody's words are lost, and the trail tells each of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlmodel import col, select

from dashboard.imports.data import approvals, official
from dashboard.imports.data.approvals import Person
from dashboard.imports.data.official import Figure, OfficialChoice, Signature
from dashboard.meetings.data import meetings
from dashboard.reconciliation.data import remarks
from dashboard.register.data.worklist_step import WorklistEntry, write_step
from dashboard.tasks.data import follow
from etl.loading.runs import undo_run
from etl.parsing.issues import LoadError
from models.accounts.approval import PendingChange, Proposal
from models.accounts.rights import Grant, Role, Viewer
from models.register.organization import WorklistStep
from models.targets.observation import Observation
from models.targets.official import OfficialValue, Remark
from models.targets.reading import Moment
from models.tasks.follow_rules import ReportDraft
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.tasks.meeting import Conclusion, Meeting
from models.tasks.task_reading import TaskView
from models.tasks.task_state import ReportOutcome
from tests.dashboard.web.at_once.conftest import AT_ONCE, PLACE, STOPPED, TODAY, Office
from tests.dashboard.web.at_once.together import author, current, one_kept

OFFICE = "so-tai-chinh"  # one of several that lead ONCE
ONCE, WAITS, COUNTED = "thanh-hoa-922-2023/III/6", "gia-lai-2020/II/6", "ninh-thuan-2023/I/1"
BLANK_ANSWER = dict.fromkeys(("answer", "answered_on", "answer_document"))
ASKED = {
    "place": PLACE, "subject_kind": "task", "subject": ONCE, "agency": "so-tai-chinh", "asked_by": "Trưởng ban",
    "asked_on": TODAY, "due_on": TODAY, "verdict": None, "judged_on": None, **BLANK_ANSWER,
}  # fmt: skip
RAISED = {
    "place": PLACE, "raised_by_kind": "organisation", "raised_by": "HTX Thử", "raised_on": TODAY, "topic": "đất đai",
    "agency": None, "assigned_on": None, "due_on": None, **BLANK_ANSWER,
}  # fmt: skip


def task(office: Office, key: str) -> TaskView:
    follow_up = office.alone(lambda: office.door.snapshot(Moment(TODAY, TODAY), is_whole=True)).follow
    return next(view for view in follow_up.tasks if view.task.key == key)


def all_kept(office: Office, act: Callable[[int], str], model: Any, text: str) -> None:
    """Each of several new records has a key of its own and stands with its own words."""
    before = office.told()
    keys = office.at_once(act)
    assert len(set(keys)) == AT_ONCE, keys
    kept = office.rows(select(model).where(col(model.key).in_(keys), col(model.superseded_at).is_(None)))
    assert {row.key: getattr(row, text) for row in kept} == {key: f"chữ của {n}" for n, key in enumerate(keys)}
    assert office.told() == before + AT_ONCE


def test_petitions(office: Office) -> None:
    all_kept(office, lambda n: follow.add_petition(RAISED | {"text": f"chữ của {n}"}, author(n)), Petition, "text")


def test_requests_for_explanation(office: Office) -> None:
    def ask(number: int) -> str:
        return follow.add_request(ASKED | {"question": f"chữ của {number}"}, author(number))

    all_kept(office, ask, ExplanationRequest, "question")


def meeting_of(office: Office) -> int:
    return int(office.alone(lambda: meetings.start_meeting(PLACE, 2030, TODAY, "Phiên thử", (), author(0))))


def concluded(office: Office, kind: str = "conclusion") -> dict[str, Any]:
    return {
        "meeting_id": meeting_of(office), "place": PLACE, "subject_kind": "task", "subject": ONCE, "kind": kind,
        "agency": "so-tai-chinh", "due_on": TODAY,
    }  # fmt: skip


def test_conclusions_with_the_explanation_that_each_asks_for(office: Office) -> None:
    content = concluded(office, "explanation")
    asked = {name: content[name] for name in ("place", "subject_kind", "subject", "agency", "due_on")}

    def conclude(number: int) -> str:
        said = f"chữ của {number}"
        question = ASKED | asked | {"question": said}
        return meetings.record_conclusion(content | {"text": said}, author(number), question)

    all_kept(office, conclude, Conclusion, "text")
    links = {row.explanation: row.text for row in office.rows(select(Conclusion)) if row.text.startswith("chữ của")}
    asked_rows = office.rows(select(ExplanationRequest).where(col(ExplanationRequest.key).in_(links)))
    assert {row.key: row.question for row in asked_rows} == links and len(links) == AT_ONCE


def test_meetings(office: Office) -> None:
    def open_one(number: int) -> int:
        return meetings.start_meeting(PLACE, 2030, TODAY, f"Phiên {number}", (), author(number))

    numbers = office.at_once(open_one)
    kept = office.rows(select(Meeting).where(col(Meeting.id).in_(numbers)))
    assert {row.id: row.title for row in kept} == {number: f"Phiên {n}" for n, number in enumerate(numbers)}


def test_an_answer_and_an_assignment_of_one_petition(office: Office) -> None:
    key = office.alone(lambda: follow.add_petition(RAISED | {"text": "chờ trả lời"}, author(0)))
    seen = office.seen()

    def act(number: int) -> None:
        answer = {"answer": f"trả lời {number}", "answered_on": TODAY}
        assignment = {"agency": "so-tai-chinh", "assigned_on": TODAY, "due_on": TODAY}
        follow.change_petition(key, answer if number % 2 else assignment, author(number, seen))

    winner = one_kept(office, act)
    row = current(office, Petition, key)
    assert (row.answer, row.agency) == ((f"trả lời {winner}", None) if winner % 2 else (None, "so-tai-chinh"))


def test_an_answer_stands_beside_an_assignment_made_after_it_was_seen(office: Office) -> None:
    key = office.alone(lambda: follow.add_petition(RAISED | {"text": "chờ trả lời"}, author(0)))
    answer = {"answer": "đã giao đất", "answered_on": TODAY}
    office.alone(lambda: follow.change_petition(key, answer, author(1, office.seen())))
    assignment = {"agency": "so-tai-chinh", "assigned_on": TODAY, "due_on": TODAY}
    office.alone(lambda: follow.change_petition(key, assignment, author(2, office.seen())))
    row = current(office, Petition, key)
    assert (row.answer, row.agency) == ("đã giao đất", "so-tai-chinh")


def test_answers_and_verdicts_of_one_request(office: Office) -> None:
    key = office.alone(lambda: follow.add_request(ASKED | {"question": "vì sao"}, author(0)))
    for edit in ({"answer": "trả lời", "answered_on": TODAY}, {"verdict": "accepted", "judged_on": TODAY}):
        seen = office.seen()

        def act(number: int, edit: dict[str, Any] = edit, seen: int = seen) -> None:
            own = edit if "verdict" in edit else edit | {"answer": f"trả lời {number}"}
            follow.change_request(key, own, author(number, seen))

        one_kept(office, act)


def test_reports_of_one_task_on_one_day(office: Office) -> None:
    view, seen = task(office, ONCE), office.seen()

    def report(number: int) -> None:
        draft = ReportDraft(ReportOutcome.NOT_DONE, TODAY, progress=f"tình hình {number}", office=OFFICE)
        follow.write_report(view, draft, author(number, seen))

    winner = one_kept(office, report)
    rows = office.rows(select(TaskReport).where(col(TaskReport.task) == ONCE, col(TaskReport.superseded_at).is_(None)))
    assert [row.progress for row in rows] == [f"tình hình {winner}"]


def test_events_that_a_task_waited_for(office: Office) -> None:
    view, seen = task(office, WAITS), office.seen()
    day = date(2022, 5, 10)
    winner = one_kept(office, lambda n: follow.write_trigger(view, day, f"{n}/NQ-CP", None, author(n, seen)))
    assert current(office, TaskTrigger, WAITS).document_number == f"{winner}/NQ-CP"


def test_counts_of_one_product(office: Office) -> None:
    view, seen = task(office, COUNTED), office.seen()
    name = str(view.task.counts[0]["name"])
    winner = one_kept(office, lambda n: follow.write_product(view, name, 2024, float(n), "báo cáo", author(n, seen)))
    assert current(office, TaskProduct, f"{COUNTED}/2024/{name}").value == float(winner)


def test_the_end_of_one_assignment(office: Office) -> None:
    content = concluded(office, "assignment") | {"text": "rà soát"}
    key = office.alone(lambda: meetings.record_conclusion(content, author(0)))
    seen = office.seen()
    winner = one_kept(office, lambda n: meetings.close_assignment(key, TODAY, f"{n}/BC", author(n, seen)))
    assert current(office, Conclusion, key).done_document == f"{winner}/BC"


def published(office: Office) -> Observation:
    rows = select(Observation).where(
        col(Observation.place) == PLACE, col(Observation.indicator) == "htx_count",
        col(Observation.superseded_at).is_(None), ~col(Observation.key).like("manual/%"),
    )  # fmt: skip
    return office.rows(rows.order_by(col(Observation.period_end).desc()))[0]  # type: ignore[no-any-return]


def test_the_official_value_of_one_year(office: Office) -> None:
    row, seen = published(office), office.seen()

    def settle(number: int) -> int:
        choice = OfficialChoice(PLACE, "htx_count", row.period_end.year, row.key, f"lý do {number}")
        return official.settle(choice, Signature(f"Người {number}", True, seen))

    winner = one_kept(office, settle)
    assert current(office, OfficialValue, f"{PLACE}/htx_count/{row.period_end}").reason == f"lý do {winner}"


def figure(number: int) -> Figure:
    return Figure(PLACE, "htx_count", "unstated", date(2026, 6, 30), 1000.0 + number, "actual", "Sở Thử", "Báo cáo", "",
                  date(2026, 7, 1))  # fmt: skip


def test_typed_figures_about_one_day(office: Office) -> None:
    seen = office.seen()

    def enter(number: int) -> int:
        return official.enter(figure(number), "HTX", Signature(f"Người {number}", True, seen), is_year=False)

    winner = one_kept(office, enter)
    rows = office.rows(select(Observation).where(col(Observation.key).like("manual/%")))
    assert [row.value for row in rows] == [1000.0 + winner]


def test_steps_of_one_organisation(office: Office) -> None:
    seen = office.seen()
    winner = one_kept(
        office, lambda n: write_step(STOPPED, WorklistEntry(f"Cơ quan {n}", "họp", None), author(n, seen))
    )
    assert current(office, WorklistStep, str(STOPPED)).responsible == f"Cơ quan {winner}"


def test_remarks_and_answers_to_one_of_them(office: Office) -> None:
    before = office.told()
    office.at_once(lambda n: remarks.add_remark(f"/tinh/{PLACE}#htx_count", "số", f"sai {n}", f"Người {n}"))
    rows = office.rows(select(Remark).where(col(Remark.text).like("sai %")))
    assert sorted(row.text for row in rows) == [f"sai {n}" for n in range(AT_ONCE)]
    number = rows[0].id
    answered = office.at_once(lambda n: remarks.answer_remark(number, f"trả lời {n}", f"Người {n}"))
    (row,) = office.rows(select(Remark).where(col(Remark.id) == number))
    assert sorted(answered) == [False] * (AT_ONCE - 1) + [True] and row.answer == f"trả lời {answered.index(True)}"
    assert office.told() == before + AT_ONCE + 1


def test_proposals_and_verdicts(office: Office) -> None:
    def propose(number: int) -> int:
        plain = {"run_id": 1}
        return approvals._propose(Proposal.UNDO, PLACE, 2025, "Hoàn tác", plain, Person(7, f"Người {number}"))

    number = [n for n in office.at_once(propose) if isinstance(n, int)]
    assert len(number) == 1  # the same proposal waits once
    withdrawn = office.at_once(lambda _n: approvals.withdraw(number[0], Person(7, "Người")))
    assert sum(outcome is None for outcome in withdrawn) == 1
    (row,) = office.rows(select(PendingChange).where(col(PendingChange.id) == number[0]))
    assert row.verdict == "withdrawn"


def test_one_run_is_taken_back_once(office: Office) -> None:
    run = office.alone(lambda: official.enter(figure(77), "HTX", Signature("Người", True), is_year=False))
    one_kept(office, lambda n: undo_run(office.engine, run, f"Người {n}"), LoadError)


def test_one_proposal_is_approved_once(office: Office) -> None:
    row = published(office)
    choice = asdict(OfficialChoice(PLACE, "htx_count", row.period_end.year, row.key, "biên bản duyệt"))
    waits = office.alone(
        lambda: approvals._propose(Proposal.OFFICIAL, PLACE, row.period_end.year, "Chốt số", choice, Person(7, "Người"))
    )
    version, closer = office.alone(approvals.version_now), Viewer(9, "Người duyệt", True, (Grant(Role.CLOSER),))
    one_kept(
        office,
        lambda _n: approvals.approve(waits, closer, version=version, token="", agreed=False),
        approvals.NotApprovedError,
    )
    assert current(office, OfficialValue, f"{PLACE}/htx_count/{row.period_end}").reason == "biên bản duyệt"
