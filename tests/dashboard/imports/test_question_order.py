"""Questions stand by what they decide, of each the frequent first; changed fields have Vietnamese names."""

from __future__ import annotations

import re
from typing import Any

from dashboard.db.import_values import QuestionsView
from dashboard.imports.parts.questions import STAND_OPEN, question_fields
from dashboard.ui.render import to_html
from etl.writing.changes_written import OF_FACTS, field_words
from models.targets.observation import Observation
from models.tasks.follow_up import TaskReport
from models.tasks.task import Task

INTERNAL = {"id", "key", "run_id", "fingerprint", "recorded_at", "superseded_at", "superseded_by", "known_on"}


def _question(number: int, unanswered: str, rows: int) -> dict[str, Any]:
    own = {"id": str(number), "kind": "word", "kind_words": "", "field": "", "text": "", "asked": f"Câu {number}?"}
    return own | {
        "rows": rows, "examples": [], "proposals": [], "list": 0, "unanswered": unanswered, "may_skip": True,
        "skip_words": "Để trống",
    }  # fmt: skip


def test_what_stops_the_file_stands_first_and_many_questions_are_folded() -> None:
    asked = [
        *(_question(number, "field", number) for number in range(6)),
        _question(6, "rows", 3),
        _question(7, "rows", 9),
        _question(8, "file", 1),
    ]
    questions: QuestionsView = {"asked": asked, "lists": [{"a": "A"}], "more": 0}  # type: ignore[typeddict-item]
    page = "".join(map(to_html, question_fields(questions)))
    assert re.findall(r"<legend>Câu (\d)", page) == ["8", "7", "6", "5", "4", "3", "2", "1", "0"]
    assert page.count("<details>") == len(asked) - STAND_OPEN
    assert [text.split(":")[0] for text in re.findall(r"<h3>(.*?)</h3>", page)] == [
        "Phải trả lời trước khi nạp",
        "Quyết định dòng có vào hay không",
        "Chỉ quyết định một ô, không bắt buộc",
    ]


def test_every_field_of_values_and_tasks_has_a_name_to_be_read() -> None:
    for model in (Observation, Task, TaskReport):
        assert model.__tablename__ in OF_FACTS
        for name in model.model_fields.keys() - INTERNAL:
            assert field_words(str(model.__tablename__), name)[0].isupper(), name
