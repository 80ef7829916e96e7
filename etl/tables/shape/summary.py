"""A table that counts organisations by place or kind is a summary, not a list: it is told and passed over."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from etl.tables.shape.header import HeadedColumn, Header
from models.base.text import fold

_COUNTED = re.compile(
    r"(?:tong )?so(?: luong)?(?: cac)? (?:htx|hop tac xa|lhhtx|lien hiep|tht|to hop tac|qtdnd|to chuc|don vi)\b"
    r"(?!.*\bthanh vien\b).*"
)
_LABELS = frozenset(("commune", "district", "province", "kind", "sector", "operating_state", "rating_class"))
SHOWN = 4


def counts_organizations(heading: str) -> bool:
    """Whether a heading counts organisations, which no list of them does: "Số HTX"; not "Số HTX thành viên"."""
    return _COUNTED.fullmatch(fold(heading).strip()) is not None


def is_summary_heading(texts: Iterable[str]) -> bool:
    """Whether a row of headings below a list of organisations begins a summary of them."""
    folded = [fold(text).strip() for text in texts]
    is_short = len(folded) <= SHOWN and "so luong" in folded
    return is_short or "chi tieu" in folded or any(map(counts_organizations, folded))


def beside_count(columns: Iterable[HeadedColumn]) -> int | None:
    """Where a summary begins that stands at the side of a list without a gap: the label before its count."""
    ordered = sorted(columns, key=lambda column: column.index)
    for before, column in pairwise(ordered):
        if counts_organizations(column.heading):
            return before.index if before.name in _LABELS else column.index
    return None


def plain_header(above: Header, row: int, texts: dict[int, str]) -> Header:
    """A header of these headings, none of which is ours."""
    columns = tuple(HeadedColumn(index, text, parts=(text,)) for index, text in sorted(texts.items()))
    return Header((row,), (), columns, above.titles)
