"""Every function that makes a change is held by a case of changes made together."""

from __future__ import annotations

import ast
from pathlib import Path

from models.config.settings import ROOT

ELSEWHERE = {  # where what has no case above is held at once, or why it needs none
    "etl/facts/load.py:load_facts": "tests/etl/backup/test_servers.py",
    "etl/loading/recipe.py:_carry_out": "tests/etl/backup/test_nothing_lost.py",
    "etl/demo/sample_facts.py:write_follow": "trials only",
    "etl/files/storage.py:keep_file": "one row a checksum",
    "etl/commands/user_command.py:run_user": "the same functions as the web's",
    "dashboard/reports/data/job_process.py:_claim": "tests/dashboard/meetings/test_job_queue.py",
    "dashboard/reports/data/job_process.py:_fail": "one statement",
    "etl/loading/received.py:_release": "asks after its turn what names the file: test_received_files.py",
    "dashboard/reports/data/job_process.py:launch": "one statement",
    "dashboard/reports/data/papers.py:keep_paper": "rows are only added",
    "dashboard/reports/data/papers.py:start_job": "tests/dashboard/meetings/test_job_queue.py",
    "dashboard/reports/data/papers.py:tell_job": "one statement",
    "dashboard/accounts/data/oidc_accounts.py:sign_in_by_claims": "reads after its turn; tests/dashboard/accounts/oidc",
    "dashboard/accounts/data/sign_in.py:prove": "the attempts of sign_in",
    "dashboard/accounts/data/sign_in.py:second_step": "a code holds once: accounts/test_second_factor.py",
    "dashboard/accounts/data/second_factor.py:begin": "the last key made is the one shown",
    "dashboard/accounts/data/second_factor.py:take_away": "twice is once",
    "dashboard/accounts/data/account_changes.py:revoke_own_token": "twice is refused, as a role",
    "dashboard/accounts/data/sessions.py:close_own_session": "as close_session",
    "dashboard/imports/data/kept_answers.py:take_back_answer": "twice is refused: access/test_kept_answers.py",
    "dashboard/imports/data/kept_answers.py:use_everywhere": "an earlier answer is taken back in the same turn",
    "dashboard/targets/data/programme_text.py:attach_document": "an earlier one is taken away in the same turn",
    "dashboard/targets/data/programme_text.py:remove_document": "twice is refused",
    "etl/commands/attach_text_command.py:_attach": "as attach_document",
    "etl/commands/attach_text_command.py:_remove": "as remove_document",
    "etl/loading/import_files.py:keep_answers": "as use_everywhere; etl/loading/asked/test_answers.py",
    "etl/loading/reread.py:reread": "finds nothing more the second time: etl/loading/lists/test_unread_values.py",
}
HERE = {
    "etl/loading/runs.py": {"undo_run"},
    "dashboard/accounts/data/account_changes.py": {
        "_change",
        "add_account",
        "change_password",
        "make_own_token",
        "revoke_role",
    },
    "dashboard/access/account_session.py": {"changing_accounts"},
    "dashboard/imports/data/approvals.py": {"_carry_out", "_close", "_propose"},
    "dashboard/accounts/data/attempts.py": {"begin_attempt", "tell_failure"},
    "dashboard/tasks/data/follow.py": {"_change", "add_petition", "add_request", "write_product", "write_report",
                                 "write_trigger"},
    "dashboard/meetings/data/meetings.py": {"close_assignment", "record_conclusion", "start_meeting"},
    "dashboard/imports/data/official.py": {"enter", "settle"},
    "dashboard/reconciliation/data/remarks.py": {"add_remark", "answer_remark"},
    "dashboard/accounts/data/second_factor.py": {"confirm"},
    "dashboard/accounts/data/sessions.py": {"close_session"},
    "dashboard/accounts/data/sign_in.py": {"sign_in"},
    "dashboard/register/data/worklist_step.py": {"write_step"},
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
