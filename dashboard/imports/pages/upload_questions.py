"""`/nhap-lieu/<token>/tra-loi`: answers to what a file leaves open are kept, and the file is previewed again."""

from __future__ import annotations

from typing import Any

from flask import Response

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.access.trail import expected_deed
from dashboard.db.import_file import STILL_KEPT, ImportRefusedError, decisions_of, import_service
from dashboard.db.import_values import PreviewValues, QuestionsView
from dashboard.db.read_session import repository
from dashboard.imports.pages.upload_reading import ADDRESS, ASKED, check_choice, place_among_imports, prepare_file
from dashboard.imports.parts.questions import ELSE, OPEN, OTHER, PREFIX, question_fields
from dashboard.imports.two_steps import sign
from dashboard.ui.form import hidden, tick_field
from dashboard.ui.html import Element
from dashboard.web.mutations import OTHER_PAGE, Form, Writer, WriteRefusedError, change_form, mutation, refusal
from models.accounts.rights import Action

EVERYWHERE = "moi-dia-ban"
KEPT_WHILE_AWAY: dict[str, Any] = {"data-keep": "1"}  # form.js: what was chosen is there again when one comes back
NOTHING = "Chưa chọn câu trả lời nào. Chọn rồi gửi lại."
TWO = "Câu hỏi {asked} có hai câu trả lời: một đề xuất và một câu khác. Giữ một rồi gửi lại; chưa ghi gì."
WITHOUT = "Câu hỏi {asked} chọn câu trả lời khác nhưng chưa ghi câu nào. Ghi rồi gửi lại; chưa ghi gì."


@mutation(f"{ADDRESS}/<token>/tra-loi", action=Action.IMPORT, place=whose.again, words="Trả lời câu hỏi về tệp")
def answer_questions(writer: Writer, form: Form, token: str) -> Response:
    """Keep the answers and preview again with them; this preview stays, whoever loses the answer sends once more."""
    is_everywhere = form.get(EVERYWHERE) == "1"
    if is_everywhere and (reason := refusal(Action.ADMINISTER)):
        raise WriteRefusedError(reason)
    asked = {name: form.get(name, "") for name in ASKED}
    check_choice(asked)
    try:
        wanted, values = import_service().wanted_by(token), import_service().prepared(token).values
        if wanted["checksum"] != form.get("tep"):
            raise WriteRefusedError(OTHER_PAGE)
        given = _given(form, values["questions"])
        with place_among_imports(asked["tep"], asked["ten"], STILL_KEPT) as running:
            import_service().keep_answers(token, given, sign(writer).actor, is_everywhere, expected_deed())
            if not repository().settings.two_steps:  # else figures change only when a second person approves a load
                within = viewer().places_for(Action.IMPORT)
                import_service().fill_in(token, sign(writer).actor, within=within, deed=expected_deed())
            return prepare_file(asked, decisions_of(**wanted["decisions"]), running, token)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error


def _given(form: Form, questions: QuestionsView) -> dict[str, str]:
    """What was chosen or written, by question; what is said twice or not at all is refused."""
    found = {}
    for question in questions["asked"]:
        chosen, other = form.get(PREFIX + question["id"], OPEN), form.get(OTHER + question["id"], "").strip()
        if other and chosen not in (OPEN, ELSE):
            raise WriteRefusedError(TWO.format(asked=question["asked"]))
        if chosen == ELSE and not other:
            raise WriteRefusedError(WITHOUT.format(asked=question["asked"]))
        if said := other or chosen:
            found[question["id"]] = said
    if not found:
        raise WriteRefusedError(NOTHING)
    return found


def questions_form(values: PreviewValues, token: str, asked: dict[str, str]) -> Element | None:
    """The form to answer what is open; None where nothing is."""
    questions = values.get("questions")
    if not questions or not questions["asked"]:
        return None
    travelling = [hidden(name, value) for name, value in asked.items() if value]
    everywhere = None if refusal(Action.ADMINISTER) else tick_field("Dùng cho mọi địa bàn", EVERYWHERE)
    return change_form(
        f"{ADDRESS}/{token}/tra-loi",
        *travelling,
        *question_fields(questions),
        everywhere,
        submit="Lưu câu trả lời và đọc lại tệp",
        **KEPT_WHILE_AWAY,
    )
