"""Who of many and what of several: the tasks that one report or one document cannot close. Pure."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

from models.base.text import fold

_BESIDE = re.compile(r"\s*[;\n]\s*|\s+và\s+|,\s+(?=(?:sơ|tổng) kết)", re.IGNORECASE)
_ORDERED = re.compile(
    r"(?:bao cao|chi thi|chuong trinh|cong van|de an|dieu le|hoi nghi|huong dan|ke hoach|ket luan|nghi quyet"
    r"|phuong an|quy che|quy hoach|quyet dinh|so ket|thong bao|to trinh|tong ket|van ban)\b"
)

_SIGNS = {  # the kind of a document in its number: "12/NQ-HĐND"
    "bao cao": "bc", "chi thi": "ct", "chuong trinh": "ctr", "de an": "da", "ke hoach": "kh", "ket luan": "kl",
    "nghi quyet": "nq", "quyet dinh": "qd", "thong bao": "tb", "to trinh": "ttr",
}  # fmt: skip
_LEVELS = re.compile(r"(cấp (?:tỉnh|huyện|xã)) và (cấp (?:tỉnh|huyện|xã))", re.IGNORECASE)


WHOLE = 100  # percent of the offices that must report, where the document states no share


@dataclass(frozen=True, slots=True)
class ReportingOffice:
    """One office that reports for itself: its code, and the name it is known by."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Parts:
    """Whom a task is addressed to and what it orders, on one day.

    `offices` are named one by one; a group ("các sở, ban, ngành") is a collective name. `members` holds the offices of
    each group of which a list is known for the place and day. `share` is the percentage of all of them that must be
    done. `products` holds two or more documents ordered beside each other, else nothing.
    """

    offices: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    members: tuple[tuple[str, tuple[ReportingOffice, ...]], ...] = ()
    share: int = WHOLE

    @property
    def is_single(self) -> bool:
        """Whether one office answers for all of it with one document."""
        return not self.has_many_offices and not self.products

    @property
    def has_many_offices(self) -> bool:
        """Whether several offices must each do their part."""
        return bool(self.groups) or len(self.offices) > 1

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The groups of which no list is known: nobody can say that all of them are done."""
        listed = {group for group, _ in self.members}
        return tuple(group for group in self.groups if group not in listed)

    @property
    def asked_offices(self) -> tuple[str, ...]:
        """The code of every office that is known to have to report, each once."""
        named = [office.code for _, offices in self.members for office in offices]
        return tuple(dict.fromkeys([*self.offices, *named]))

    @property
    def needed(self) -> int | None:
        """How many of those must be done; None while a list is missing."""
        return None if self.unlisted else ceil(len(self.asked_offices) * self.share / WHOLE)

    def finished_on(self, done: Iterable[tuple[str | None, str | None, date]]) -> date | None:
        """The day on which the last office and document needed was done; None while one is missing.

        Each of `done` is an office, a document and a day; what names neither finishes nothing here.
        """
        told = list(done)
        days = []
        if self.has_many_offices:
            firsts = sorted(_firsts((office, day) for office, _, day in told if office in self.asked_offices))
            if not self.needed or len(firsts) < self.needed:
                return None
            days.append(firsts[self.needed - 1])
        if self.products:
            firsts = _firsts((product, day) for _, product, day in told if product in self.products)
            if len(firsts) < len(set(self.products)):
                return None
            days.append(max(firsts))
        return max(days, default=None)


SINGLE = Parts()


def _firsts(dated: Iterable[tuple[str | None, date]]) -> list[date]:
    """The first day of each."""
    found: dict[str | None, date] = {}
    for name, day in dated:
        found[name] = min(day, found.get(name, day))
    return list(found.values())


def parts_of(
    leads: Sequence[str], product: str | None, groups: Collection[str], title: str = "", share: int | None = None
) -> Parts:
    """Read the lead agencies, the printed product and title; `groups` are the codes of collective names."""
    return Parts(
        offices=tuple(code for code in leads if code not in groups),
        groups=tuple(code for code in leads if code in groups),
        products=products_ordered(product or "") or _levels_ordered(product or "", title),
        share=share or WHOLE,
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


def product_meant(number: str, products: Sequence[str]) -> str | None:
    """The one of several ordered documents whose kind stands in a number ("12/NQ-HĐND"); None where none or two do."""
    signs = set(re.findall(r"[a-z]+", fold(number)))
    kinds = tuple(kind for kind, sign in _SIGNS.items() if sign in signs)
    found = [product for product in products if fold(product).startswith(kinds)]
    return found[0] if len(found) == 1 else None
