"""Who may do what and where: roles, actions, grants. Pure values; nothing here knows a request or a database.

Nothing is allowed unless a grant allows it. Grants only add: holding one more never takes a right away. The
reasons stand in docs/decisions/0014-rights-at-one-place.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from models.places.place import COUNTRY


class Role(StrEnum):
    """What an account is for. One account may hold several roles, each for its own place."""

    VIEWER = "viewer"
    OFFICER = "officer"
    CLOSER = "closer"
    ADMIN = "admin"


class Action(StrEnum):
    """What the choke point asks about; every address and callback names one."""

    VIEW = "view"
    EXPORT = "export"
    SEE_PERSONS = "see_persons"
    IMPORT = "import"
    UPDATE = "update"
    ENTER = "enter"
    CLOSE = "close"
    APPROVE = "approve"
    UNDO = "undo"
    READ_TRAIL = "read_trail"
    RUN = "run"
    ADMINISTER = "administer"


ROLE_WORDS = {
    Role.VIEWER: "người xem",
    Role.OFFICER: "cán bộ",
    Role.CLOSER: "người chốt số",
    Role.ADMIN: "quản trị",
}
ACTION_WORDS = {
    Action.VIEW: "xem số liệu",
    Action.EXPORT: "tải số liệu",
    Action.SEE_PERSONS: "xem họ tên người đại diện",
    Action.IMPORT: "nạp tệp số liệu",
    Action.UPDATE: "cập nhật việc, bước xử lý, giải trình và phiên họp",
    Action.ENTER: "nhập số liệu",
    Action.CLOSE: "chốt số",
    Action.APPROVE: "duyệt bước hai",
    Action.UNDO: "hoàn tác lần nạp",
    Action.READ_TRAIL: "xem nhật ký",
    Action.RUN: "xem tình trạng vận hành",
    Action.ADMINISTER: "quản trị tài khoản",
}
_READS = frozenset({Action.VIEW, Action.EXPORT})
ROLE_ACTIONS: Mapping[Role, frozenset[Action]] = {
    Role.VIEWER: _READS,
    Role.OFFICER: _READS | {Action.IMPORT, Action.UPDATE, Action.ENTER, Action.UNDO},
    Role.CLOSER: _READS | {Action.CLOSE, Action.APPROVE},
    Role.ADMIN: _READS | {Action.READ_TRAIL, Action.RUN, Action.ADMINISTER},
}
WHOLE_INSTALLATION = frozenset({Action.RUN, Action.ADMINISTER})  # a grant for one place does not give these
OF_ONE_AGENCY = frozenset({Action.UPDATE})  # the only action that a grant's agency narrows


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a place. `place` None = everywhere; `agency` None = all agencies; persons only when said."""

    role: Role
    place: str | None = None
    agency: str | None = None
    sees_persons: bool = False

    def actions(self) -> frozenset[Action]:
        """What the grant allows at its place."""
        allowed = ROLE_ACTIONS[self.role]
        if self.place is not None:
            allowed -= WHOLE_INSTALLATION
        return allowed | {Action.SEE_PERSONS} if self.sees_persons else allowed

    def covers(self, action: Action, place: str | None, agency: str | None) -> bool:
        """Whether the grant allows the action there; None asks for "somewhere at least", "some agency at least"."""
        if action not in self.actions():
            return False
        if agency is not None and self.agency is not None and action in OF_ONE_AGENCY and agency != self.agency:
            return False
        return self.place is None or place is None or place == self.place or (place == COUNTRY and action in _READS)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who asks. `is_verified` says that the name was proved by signing in, not merely typed."""

    account_id: int | None
    name: str
    is_verified: bool
    grants: tuple[Grant, ...]
    session_id: int | None = None

    def may(self, action: Action, place: str | None = None, agency: str | None = None) -> bool:
        """Whether some grant allows the action at the place (None = somewhere at least) for the agency."""
        return any(grant.covers(action, place, agency) for grant in self.grants)

    @property
    def places(self) -> frozenset[str] | None:
        """The places whose data may be seen, the country with them; None = everywhere, empty = nothing."""
        return self.places_for(Action.VIEW)

    def places_for(self, action: Action) -> frozenset[str] | None:
        """Where the action is allowed; None = everywhere. Reading somewhere includes reading national data."""
        found = {grant.place for grant in self.grants if action in grant.actions()}
        if None in found:
            return None
        named = frozenset(place for place in found if place is not None)
        return named | {COUNTRY} if named and action in _READS else named

    @property
    def rights_key(self) -> str:
        """A short text that is equal for equal rights and goes into every cache key; names do not matter."""
        return hashlib.sha256(repr(sorted(_strongest(self.grants))).encode()).hexdigest()[:20]

    def with_grant(self, *more: Grant) -> Viewer:
        """The same viewer with further grants."""
        return replace(self, grants=(*self.grants, *more))


NOBODY = Viewer(account_id=None, name="", is_verified=False, grants=())
PUBLIC_GRANT = Grant(Role.VIEWER)  # what PUBLIC_VIEW=1 gives to everyone, signed in or not


def with_predecessors(grants: Iterable[Grant], predecessors: Mapping[str, Iterable[str]]) -> tuple[Grant, ...]:
    """Give each grant for a place to the places it succeeded too, back to the first (`predecessors` by successor)."""
    expanded = [
        replace(grant, place=place)
        for grant in grants
        for place in ([None] if grant.place is None else _back_from(grant.place, predecessors))
    ]
    return tuple(dict.fromkeys(expanded))


def _back_from(place: str, predecessors: Mapping[str, Iterable[str]]) -> list[str]:
    found = [place]
    for known in found:  # grows while it is read: predecessors of predecessors follow
        found.extend(before for before in sorted(predecessors.get(known, ())) if before not in found)
    return found


def _strongest(grants: Iterable[Grant]) -> set[tuple[str, str, str]]:
    """Each right once as (action, place, agency) with "" for all; what a wider right includes is left out."""
    rights = {
        (action.value, grant.place or "", (grant.agency or "") if action in OF_ONE_AGENCY else "")
        for grant in grants
        for action in grant.actions()
    }
    rights |= {(action, COUNTRY, "") for action, _, _ in rights if action in _READS}
    return {
        (action, place, agency)
        for action, place, agency in rights
        if not any(
            wider in rights and wider != (action, place, agency)
            for wider in ((action, "", ""), (action, place, ""), (action, "", agency))
        )
    }
