"""Which place and agencies an address or a form is about: what rights are asked for before anything is read or changed.

These look at all places, whoever asks; what they find is only compared with rights, never shown. Something that does
not exist belongs to no place in particular: the route itself says that it is not there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.bounds import seen_places
from dashboard.db.import_file import ImportRefusedError, import_service, needs_place
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui.arguments import read_id
from models.accounts.approval import PendingChange
from models.base.kept_answer import KeptAnswer
from models.base.source import Run
from models.places.place import COUNTRY
from models.register.organization import Organization
from models.targets.official import Remark
from models.tasks.follow_up import ExplanationRequest, Petition
from models.tasks.meeting import Conclusion, Meeting
from models.tasks.task import Task

# kinds of files whose rows say the place
NAMES_ITS_PLACES = ("figures", "tasks", "task_updates", "programme", "group_members")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about. `place` None: not said by the address; `agencies` empty: of no agency in particular."""

    place: str | None = None
    agencies: tuple[str, ...] = ()


Parts = Mapping[str, Any]  # of the address
Fields = Mapping[str, str]  # of the form
Finder = Callable[[Parts, Fields], Subject]
UNSCOPED = Subject()
WHOLE = Subject(COUNTRY)


def unscoped(_parts: Parts, _form: Fields) -> Subject:
    """About whatever the reader may see; the route keeps within it by itself."""
    return UNSCOPED


def whole(_parts: Parts, _form: Fields) -> Subject:
    """About all places: only a grant without a place is enough to change it."""
    return WHOLE


def part(name: str) -> Finder:
    """A part of the address is the slug of the place."""
    return lambda parts, _form: Subject(str(parts.get(name, "")) or None)


def field(name: str, *, otherwise: Subject = UNSCOPED) -> Finder:
    """A field of the form is the slug of the place; `otherwise` where it is empty."""

    def find(_parts: Parts, form: Fields) -> Subject:
        place = form.get(name, "").strip() if form else ""
        return Subject(place) if place else (otherwise if form else UNSCOPED)

    return find


def task(parts: Parts, _form: Fields) -> Subject:
    """The task named by the address: its place, its leads and who does their work today."""
    return _task(str(parts.get("key", "")))


def asked_about(_parts: Parts, form: Fields) -> Subject:
    """The task or promise that a new request for explanation is about."""
    subject = form.get("ve-viec", "").strip()
    found = _task(subject)
    if found.place is None:
        found = Subject(next((gap.place for gap in repository().today(is_whole=True).gaps if gap.key == subject), None))
    return Subject(found.place)  # whoever may update the place may ask any office


def of_key(model: type[Any], *, its_office: bool = True) -> Finder:
    """The row in force under the key of the address: its place, and the office it was given to where that may do it."""

    def find(parts: Parts, _form: Fields) -> Subject:
        found = _kept(model, str(parts.get("key", "")))
        return found if its_office else Subject(found.place)

    return find


def of_number(model: type[Any], name: str = "number", *, otherwise: str | None = COUNTRY) -> Finder:
    """The row of the number in the address; one of no single place is about all."""
    return lambda parts, _form: Subject(_place_of(model, parts.get(name), otherwise=otherwise))


request, petition, conclusion = of_key(ExplanationRequest), of_key(Petition), of_key(Conclusion)
asker = of_key(ExplanationRequest, its_office=False)  # who judges an answer is not the office that gave it
assigner = of_key(Petition, its_office=False)
organization = of_number(Organization, otherwise=None)
run, proposal, meeting = of_number(Run, "run_id"), of_number(PendingChange), of_number(Meeting)
kept_answer = of_number(KeptAnswer)


def remark(parts: Parts, _form: Fields) -> Subject:
    """The place that a remark speaks of; a remark on no place is about all."""
    with repository().whole() as session:
        row = _get(session, Remark, parts.get("remark_id"))
        return UNSCOPED if row is None else Subject(place_of_address(row.address) or COUNTRY)


def remarked(_parts: Parts, form: Fields) -> Subject:
    """The place that a new remark speaks of."""
    return Subject(place_of_address(form.get("trang", "")))


def preview(parts: Parts, _form: Fields) -> Subject:
    """The place that a preview was made for; see `_of_no_place` for files that are not of one."""
    try:
        wanted = import_service().wanted_by(str(parts.get("token", "")))
    except ImportRefusedError:
        return UNSCOPED
    return Subject(wanted["place"]) if wanted.get("place") else _of_no_place(str(wanted.get("kind")))


def received(_parts: Parts, form: Fields) -> Subject:
    """The place that a received file is to be read for; see `_of_no_place` for files that are not of one."""
    kind = form.get("loai", "")
    if not form:
        return UNSCOPED
    return Subject(form.get("dia-ban", "").strip() or None) if needs_place(kind) else _of_no_place(kind)


def _of_no_place(kind: str) -> Subject:
    """Published values and tasks may be of any place: what a load writes is held against rights as it is written.

    See etl/writing/places_written.py. A preview shows what stands now, so who sees some places only may not.
    """
    return UNSCOPED if kind in NAMES_ITS_PLACES and seen_places() is None else WHOLE


def again(parts: Parts, form: Fields) -> Subject:
    """The place of a preview that is made again; the form must not lead to another one."""
    first, second = preview(parts, form), received(parts, form)
    if first.place is None or second.place is None:
        return second if first.place is None else first
    return first if first.place == second.place else WHOLE


def place_of_address(address: str) -> str | None:
    """The place of an address like /tinh/<slug>#..., as remarks keep it."""
    _, _, rest = address.partition("/tinh/")
    return rest.split("#")[0].split("?")[0] or None if address.startswith("/tinh/") else None


def _task(key: str) -> Subject:
    snapshot = repository().today(is_whole=True)
    with repository().whole() as session:
        row = session.scalars(select(Task).where(col(Task.key) == key, col(Task.superseded_at).is_(None))).first()
        return Subject(row.place, _with_successors(row.leads, snapshot)) if row else UNSCOPED


def _with_successors(codes: list[str], snapshot: Snapshot) -> tuple[str, ...]:
    found = list(codes)
    for code in codes:
        agency = snapshot.agencies.get(code)
        link = agency.main_succession(snapshot.moment.as_of) if agency else None
        found += [link.successor] if link else []
    return tuple(dict.fromkeys(found))


def _kept(model: type[Any], key: str) -> Subject:
    with repository().whole() as session:
        row = session.scalars(select(model).where(col(model.key) == key, col(model.superseded_at).is_(None))).first()
        if row is None:
            return UNSCOPED
        return Subject(
            row.place, _with_successors([row.agency], repository().today(is_whole=True)) if row.agency else ()
        )


def _place_of(model: type[Any], number: Any, otherwise: str | None = None) -> str | None:
    with repository().whole() as session:
        row = _get(session, model, number)
        return None if row is None else row.place or otherwise


def _get(session: Session, model: type[Any], number: Any) -> Any | None:
    ident = read_id(str(number or ""))
    return session.get(model, ident) if ident is not None else None
