"""Who of many and what of several: the tasks that one report or one document cannot close. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.base.text import fold

_BESIDE = re.compile(r"\s*[;\n]\s*|\s+và\s+|,\s+(?=(?:sơ|tổng) kết)", re.IGNORECASE)
_ORDERED = re.compile(
    r"(?:bao cao|chi thi|chuong trinh|cong van|de an|dieu le|hoi nghi|huong dan|ke hoach|ket luan|nghi quyet"
    r"|phuong an|quy che|quy hoach|quyet dinh|so ket|thong bao|to trinh|tong ket|van ban)\b"
)

_LEVELS = re.compile(r"(cấp (?:tỉnh|huyện|xã)) và (cấp (?:tỉnh|huyện|xã))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Parts:
    """Whom a task is addressed to and what it orders.

    `offices` are named one by one; a group ("các sở, ban, ngành") is a kind of office of which no list is kept.
    `products` holds two or more documents ordered beside each other, else nothing.
    """

    offices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    products: tuple[str, ...] = ()

    @property
    def is_single(self) -> bool:
        """Whether one office answers for all of it with one document."""
        return not self.has_many_offices and not self.products

    @property
    def has_many_offices(self) -> bool:
        """Whether several offices must each do their part."""
        return bool(self.groups) or len(self.offices) > 1


SINGLE = Parts()


def parts_of(leads: Sequence[str], product: str | None, groups: Collection[str], title: str = "") -> Parts:
    """Read the lead agencies, the printed product and title; `groups` are the codes of collective names."""
    return Parts(
        offices=tuple(code for code in leads if code not in groups),
        groups=tuple(code for code in leads if code in groups),
        products=products_ordered(product or "") or _levels_ordered(product or "", title),
    )


def _levels_ordered(product: str, title: str) -> tuple[str, ...]:
    """One product for each level of government that a title orders it for ("cấp tỉnh và cấp huyện")."""
    found = _LEVELS.search(title)
    return tuple(f"{product or 'Sản phẩm'} (cho {found[group].lower()})" for group in (1, 2)) if found else ()


def products_ordered(printed: str) -> tuple[str, ...]:
    """The documents or meetings that a printed product orders beside each other; empty when it orders one.

    "Nghị quyết của HĐND tỉnh và Quyết định của UBND tỉnh" orders two, "Kế hoạch/Quyết định" one of either kind.
    A piece that begins with no such word goes on with the piece before it.
    """
    found: list[str] = []
    for piece in _BESIDE.split(printed.strip()):
        if found and not _ORDERED.match(fold(piece)):
            found[-1] += f" và {piece}"
        else:
            found.append(piece)
    named = tuple(piece for piece in found if _ORDERED.match(fold(piece)))
    return named if len(named) > 1 else ()
