"""Two steps: proposing a change, looking at what it would move, and carrying it out once somebody else approves.

Nothing of a proposal is in the facts before it is approved; the verdict is written in the same transaction as
the change itself, so neither can be there without the other.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from sqlalchemy.orm import Session

from dashboard.access.sent_once import keep_made, made_before
from dashboard.access.trail import expected_deed, finish, tell_trail
from dashboard.access.trail_words import proposal_line
from dashboard.db.bounds import Places, WritingSession
from dashboard.db.failures import NotAcceptedError
from dashboard.db.import_file import ImportRefusedError, ImportsBusyError, import_service
from dashboard.db.import_values import EffectView
from dashboard.db.read_session import repository
from dashboard.imports.data.official import Figure, OfficialChoice, Signature, UndecidableError, enter_in, settle_in
from dashboard.imports.data.proposed_files import forget_file, is_preview_of
from models.accounts.approval import ApprovalVerdict, DecidedError, PendingChange, Proposal, decide, read_pending
from models.accounts.rights import Action, Viewer
from models.base.database import data_version
from models.base.source import SourceFile
from models.base.trial import trial
from models.places.place import COUNTRY

SAME_WAITS = "Đề nghị số {number} y như vậy đang chờ duyệt. Chờ người thứ hai duyệt, hoặc rút đề nghị đó trước."
DECIDED = "Đề nghị này không còn chờ, hoặc bạn không phải người được quyết định nó. Mở lại trang Duyệt; chưa ghi gì."
NOT_YOURS = "Người đề nghị không tự duyệt được; người khác có quyền duyệt ở địa bàn này phải duyệt. Chưa ghi gì."
MOVED_ON = "Dữ liệu đã đổi từ lúc xem. Xem lại bản trước và sau rồi duyệt; chưa ghi gì."
OTHER_FILE = "Bản xem trước này không phải của đề nghị. Mở lại đề nghị từ trang Duyệt; chưa ghi gì."
SHOWN = 40
DAYS = ("period_end", "published_on")


class NotApprovedError(NotAcceptedError):
    """Nothing was done; the message is a Vietnamese sentence for the reader."""


class MovedOnError(NotApprovedError):
    """The data is no longer what the preview showed: show it anew first."""


@dataclass(frozen=True, slots=True)
class Person:
    """An account that proposes or decides, as rows name it."""

    account_id: int
    name: str


def propose_import(token: str, agreed: bool, by: Person) -> int:
    """Let a previewed file wait; the preview itself is given up, for another is made on the day it is approved."""
    try:
        prepared, wanted = import_service().prepared(token), import_service().wanted_by(token)
    except ImportRefusedError as error:
        raise NotApprovedError(str(error)) from error
    if not prepared.can_commit or (prepared.needs_agreement and not agreed):
        raise NotApprovedError("Tệp chưa nạp được: sửa lỗi, hoặc đồng ý để ngoài những gì chưa nạp được rồi gửi lại.")
    with repository().whole() as session:
        received = session.get(SourceFile, wanted["checksum"])
        title = received.name if received else wanted["checksum"][:12]
    payload = {"wanted": wanted, "agreed": agreed, "rows": prepared.values["rows"]}
    number = _propose(Proposal.IMPORT, wanted["place"], wanted["year"], title, payload, by)
    import_service().cancel(token)
    return number


def propose_official(choice: OfficialChoice, title: str, by: Person) -> int:
    """Let a choice of the official value wait; what could not be written today is refused at once."""
    _try(lambda session: settle_in(session, choice, Signature(by.name, True)))
    return _propose(Proposal.OFFICIAL, choice.place, choice.year, title, asdict(choice), by)


def propose_figure(figure: Figure, unit: str, is_year: bool, title: str, by: Person) -> int:
    """Let a typed figure wait; what could not be written today is refused at once."""
    _try(lambda session: enter_in(session, figure, unit, Signature(by.name, True), is_year=is_year))
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(figure).items()}
    payload = {"figure": plain, "unit": unit, "is_year": is_year}
    return _propose(Proposal.FIGURE, figure.place, figure.period_end.year, title, payload, by)


def propose_undo(run_id: int, by: Person) -> int:
    """Let the undoing of a run wait; what could not be undone today is refused at once."""
    run = next((item for item in import_service().runs() if item["id"] == run_id), None)
    if run is None:
        raise NotApprovedError(f"Không có lượt {run_id}. Xem lại danh sách lượt nạp.")
    _try(lambda session: import_service().undo_in(session, run_id, by.name))
    title = f"Hoàn tác lượt {run_id}: {run['source']}"
    return _propose(Proposal.UNDO, run["place"], run["year"], title, {"run_id": run_id}, by)


def waiting(viewer: Viewer) -> list[PendingChange]:
    """What waits and concerns the viewer: to decide, or proposed by the viewer."""
    return [item for item in _read(is_open=True) if concerns(viewer, item)]


def decided(viewer: Viewer) -> list[PendingChange]:
    """What was decided lately and concerns the viewer, newest first."""
    return [item for item in _read(is_open=False) if concerns(viewer, item)][:SHOWN]


def count_to_decide(viewer: Viewer) -> int:
    """How many changes wait for this viewer's decision."""
    return sum(may_decide(viewer, item) for item in _read(is_open=True))


