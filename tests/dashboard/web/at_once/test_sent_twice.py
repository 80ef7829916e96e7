"""One form sent several times in one moment is written once; who changed what stands meanwhile is told truly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from dashboard.imports.data import official
from dashboard.imports.data.official import Figure, OfficialChoice, Signature
from dashboard.register.data.worklist_step import WorklistEntry, write_step
from dashboard.tasks.data import follow
from models.tasks.follow_rules import ReportDraft
from models.tasks.follow_writing import ChangedSinceError
from models.tasks.task_state import ReportOutcome
from tests.dashboard.web.at_once.conftest import AT_ONCE, PLACE, STOPPED, TODAY, Office
from tests.dashboard.web.at_once.test_records import ONCE, RAISED, published, task
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
    draft = ReportDraft(ReportOutcome.UNDER_WAY, day, progress="đang làm")
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
