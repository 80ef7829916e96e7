"""What the names of groups say of the rows below them: their district, commune or sector, group within group.

A group that says none of these ends what a group of its rank said before: nothing is lent to rows of another group.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from etl.parsing.text import clean
from etl.tables.columns import Words

_ORDINAL = re.compile(
    r"\(?(?:([IVXLC]{1,6})|([A-ZĐ])|([a-zđ])|([0-9]{1,3}(?:\.[0-9]{1,3})*))(?:\s*[.):/-]+\s*|\s+)(?=\S)"
)
_STYLES = ("roman", "letter", "small", "digit")
_TOP = ("roman", "letter", "")
_DISTRICT = re.compile(r"(?:huyện|thị xã|thành phố|quận|tp\.?|tx\.?)\s+\S.*", re.IGNORECASE)
_COMMUNE = re.compile(r"(?:xã(?! hội\b| viên\b)|phường|thị trấn|đặc khu)\s+\S.*", re.IGNORECASE)
_KIND = re.compile(r"^(huyện|thị xã|thành phố|quận|tp\.?|tx\.?|xã|phường|thị trấn|đặc khu)\s+")
_COUNTED = re.compile(r"\s*[:(–-]\s*[0-9]+\s*(?:htx|hợp tác xã|tht|đơn vị|tổ)?\s*\)?\s*$", re.IGNORECASE)
_SECTOR_WORDS = re.compile(
    r"^(?:(?:các |nhóm |khối |những )*(?:htx|hợp tác xã|tht|tổ hợp tác|tổ chức)?\s*"
    r"(?:hoạt động )?(?:thuộc |trong |về )*(?:lĩnh vực|ngành)?)\s*:?\s*",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^(?:danh sách|tổng hợp)\s+(?:các\s+)?(?:htx|hợp tác xã)?\s*(?:trên\s+)?(?:địa bàn\s+)?", re.IGNORECASE
)


class GroupName(NamedTuple):
    """A group's name taken apart: the style of its ordinal, what it says (district, commune, sector) and the value."""

    style: str
    says: str
    value: str


def group_name(text: str, sectors: Words | None) -> GroupName:
    """Take "I. Huyện Chư Mẫu" or "HTX NÔNG NGHIỆP: 02 HTX" apart."""
    told = clean(text)
    found = _ORDINAL.match(told)
    style = next((name for name, part in zip(_STYLES, found.groups(), strict=True) if part), "") if found else ""
    bare = _COUNTED.sub("", told[found.end() :] if found else told)
    place = _LIST.sub("", bare)
    for says, pattern in (("district", _DISTRICT), ("commune", _COMMUNE)):
        if pattern.fullmatch(place):
            return GroupName(style, says, written_place(place))
    sector = _SECTOR_WORDS.sub("", bare)
    if sectors is not None and sector and sectors.find(sector):
        return GroupName(style, "sector", sector)
    return GroupName(style, "", bare)


def written_place(place: str) -> str:
    """A place's name in usual letters where it is written in capitals."""
    if place != place.upper():
        return place
    kind, *name = _KIND.split(place.lower(), maxsplit=1)[1:]
    return f"{kind[:1].upper()}{kind[1:]} {' '.join(name).strip().title()}"


@dataclass(slots=True)
class GroupScope:
    """What the groups above the next row say. Groups are pushed in the order of the rows."""

    sectors: Words | None = None
    _open: list[GroupName] = field(default_factory=list)

    def push(self, text: str) -> None:
        """The next group begins: it ends those of its rank and within them."""
        name = group_name(text, self.sectors)
        rank = next((index for index, other in enumerate(self._open) if _is_of_rank(name, other)), None)
        if rank is not None:
            del self._open[rank:]
        elif not name.says and name.style in _TOP:
            self._open.clear()
        self._open.append(name)

    def said(self, what: str) -> str:
        """What the innermost group says of this; empty where none does."""
        return next((name.value for name in reversed(self._open) if name.says == what), "")


def _is_of_rank(name: GroupName, other: GroupName) -> bool:
    return (bool(name.style) and name.style == other.style) or (bool(name.says) and name.says == other.says)
