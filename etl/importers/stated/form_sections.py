"""Of which organisations a row of the provincial table speaks: its section, else the title, else its own words.

A section or title that narrows ("HTX nông nghiệp") must not lend its figures to the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from etl.parsing.text import folded_key
from etl.tables.columns import Label

KINDS = ("htx", "lhhtx", "tht", "qtdnd")
_NEUTRAL = frozenset(  # words of a heading that narrow nothing
    folded_key(
        "về các khu vực phát triển tình hình hoạt động kết quả chỉ tiêu số liệu đối với loại hình tổ chức phần mục biểu"
        " thực hiện tổng của kinh tế tập thể và trong trên địa bàn tỉnh năm toàn chung hiện trạng KTTT"
    ).split()
)
NARROW = ("nong nghiep", "phi nong nghiep", "lam nghiep", "thuy san", "thuong mai", "van tai", "xay dung", "tin dung")


def kinds_in(text: str) -> tuple[str, ...]:
    """The kinds of organisations that a text names, in short forms."""
    words = folded_key(text).split()
    return tuple(kind for kind in KINDS if kind in words)


def narrowed_by(section: str) -> bool:
    """Whether a section names a kind of organisation and something that not all of them are."""
    words = folded_key(section).split()
    left = [word for word in words if word not in _NEUTRAL and word not in KINDS and not word.isdigit()]
    return bool(kinds_in(section)) and bool(left)


def narrowing_title(titles: Iterable[str]) -> str:
    """The title that speaks of one branch of organisations only ("HTX nông nghiệp"); empty without one."""
    for title in titles:
        key = folded_key(title)
        if any(f"{kind} {branch}" in key for kind in KINDS for branch in NARROW):
            return title
    return ""


def label_of(text: str, section: str, titles: Sequence[str], labels: Sequence[Label]) -> Label | None:
    """The reviewed label of a row. Without a section the row's own words or the titles must name the kind."""
    fitting = [row for row in labels if folded_key(row.label) == folded_key(text)]
    if section:
        words = kinds_in(section)
        inside = [row for row in fitting if kinds_in(row.section) == words[:1] and len(words) == 1]
        return inside[0] if inside else None
    own = set(_kinds_of(titles))
    inside = fitting if kinds_in(text) else [row for row in fitting if set(kinds_in(row.section)) & own]
    return inside[0] if len({row.indicator for row in inside}) == 1 else None


def _kinds_of(titles: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kind for title in titles for kind in kinds_in(title)))
