"""Whatever several officers write in one moment: nobody's words are lost, and the trail tells each of them."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from flask import g
from sqlmodel import col, select

from dashboard.data import account_changes, approvals, follow, meetings, official, remarks, second_factor, sessions
from dashboard.data.accounts import viewer_of_session
from dashboard.data.approvals import Person
from dashboard.data.official import Choice, Figure, Signature
from dashboard.data.sign_in import SignInError, sign_in
from dashboard.data.worklist_step import Step, write_step
from etl.issues import LoadError
from etl.runs import undo_run
from models import account_writing
from models.account import Account, AccountGrant, AccountSession, FailedSignIn
from models.account_reading import is_last_administrator
from models.account_rules import token_hash
from models.approval import PendingChange, Proposal
from models.changing import ChangeSession
from models.database import Turn
from models.follow_rules import ReportDraft
from models.follow_up import ExplanationRequest, Petition, TaskProduct, TaskReport, TaskTrigger
from models.follow_writing import Author, ChangedSinceError
from models.meeting import Conclusion, Meeting
from models.observation import Observation
from models.official import OfficialValue, Remark
from models.organization import WorklistStep
from models.reading import Moment
from models.rights import Grant, Role, Viewer
from models.settings import ROOT
from models.task_reading import TaskView
from models.task_state import Outcome
from models.trail import COMMAND_LINE, Deed
from tests.dashboard_at_once.conftest import AT_ONCE, PLACE, STOPPED, TODAY, Office

ONCE, WAITS, COUNTED = "thanh-hoa-922-2023/III/6", "gia-lai-2020/II/6", "ninh-thuan-2023/I/1"
PHRASE = "một câu dài dễ nhớ"
BLANK_ANSWER = dict.fromkeys(("answer", "answered_on", "answer_document"))
ASKED = {
    "place": PLACE, "subject_kind": "task", "subject": ONCE, "agency": "so-tai-chinh", "asked_by": "Trưởng ban",
    "asked_on": TODAY, "due_on": TODAY, "verdict": None, "judged_on": None, **BLANK_ANSWER,
}  # fmt: skip
RAISED = {
    "place": PLACE, "raised_by_kind": "organisation", "raised_by": "HTX Thử", "raised_on": TODAY, "topic": "đất đai",
    "agency": None, "assigned_on": None, "due_on": None, **BLANK_ANSWER,
}  # fmt: skip


def author(number: int, seen: int | None = None) -> Author:
    return Author(f"Người {number}", "lý do thử", True, seen)


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


def one_kept(office: Office, act: Callable[[int], Any], refusal: type[Exception] = ChangedSinceError) -> int:
    """Of several who change one thing that they saw alike one succeeds and the others are told; gives who."""
    before = office.told()
    outcomes = office.at_once(act)
    done = [number for number, outcome in enumerate(outcomes) if not isinstance(outcome, Exception)]
    assert len(done) == 1 and all(isinstance(o, refusal) for n, o in enumerate(outcomes) if n not in done), outcomes
    assert office.told() == before + 1
    return done[0]


def current(office: Office, model: Any, key: str) -> Any:
    (row,) = office.rows(select(model).where(col(model.key) == key, col(model.superseded_at).is_(None)))
    return row


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
        draft = ReportDraft(Outcome.NOT_DONE, TODAY, progress=f"tình hình {number}")
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
        choice = Choice(PLACE, "htx_count", row.period_end.year, row.key, f"lý do {number}")
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
    winner = one_kept(office, lambda n: write_step(STOPPED, Step(f"Cơ quan {n}", "họp", None), author(n, seen)))
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


def account(office: Office, name: str, *grants: Grant, must_change: bool = False) -> int:
    with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
        row = account_writing.add_account(session, name, f"Người {name}", PHRASE, must_change=must_change)
        for grant in grants:
            account_writing.add_grant(session, row, grant, "test")
        session.finish(Deed("account_changed", COMMAND_LINE))
        return account_writing.account_id(row)


def test_accounts_of_one_name(office: Office) -> None:
    def add(_number: int) -> Any:
        return account_changes.add_account(
            "trung.ten", "Trùng tên", has_password=True, grant=Grant(Role.VIEWER), by="a"
        )

    one_kept(office, add, account_writing.AccountError)
    assert len(office.rows(select(Account).where(col(Account.username) == "trung.ten"))) == 1


def test_one_role_given_at_once_is_held_once_and_taken_back_once(office: Office) -> None:
    number = account(office, "mot.vai")
    office.at_once(lambda _n: account_changes.give_role(number, Grant(Role.OFFICER, PLACE), "a"))
    (row,) = office.rows(select(AccountGrant).where(col(AccountGrant.account_id) == number))
    one_kept(office, lambda _n: account_changes.revoke_role(number, row.id, "a"), account_writing.AccountError)


@pytest.mark.parametrize("way", ["lock", "revoke"])
def test_administrators_who_take_each_other_out_leave_one(office: Office, way: str) -> None:
    for row in office.rows(select(AccountGrant).where(col(AccountGrant.role) == Role.ADMIN.value)):
        with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
            session.merge(row).revoked_at = datetime.now(UTC)
            session.finish(Deed("account_changed", COMMAND_LINE))
    numbers = [account(office, f"{way}.{n}", Grant(Role.ADMIN)) for n in range(AT_ONCE)]
    grants = {
        row.account_id: row.id for row in office.rows(select(AccountGrant).where(col(AccountGrant.role) == "admin"))
    }

    def act(number: int) -> None:
        other = numbers[number]
        account_changes.switch_off(other) if way == "lock" else account_changes.revoke_role(other, grants[other], "a")

    outcomes = office.at_once(act)
    assert sum(isinstance(outcome, account_writing.AccountError) for outcome in outcomes) == 1, outcomes
    left = next(numbers[n] for n, outcome in enumerate(outcomes) if outcome is not None)
    with ChangeSession(office.engine, Turn.ACCOUNTS) as session:
        assert is_last_administrator(session, left)


def test_access_keys_never_exceed_their_number(office: Office) -> None:
    number = account(office, "nhieu.khoa")
    for _ in range(account_changes.MOST_TOKENS - 1):
        office.alone(lambda: account_changes.make_own_token(number, "api", "thử"))
    one_kept(office, lambda _n: account_changes.make_own_token(number, "api", "thử"), account_writing.AccountError)


def test_a_one_time_password_opens_one_session(office: Office) -> None:
    number = account(office, "mot.lan", must_change=True)
    opened = [o for o in office.at_once(lambda _n: sign_in("mot.lan", PHRASE)) if not isinstance(o, SignInError)]
    assert len(opened) == 1 and opened[0].must_change_password
    living = office.rows(select(AccountSession).where(col(AccountSession.account_id) == number))
    assert [row.token_hash for row in living] == [token_hash(opened[0].token)]


def test_a_one_time_password_is_used_up_and_its_keys_end_with_it(office: Office) -> None:
    number = account(office, "het.han", must_change=True)
    with office.server.test_request_context("/"):
        opened = sign_in("het.han", PHRASE)
        with pytest.raises(SignInError, match="đã được dùng"):
            sign_in("het.han", PHRASE)
        key = account_changes.make_own_token(number, "api", "làm trước khi đổi")
        account_changes.change_password(number, None, PHRASE, "một câu khác hẳn của mình")
        from dashboard.data.accounts import viewer_of_token

        assert viewer_of_token(key, "api") is None and opened.token
        assert account_changes.make_own_token(number, "api", "làm sau") and sign_in(
            "het.han", "một câu khác hẳn của mình"
        )


def test_guesses_at_once_count_exactly_and_lock_at_five(office: Office) -> None:
    number = account(office, "bi.doan")
    for _ in range(3):
        office.at_once(lambda n: sign_in("bi.doan", f"đoán sai lần {n} nữa"))
    (row,) = office.rows(select(Account).where(col(Account.id) == number))
    assert row.failed_count == 5 and row.locked_until is not None
    told = office.rows(select(FailedSignIn))
    assert len(told) >= 3 * AT_ONCE
    with office.server.test_request_context("/"), pytest.raises(SignInError):
        sign_in("bi.doan", PHRASE)


def test_right_passwords_at_once_leave_no_failure_behind(office: Office) -> None:
    number = account(office, "dung.ca")
    before = len(office.rows(select(FailedSignIn)))
    opened = office.at_once(lambda _n: sign_in("dung.ca", PHRASE))
    assert all(o.token for o in opened) and len(office.rows(select(FailedSignIn))) == before
    (row,) = office.rows(select(Account).where(col(Account.id) == number))
    assert (row.failed_count, row.locked_until) == (0, None)


def test_one_session_ends_once(office: Office) -> None:
    account(office, "mot.phien")
    with office.server.test_request_context("/"):
        token = sign_in("mot.phien", PHRASE).token
    before = office.told()
    office.at_once(lambda _n: sessions.close_session(token))
    assert office.told() == before + 1
    with office.server.test_request_context("/"):
        assert viewer_of_session(token) is None and "lack" not in g


def test_a_second_factor_is_put_in_force_once(office: Office) -> None:
    import pyotp

    number = account(office, "hai.lop")
    office.alone(lambda: second_factor.begin(number))
    secret = office.alone(lambda: second_factor.waiting_secret(number))
    code = pyotp.TOTP(secret).now()
    given = office.at_once(lambda _n: second_factor.confirm(number, None, code))
    assert sum(codes is not None for codes in given) == 1


def test_one_run_is_taken_back_once(office: Office) -> None:
    run = office.alone(lambda: official.enter(figure(77), "HTX", Signature("Người", True), is_year=False))
    one_kept(office, lambda n: undo_run(office.engine, run, f"Người {n}"), LoadError)


def test_one_proposal_is_approved_once(office: Office) -> None:
    row = published(office)
    choice = asdict(Choice(PLACE, "htx_count", row.period_end.year, row.key, "biên bản duyệt"))
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


ELSEWHERE = {  # where what has no case above is held at once, or why it needs none
    "etl/load.py:load_facts": "tests/etl_safety/test_servers.py",
    "etl/recipe.py:_carry_out": "tests/etl_safety/test_nothing_lost.py",
    "etl/sample_facts.py:write_follow": "trials only",
    "etl/storage.py:keep_file": "one row a checksum",
    "etl/user_command.py:run_user": "the same functions as the web's",
    "dashboard/data/job_process.py:_claim": "tests/dashboard_meeting/test_job_queue.py",
    "dashboard/data/job_process.py:_fail": "one statement",
    "dashboard/data/job_process.py:launch": "one statement",
    "dashboard/data/papers.py:keep_paper": "rows are only added",
    "dashboard/data/papers.py:start_job": "tests/dashboard_meeting/test_job_queue.py",
    "dashboard/data/papers.py:tell_job": "one statement",
    "dashboard/data/oidc_accounts.py:admit_claims": "reads after its turn; tests/dashboard_accounts/oidc",
    "dashboard/data/sign_in.py:prove": "the attempts of sign_in",
    "dashboard/data/sign_in.py:second_step": "a code holds once: tests/dashboard_accounts/test_second_factor.py",
    "dashboard/data/second_factor.py:begin": "the last key made is the one shown",
    "dashboard/data/second_factor.py:take_away": "twice is once",
    "dashboard/data/account_changes.py:revoke_own_token": "twice is refused, as a role",
    "dashboard/data/sessions.py:close_own_session": "as close_session",
}
HERE = {
    "etl/runs.py": {"undo_run"},
    "dashboard/data/account_changes.py": {"_change", "add_account", "change_password", "make_own_token", "revoke_role"},
    "dashboard/data/account_door.py": {"changing_accounts"},
    "dashboard/data/approvals.py": {"_carry_out", "_close", "_propose"},
    "dashboard/data/attempts.py": {"begin_attempt", "tell_failure"},
    "dashboard/data/follow.py": {"_change", "add_petition", "add_request", "write_product", "write_report",
                                 "write_trigger"},
    "dashboard/data/meetings.py": {"close_assignment", "record_conclusion", "start_meeting"},
    "dashboard/data/official.py": {"enter", "settle"},
    "dashboard/data/remarks.py": {"add_remark", "answer_remark"},
    "dashboard/data/second_factor.py": {"confirm"},
    "dashboard/data/sessions.py": {"close_session"},
    "dashboard/data/sign_in.py": {"sign_in"},
    "dashboard/data/worklist_step.py": {"write_step"},
}  # fmt: skip


def changes_in(path: Path) -> set[str]:
    """The functions of a module that open a change."""
    opens = {"writing", "changing_accounts", "ChangeSession"}
    found = set()
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
            names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
            found |= {function.name} if names & opens else set()
    return found


def test_every_function_that_changes_something_is_held_by_a_case() -> None:
    paths = [path for room in ("etl", "dashboard") for path in (ROOT / room).rglob("*.py")]
    found = {f"{path.relative_to(ROOT)}:{name}" for path in paths for name in changes_in(path)}
    held = {f"{path}:{name}" for path, names in HERE.items() for name in names}
    assert found == held | set(ELSEWHERE)