def find(number: int) -> PendingChange | None:
    """One proposal, whoever asks."""
    with repository().whole() as session:
        return session.get(PendingChange, number)


def is_own(viewer: Viewer, item: PendingChange) -> bool:
    """Whether this account proposed it, in whatever session."""
    return viewer.account_id is not None and viewer.account_id == item.proposed_by


def concerns(viewer: Viewer, item: PendingChange) -> bool:
    """Whether the viewer may read it: the proposer, and whoever decides for that place."""
    return is_own(viewer, item) or _covers(viewer, item)


def may_decide(viewer: Viewer, item: PendingChange) -> bool:
    """Whether the viewer may approve or refuse it: another account, with the right for that place."""
    return viewer.account_id is not None and not is_own(viewer, item) and _covers(viewer, item)


def version_now() -> str:
    """The data version that a preview made now stands for, as its button carries it."""
    with repository().whole() as session:
        return str(data_version(session))


def effects(item: PendingChange) -> list[EffectView]:
    """Every figure and status before and after a waiting change other than a file."""
    place, year = item.place or COUNTRY, item.year or repository().settings.as_of.year
    try:
        found = import_service().effects(
            lambda session: _act(session, item, Signature(item.proposed_by_name)), place, year
        )
        return cast("list[EffectView]", found)
    except (UndecidableError, ImportRefusedError) as error:
        raise NotApprovedError(str(error)) from error


def approve(number: int, viewer: Viewer, *, version: str, token: str, agreed: bool) -> int:
    """Carry a change out as it was shown at `version` and give the run.

    Raises MovedOnError when the data has changed since, NotApprovedError when this viewer may not or it cannot be.
    """
    item, person = _authorized(number, viewer)
    if version != version_now():
        raise MovedOnError(MOVED_ON)
    name = f"{item.proposed_by_name}; duyệt: {person.name}"

    def on_commit(session: Session, run_id: int) -> None:
        at = datetime.now(UTC)
        decide(session, number, ApprovalVerdict.APPROVED, by=person.account_id, name=person.name, at=at, run_id=run_id)

    try:
        if item.kind == Proposal.IMPORT:
            if not is_preview_of(item, token):
                raise NotApprovedError(OTHER_FILE)
            within = viewer.places_for(Action.APPROVE)
            run_id = import_service().commit(
                token, name, agreed, on_commit=on_commit, within=within, deed=expected_deed()
            )
            forget_file(item)
            return run_id
        return _carry_out(item, Signature(name, True), version, on_commit, viewer.places_for(Action.APPROVE))
    except DecidedError as error:
        raise NotApprovedError(DECIDED) from error
    except ImportsBusyError:
        raise
    except (UndecidableError, ImportRefusedError) as error:
        raise NotApprovedError(str(error)) from error


