"""What the address bar says of the register: search words and filters, read strictly and written back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from dashboard.register import words
from dashboard.ui.arguments import MAX_ID, read_id, read_text

PARAMETERS = {
    "text": "tim",
    "place": "dia-ban",
    "kind": "loai",
    "sector": "linh-vuc",
    "operating": "tinh-trang",
    "legal": "phap-ly",
    "rating": "xep-loai",
    "flag": "co",
    "commune": "xa",
}
KNOWN_CODES: dict[str, frozenset[str]] = {
    "kind": frozenset(words.KIND_WORDS),
    "operating": frozenset(words.OPERATING_WORDS),
    "legal": frozenset(words.LEGAL_WORDS),
    "rating": frozenset(words.RATING_WORDS),
    "flag": frozenset(words.FLAG_WORDS),
}


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """Which organisations are meant; every empty field means "all".

    `commune` is a commune's code, or its name as the list wrote it where there is no code.
    """

    text: str = ""
    place: str = ""
    kind: str = ""
    sector: str = ""
    operating: str = ""
    legal: str = ""
    rating: str = ""
    flag: str = ""
    commune: str = ""

    def but(self, **changes: str) -> RegisterFilter:
        """The same filter with some fields changed."""
        return replace(self, **changes)

    def parts(self) -> dict[str, str]:
        """The address parameters that say this filter, ready for View.link."""
        given = ((name, getattr(self, field)) for field, name in PARAMETERS.items())
        return {name.replace("-", "_"): value for name, value in given if value}

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == RegisterFilter()

    @property
    def has_unknown_code(self) -> bool:
        """Whether a code is not one of ours; places are checked against the database, sectors are free."""
        return any(getattr(self, name) and getattr(self, name) not in codes for name, codes in KNOWN_CODES.items())


def read_filter(args: Mapping[str, Any]) -> RegisterFilter:
    """Read a filter from address parameters, or from what a browser posted; anything but short text is dropped."""
    found = {field: read_text(args.get(name)) for field, name in PARAMETERS.items()}
    return RegisterFilter(**found)


def filter_from_fields(posted: object) -> RegisterFilter:
    """Read a filter from its own field names, as the grid sends it back; forged shapes give the empty filter."""
    if not isinstance(posted, Mapping):
        return RegisterFilter()
    return RegisterFilter(**{field.name: read_text(posted.get(field.name)) for field in fields(RegisterFilter)})


@dataclass(frozen=True, slots=True)
class ListPosition:
    """Where the plain list stands: after `row`, before it, or at the end; without anything at the start."""

    row: int | None = None
    is_backward: bool = False
    is_last: bool = False


def read_place(args: Mapping[str, Any]) -> ListPosition:
    """Read `sau` (after this row), `truoc` (before it) or `cuoi` (the last page); nonsense gives the start."""
    if args.get("cuoi") == "1":
        return ListPosition(is_last=True)
    before = read_id(args.get("truoc"))
    return ListPosition(before, is_backward=True) if before else ListPosition(read_id(args.get("sau")))


@dataclass(frozen=True, slots=True)
class GridRequest:
    """Which rows the grid wants: from where, of which filter, in which order."""

    chosen: RegisterFilter
    first: int
    sort: str
    descending: bool


def read_grid_request(posted: object) -> GridRequest:
    """Read what the grid posts; everything in it may be forged, so nothing but the expected shapes counts."""
    chosen = filter_from_fields(inside(posted, "context"))
    typed = inside(posted, "filterModel", "name", "filter")
    if isinstance(typed, str):
        chosen = chosen.but(text=read_text(typed))
    first, sorting = inside(posted, "startRow"), inside(posted, "sortModel")
    order = sorting[0] if isinstance(sorting, list) and sorting else None
    return GridRequest(
        chosen=chosen,
        first=first if isinstance(first, int) and 0 <= first <= MAX_ID else 0,
        sort=str(inside(order, "colId") or ""),
        descending=inside(order, "sort") == "desc",
    )


def inside(value: Any, *path: str) -> Any:
    """A value deep in nested mappings, or None where the path leaves them."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
