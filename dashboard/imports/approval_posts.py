"""What is sent from `/duyet/<number>`: approve, refuse, or take one's own proposal back. The trail names it."""

from __future__ import annotations

from typing import Any

from dashboard.access import owner_place as whose
from dashboard.access.access import viewer
from dashboard.access.trail import tell_trail
from dashboard.db.import_file import ImportRefusedError, ImportsBusyError, import_service
from dashboard.imports.data import approvals
from dashboard.imports.data.approvals import MovedOnError, Person
from dashboard.imports.parts.pairs import settled_words
from dashboard.imports.parts.proposals import proposal_title
from dashboard.web.form_values import needed_text, text
from dashboard.web.mutations import BusyError, Form, Writer, mutation
from models.accounts.rights import Action

PATH = "/duyet"


@mutation(f"{PATH}/<int:number>/duyet", action=Action.APPROVE, place=whose.proposal, noted="approve")
def approve_change(_writer: Writer, form: Form, number: int) -> str:
    """Carry the change out as it was shown; where the data has moved on, show it anew first."""
    version, token = text(form, "phien-ban"), form.get("ban-xem-truoc", "")
    _tell(number, pairs=_settled(token))
    try:
        approvals.approve(number, viewer(), version=version, token=token, agreed=form.get("de-ngoai") == "1")
    except MovedOnError:
        return f"{PATH}/{number}?da-doi=1"
    except ImportsBusyError as error:
        raise BusyError(str(error)) from error
    return PATH


@mutation(f"{PATH}/<int:number>/khong-duyet", action=Action.APPROVE, place=whose.proposal, noted="refuse")
def refuse_change(_writer: Writer, form: Form, number: int) -> str:
    """Say no, with a reason."""
    reason = needed_text(form, "ly-do", "Lý do", 500)
    _tell(number, reason=reason)
    approvals.refuse(number, viewer(), reason)
    return PATH


@mutation(f"{PATH}/<int:number>/rut", action=None, place=whose.proposal, noted="withdraw")
def withdraw_change(_writer: Writer, _form: Form, number: int) -> str:
    """The proposer takes it back."""
    who = viewer()
    _tell(number)
    approvals.withdraw(number, Person(who.account_id or 0, who.name))
    return PATH


def _settled(token: str) -> list[str]:
    """The pairs that a previewed file decides, for the trail; none for what is no file."""
    try:
        return settled_words(import_service().prepared(token).values["pairs"]) if token else []
    except ImportRefusedError:
        return []


def _tell(number: int, **details: Any) -> None:
    """Let the trail name what was proposed, and by whom."""
    item = approvals.find(number)
    if item is not None:
        named = {"proposal": number, "proposed_by": item.proposed_by_name, **details}
        tell_trail(subject=proposal_title(item), **named)