def refuse(number: int, viewer: Viewer, reason: str) -> None:
    """Say no, with a reason; raises NotApprovedError."""
    item, person = _authorized(number, viewer)
    _close(number, ApprovalVerdict.REFUSED, person, reason)
    forget_file(item)


def withdraw(number: int, person: Person) -> None:
    """The proposer takes a proposal back; raises NotApprovedError."""
    item = find(number)
    _close(number, ApprovalVerdict.WITHDRAWN, person, "")
    forget_file(item)


def _carry_out(
    item: PendingChange, by: Signature, version: str, on_commit: Callable[[Session, int], None], within: Places | None
) -> int:
    with repository().writing() as session:
        if str(data_version(session)) != version:
            raise MovedOnError(MOVED_ON)
        run_id = _act(session, item, by, within)
        on_commit(session, run_id)
        finish(session, run=run_id)
        return run_id


def _act(session: Session, item: PendingChange, by: Signature, within: Places | None = None) -> int:
    payload = item.payload
    if item.kind == Proposal.OFFICIAL:
        return settle_in(session, OfficialChoice(**payload), by)
    if item.kind == Proposal.FIGURE:
        return enter_in(session, figure_of(payload["figure"]), payload["unit"], by, is_year=payload["is_year"])
    return import_service().undo_in(session, payload["run_id"], by.actor, within)


def figure_of(plain: Mapping[str, Any]) -> Figure:
    """A typed figure from its plain values."""
    days = {name: date.fromisoformat(plain[name]) if plain[name] else None for name in DAYS}
    return Figure(**{**plain, **days})


def _authorized(number: int, viewer: Viewer) -> tuple[PendingChange, Person]:
    item = find(number)
    if item is None or item.verdict is not None:
        raise NotApprovedError(DECIDED)
    if viewer.account_id is None or not may_decide(viewer, item):
        raise NotApprovedError(NOT_YOURS)
    return item, Person(viewer.account_id, viewer.name)


def _close(number: int, verdict: ApprovalVerdict, person: Person, reason: str) -> None:
    with repository().writing() as session:
        try:
            at = datetime.now(UTC)
            decide(session, number, verdict, by=person.account_id, name=person.name, at=at, reason=reason)
        except DecidedError as error:
            raise NotApprovedError(DECIDED) from error
        finish(session)


def _propose(
    kind: Proposal, place: str | None, year: int | None, title: str, payload: dict[str, Any], by: Person
) -> int:
    with repository().writing() as session:
        if before := made_before(session):
            return int(before)
        for item in read_pending(session, is_open=True):
            if item.kind == kind and _same(item.payload) == _same(payload):
                raise NotApprovedError(SAME_WAITS.format(number=item.id))
        row = PendingChange(
            kind=kind.value,
            place=place,
            year=year,
            title=title,
            payload=payload,
            proposed_by=by.account_id,
            proposed_by_name=by.name,
            proposed_at=datetime.now(UTC),
        )
        session.add(row)
        session.flush()
        keep_made(session, row.id)
        tell_trail("propose", proposal_line(row.kind, row.title), proposal=row.id)
        finish(session)
        return row.id or 0


def _same(payload: dict[str, Any]) -> Any:
    return payload.get("wanted", payload)


def _try(act: Callable[[Session], object]) -> None:
    with trial(repository().engine, WritingSession) as session:
        try:
            act(session)
        except (UndecidableError, ImportRefusedError) as error:
            raise NotApprovedError(str(error)) from error


def _read(*, is_open: bool) -> list[PendingChange]:
    with repository().session() as session:
        return list(read_pending(session, is_open=is_open))


def _covers(viewer: Viewer, item: PendingChange) -> bool:
    return viewer.may(Action.APPROVE, item.place or COUNTRY)
