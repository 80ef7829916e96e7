"""The document attached to a programme, and where in its text each promise stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from dashboard.access.trail import finish, tell_trail
from dashboard.db.import_file import ImportRefusedError, PromisePlace, import_service, promise_places
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from models.targets.programme import Programme
from models.targets.programme_text import attach_text, attached_text, remove_text
from models.targets.reading import GapView, PlaceView


@dataclass(frozen=True, slots=True)
class AttachedDocument:
    """What stands with a programme now; `name` is the name the file came with, a label only."""

    name: str
    text: str
    checksum: str
    actor: str
    attached_at: datetime


@dataclass(frozen=True, slots=True)
class LocatedPromise:
    """One promise and where it stands in the text; None where it was not found surely."""

    view: GapView
    at: PromisePlace | None


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """A programme, its document and its promises with figures, in the order of the text, those not found last."""

    place: PlaceView
    programme: Programme
    beside: tuple[Programme, ...]
    document: AttachedDocument | None
    promises: tuple[LocatedPromise, ...]


def build_document(snapshot: Snapshot, slug: str, wanted: str) -> DocumentPage | None:
    """The document of a place's programme (`wanted`, the first one where empty); None where there is none."""
    own = [programme for programme in snapshot.programmes.values() if programme.place == slug]
    programme = next((item for item in own if item.slug == wanted or not wanted), None)
    if programme is None:
        return None
    document = read_document(programme.slug)
    beside = tuple(item for item in own if item.slug != programme.slug)
    promises = _located(snapshot, programme.slug, document.text if document else None)
    return DocumentPage(snapshot.places[slug], programme, beside, document, promises)


def read_document(programme: str) -> AttachedDocument | None:
    """The document that stands with a programme, where the viewer may see its place."""
    with repository().session() as session:
        row = attached_text(session, programme)
        return AttachedDocument(row.name, row.text, row.checksum, row.actor, row.attached_at) if row else None


def _located(snapshot: Snapshot, programme: str, text: str | None) -> tuple[LocatedPromise, ...]:
    views = [view for view in snapshot.gaps if view.programme == programme and view.gap.target]
    places: list[PromisePlace | None] = [None] * len(views)
    if text is not None:
        places = promise_places(text, [view.gap.target for view in views if view.gap.target])
    found = [LocatedPromise(view, at) for view, at in zip(views, places, strict=True)]
    return tuple(sorted(found, key=lambda item: (item.at is None, item.at.start if item.at else 0)))


def attach_document(programme: Programme, name: str, content: bytes, actor: str) -> None:
    """Let a file stand with a programme in place of an earlier one; raises ImportRefusedError with a sentence."""
    received, text = import_service().keep_document(name, content)
    about = {"checksum": received.checksum, "name": received.label}
    with repository().writing() as session:
        tell_trail(subject=f"Gắn văn bản của chương trình: {programme.title}", **about)
        now = datetime.now(UTC)
        if attach_text(session, programme, **about, text=text, actor=actor, at=now):
            finish(session)


def remove_document(programme: Programme, actor: str) -> bool:
    """Let no document stand with a programme; False where there was none."""
    with repository().writing() as session:
        row = remove_text(session, programme.slug, actor, datetime.now(UTC))
        if row is None:
            return False
        tell_trail(subject=f"Gỡ văn bản của chương trình: {programme.title}", name=row.name, checksum=row.checksum)
        finish(session)
        return True


def document_file(programme: str) -> tuple[str, bytes] | None:
    """The attached file as it was received; None where none is attached or its file is gone."""
    found = read_document(programme)
    try:
        return (found.name, import_service().kept_file(found.checksum)[1]) if found else None
    except ImportRefusedError:
        return None
