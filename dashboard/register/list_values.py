"""Two lists of organisations held against each other by name: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two lists by name. Of those in `same`, `unstated` have a state in one list only."""

    first: ListRef | None
    second: ListRef | None
    lists: tuple[ListRef, ...]
    same: tuple[ListedOrganization, ...] = ()
    only_first: tuple[ListedOrganization, ...] = ()
    only_second: tuple[ListedOrganization, ...] = ()
    other_state: tuple[ListedOrganization, ...] = ()
    unstated: int = 0


@dataclass(frozen=True, slots=True)
class ListRef:
    """One list of organisations of a place: what one load named, or (no `run`) everything said about one day."""

    key: str
    on: date
    count: int
    label: str = ""
    run: int | None = None


@dataclass(frozen=True, slots=True)
class ListedOrganization:
    """One organisation in two lists; a state is empty where the list does not name it, or gives none."""

    id: int
    name: str
    code: str
    commune: str
    first: str
    second: str
