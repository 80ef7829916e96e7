"""Units as headers and cells write them: "Tr. đồng/năm", "Trđ", "1.000 đồng", "nghìn người", "%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from models.base.text import fold


class UnitMeasure(StrEnum):
    """What a unit measures; `scale` is a bare "nghìn", "triệu" or "tỷ" that fits counts and money."""

    MONEY = "money"
    COUNT = "count"
    PERCENT = "percent"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Unit:
    """`factor` turns a number in this unit into đồng, into single things, or into percent points."""

    measure: UnitMeasure
    factor: Decimal


def is_money(unit: Unit | None) -> bool:
    """Whether this is a unit of money."""
    return unit is not None and unit.measure is UnitMeasure.MONEY


COUNT = Unit(UnitMeasure.COUNT, Decimal(1))
PERCENT = Unit(UnitMeasure.PERCENT, Decimal(1))

_SCALES = {"nghin": 3, "ngan": 3, "1000": 3, "trieu": 6, "tr": 6, "1000000": 6, "ty": 9, "ti": 9, "": 0}
_MONEY = ("dong", "vnd", "d")
_THINGS = (
    *("htx", "lhhtx", "tht", "qtdnd", "hoptacxa", "lienhiephoptacxa", "tohoptac"),
    *("nguoi", "thanhvien", "tv", "laodong", "ho", "xa", "canbo", "donvi", "hopdong", "sanpham", "diem", "luot", "lop"),
)
_SAME_THING = {  # what may be counted under several words; any other word stands for itself
    "hoptacxa": "htx",
    "lienhiephoptacxa": "lhhtx",
    "tohoptac": "tht",
    **dict.fromkeys(("thanhvien", "tv", "laodong", "canbo"), "nguoi"),
}
_FORM = re.compile(rf"({'|'.join(sorted(_SCALES, key=len, reverse=True))})({'|'.join((*_MONEY, *_THINGS))})?")
_PER = re.compile(r"(?:nam|1?htx|1?lhhtx|1?tht|1?hoptacxa|1?tohoptac|1?nguoi|1?laodong|1?thanhvien|1?tv)")


@lru_cache(maxsize=1024)
def read_unit(text: str) -> Unit | None:
    """Read a unit; None when the words are not one we know.

    "/năm", "/HTX" and "/người" leave the amount as it is; "/tháng" is refused, a month is not a year.
    """
    head, *parts = re.sub(r"[\s.]", "", fold(text)).split("/")
    if not head or not all(_PER.fullmatch(part) for part in parts):
        return None
    if head in ("%", "phantram"):
        return PERCENT
    form = _FORM.fullmatch(head)
    if form is None:
        return None
    factor = Decimal(10) ** _SCALES[form[1]]
    if form[2] is None:
        return Unit(UnitMeasure.SCALE, factor)
    return Unit(UnitMeasure.MONEY if form[2] in _MONEY else UnitMeasure.COUNT, factor)


def thing_of(text: str) -> str:
    """What a unit of count counts ("htx", "nguoi"), alike words as one; empty for "đơn vị" and what is no count."""
    head = re.sub(r"[\s.]", "", fold(text)).split("/")[0]
    form = _FORM.fullmatch(head)
    thing = form[2] if form is not None and form[2] in _THINGS else ""
    return "" if thing == "donvi" else _SAME_THING.get(thing or "", thing or "")


def fits(own: Unit, column: Unit | None) -> bool:
    """Whether a unit written in a cell may stand in a column of that unit."""
    if column is None or own.measure == column.measure:
        return True
    return own.measure == UnitMeasure.SCALE and column.measure != UnitMeasure.PERCENT
