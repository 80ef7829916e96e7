"""Whether a change is carried out at once or waits for a second person (TWO_STEPS=1), and who signs it."""

from __future__ import annotations

from dashboard.access.access import NEEDS_ACCOUNTS, viewer
from dashboard.db.read_session import repository
from dashboard.imports.data.approvals import Person
from dashboard.imports.data.official import Signature
from dashboard.web.mutations import Writer, WriteRefusedError

SEND = "Gửi để người thứ hai duyệt"


def submit_words(at_once: str) -> str:
    """What the button says: what it does at once, or that the change is sent to a second person."""
    return SEND if repository().settings.two_steps else at_once


def proposer() -> Person | None:
    """Who proposes; None where one person is enough. Raises WriteRefusedError where nobody has signed in."""
    if not repository().settings.two_steps:
        return None
    who = viewer()
    if who.account_id is None:
        raise WriteRefusedError(NEEDS_ACCOUNTS)
    return Person(who.account_id, who.name)


def proposed(number: int) -> str:
    """The address of a proposal."""
    return f"/duyet/{number}"


def sign(writer: Writer) -> Signature:
    """The writer as stored with what is written."""
    return Signature(writer.name, writer.is_verified, writer.seen)
