"""`/nhap-lieu/<token>/cap`: pairs that may be one organisation are decided, and the file is previewed again."""

from __future__ import annotations

from typing import Any

from flask import Response

from dashboard.access import owner_place as whose
from dashboard.db.import_file import STILL_KEPT, Decisions, ImportRefusedError, decisions_of, import_service
from dashboard.db.import_values import PreviewValues
from dashboard.imports.pages.upload_reading import ADDRESS, ASKED, check_choice, place_among_imports, prepare_file
from dashboard.imports.parts.pairs import DIFFERENT, LONGEST_REASON, PREFIX, REASON, SAME, open_pairs, pair_fields
from dashboard.ui.form import hidden
from dashboard.ui.html import Element
from dashboard.web.form_values import needed_text
from dashboard.web.mutations import OTHER_PAGE, Form, Writer, WriteRefusedError, change_form, mutation
from models.accounts.rights import Action


@mutation(f"{ADDRESS}/<token>/cap", action=Action.IMPORT, place=whose.again, needs_name=False)
def decide_pairs(_writer: Writer, form: Form, token: str) -> Response:
    """Preview again with the officer's decisions about pairs, those of this preview among them.

    This preview stays: whoever loses the answer on the way sends the form once more.
    """
    try:
        wanted = import_service().wanted_by(token)
        if wanted["checksum"] != form.get("tep"):
            raise WriteRefusedError(OTHER_PAGE)
    except ImportRefusedError as error:
        raise WriteRefusedError(str(error)) from error
    asked, decided = {name: form.get(name, "") for name in ASKED}, _decided(form, wanted["decisions"])
    check_choice(asked)
    with place_among_imports(asked["tep"], asked["ten"], STILL_KEPT) as running:
        return prepare_file(asked, decided, running, token)


def _decided(form: Form, before: dict[str, Any]) -> Decisions:
    chosen = {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}
    now = {key: value for key, value in chosen.items() if value in (SAME, DIFFERENT)}
    reason = needed_text(form, REASON, "Lý do", LONGEST_REASON) if now else ""
    earlier = [pair for pair in before.get("reasons", ()) if pair[0] not in now]
    return decisions_of(
        {*(key for key, value in now.items() if value == SAME), *(set(before["same"]) - now.keys())},
        {*(key for key, value in now.items() if value == DIFFERENT), *(set(before["different"]) - now.keys())},
        before["communes"],
        [*earlier, *([key, reason] for key in now)],
    )


def pairs_form(values: PreviewValues, token: str, asked: dict[str, str]) -> Element | None:
    """The form to decide what is open; None where nothing is."""
    if not open_pairs(values["pairs"]):
        return None
    return again_form(token, asked, *pair_fields(values["pairs"]))


def again_form(token: str, asked: dict[str, str], *fields: Element) -> Element:
    """The form that previews the same file once more, on today's data."""
    same = [hidden(name, value) for name, value in asked.items() if value]
    return change_form(f"{ADDRESS}/{token}/cap", *same, *fields, submit="Xem trước lại", asks_name=False)
