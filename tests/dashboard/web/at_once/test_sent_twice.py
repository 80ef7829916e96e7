"""One form sent several times in one moment is written once; who changed what stands meanwhile is told truly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import g
from sqlmodel import col, select

from dashboard.imports.data import approvals, official
from dashboard.imports.data.approvals import Person
from dashboard.imports.data.official import Figure, OfficialChoice, Signature
from dashboard.meetings.data import meetings
from dashboard.reconciliation.data import remarks
from dashboard.register.data.worklist_step import WorklistEntry, write_step
from dashboard.tasks.data import follow
from models.accounts.approval import Proposal
from models.accounts.changing import ChangeSession
from models.accounts.sent_form import SentForm
from models.targets.official import Remark
from models.tasks.follow_rules import ReportDraft
from models.tasks.follow_up import ExplanationRequest, Petition
from models.tasks.follow_writing import ChangedSinceError
from models.tasks.meeting import Conclusion, Meeting
from models.tasks.task_state import ReportOutcome
from tests.dashboard.web.at_once.conftest import AT_ONCE, PLACE, STOPPED, TODAY, Office
from tests.dashboard.web.at_once.test_records import ASKED, OFFICE, ONCE, RAISED, concluded, published, task
from tests.dashboard.web.at_once.together import author


def same_of_one(office: Office, act: Callable[[], Any]) -> list[Any]:
    """One author sends the same several times at once: all hear the same, the trail tells it once."""
    before = office.told()
    outcomes = office.at_once(lambda _n: act())
    assert all(outcome == outcomes[0] for outcome in outcomes), outcomes
    assert office.told() == before + 1
    return outcomes


def test_one_form_sent_several_times_writes_once(office: Office) -> None:
    seen, row = office.seen(), published(office)
    day, view = date(2026, 11, 20), task(office, ONCE)
    draft = ReportDraft(ReportOutcome.UNDER_WAY, day, progress="đang làm", office=OFFICE)
    assert same_of_one(office, lambda: follow.write_report(view, draft, author(1, seen))) == [None] * AT_ONCE
    entry = WorklistEntry("Sở Tài chính", "họp lần hai", None)
    same_of_one(office, lambda: write_step(STOPPED, entry, author(1, seen + 99)))
    same_of_one(office, lambda: write_step(STOPPED, WorklistEntry("Sở Tài chính", "họp", None), author(1, seen + 99)))
    seen_before_all = office.seen()
    choice, by = OfficialChoice(PLACE, "htx_count", row.period_end.year, row.key, "chốt hai lần"), author(1).name
    same_of_one(office, lambda: official.settle(choice, Signature(by, True, seen_before_all)))
    typed = Figure(PLACE, "htx_count", "unstated", date(2026, 5, 31), 9.0, "actual", "Sở", "Báo cáo", "", TODAY)
    same_of_one(office, lambda: official.enter(typed, "HTX", Signature(by, True, seen), is_year=False))


def test_the_same_words_of_two_authors_are_told_apart(office: Office) -> None:
    key = office.alone(lambda: follow.add_petition(RAISED | {"text": "hai người"}, author(0)))
    answer, seen = {"answer": "đã giao đất", "answered_on": TODAY}, office.seen()
    office.alone(lambda: follow.change_petition(key, answer, author(1, seen)))
    for number, is_own in ((1, True), (2, False)):
        with pytest.raises(ChangedSinceError) as told:
            other = answer | {"answer": "chưa giao"}
            office.alone(lambda number=number, other=other: follow.change_petition(key, other, author(number, seen)))
        assert told.value.is_own is is_own and told.value.standing.answer == "đã giao đất"
    with pytest.raises(ChangedSinceError):  # the reason of the second one would be lost in silence
        office.alone(lambda: follow.change_petition(key, answer, author(2, seen)))


def made(office: Office, make: Callable[[], Any], model: Any) -> None:
    """One form sent several times at once makes one record; another form with the same words makes another one."""
    before = len(office.rows(select(model)))

    def send(form: str) -> Any:
        g.sent_form = form
        return make()

    assert len(set(same_of_one(office, lambda: send(f"{model.__name__}, first")))) == 1
    assert len(office.rows(select(model))) == before + 1
    same_of_one(office, lambda: send(f"{model.__name__}, second"))
    assert len(office.rows(select(model))) == before + 2


def test_one_form_makes_one_record(office: Office) -> None:
    petition, question = RAISED | {"text": "một lần"}, ASKED | {"question": "một lần"}
    made(office, lambda: follow.add_petition(petition, author(1)), Petition)
    made(office, lambda: follow.add_request(question, author(1)), ExplanationRequest)
    made(office, lambda: meetings.start_meeting(PLACE, 2030, TODAY, "Một lần", (), author(1)), Meeting)
    made(office, lambda: remarks.add_remark(f"/tinh/{PLACE}#htx_count", "số", "một lần", "Người 1"), Remark)
    said = concluded(office, "explanation") | {"text": "một lần"}
    made(office, lambda: meetings.record_conclusion(said, author(1), question), Conclusion)
    asked = office.rows(select(ExplanationRequest).where(col(ExplanationRequest.question) == "một lần"))
    assert len(asked) == 4  # two of forms of their own, two of conclusions


def test_one_form_makes_one_proposal(office: Office) -> None:
    def propose() -> int:
        g.sent_form = "a proposal"
        return approvals._propose(Proposal.UNDO, PLACE, 2025, "Hoàn tác", {"run_id": 2}, Person(7, "Người 1"))

    same_of_one(office, propose)


def test_forms_are_kept_for_a_week(office: Office) -> None:
    old = SentForm(digest="old", outcome="kn-0001", sent_at=datetime.now(UTC) - timedelta(days=8))
    with ChangeSession(office.engine) as session:
        session.add(old)
        session.finish_untold("a test")

    def send() -> str:
        g.sent_form = "a week later"
        return follow.add_petition(RAISED | {"text": "sau một tuần"}, author(1))

    same_of_one(office, send)
    kept = office.rows(select(SentForm.digest))
    assert "old" not in kept and "a week later" in kept
