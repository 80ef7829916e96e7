"""Files that wait for a second person: previewed on the data of the day they are looked at, gone with the verdict."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.db.import_file import STILL_KEPT, ImportRefusedError, Progress, Running, import_service
from models.accounts.approval import PendingChange, Proposal
from models.accounts.rights import Action, Viewer


def is_preview_of(item: PendingChange, token: str) -> bool:
    """Whether a preview is of exactly this waiting file."""
    try:
        return item.kind == Proposal.IMPORT and import_service().wanted_by(token) == item.payload["wanted"]
    except ImportRefusedError:
        return False


def preview_again(item: PendingChange, viewer: Viewer, place: Running) -> Callable[[Progress], str]:
    """How a waiting file is previewed on today's data; what it gives is the token, and it may run in a thread."""
    the_door, wanted, within = import_service(), item.payload["wanted"], viewer.places_for(Action.APPROVE)
    return lambda progress: the_door.prepare_wanted(wanted, progress=progress, within=within, running=place).token


def place_for_preview(item: PendingChange, viewer: Viewer) -> Running:
    """A place among the imports under way for previewing a waiting file; raises ImportsBusyError."""
    checksum = item.payload["wanted"]["checksum"]
    return import_service().begin(checksum, item.title, viewer.account_id, kept=STILL_KEPT)


def forget_file(item: PendingChange | None) -> None:
    """Take away the previews of a decided file, and the file itself where nothing names it any more."""
    if item is not None and item.kind == Proposal.IMPORT:
        import_service().forget_wanted(item.payload["wanted"])
