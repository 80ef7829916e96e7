"""Which indicator the words of a title, a heading or a row mean: by reviewed words only, narrowed step by step."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from etl.importers.stated.form_sections import KINDS, kinds_in
from etl.parsing.text import folded_key
from etl.tables.columns import Label
from models.targets.indicator import Indicator

_COUNTING = re.compile(
    r"^(?:(?:tong so|so luong|so|cac|tong(?= (?:htx|tht|lhhtx|qtdnd|thanh vien|lao dong|can bo)\b))\s+)+"
)
_TIED = re.compile(r"^(?:trong do|chia ra|gom|bao gom|phan theo)\b\s*")
_BRACKET = re.compile(r"\([^()]*\)")
NEUTRAL = frozenset(
    ("", "tong so", "tong cong", "tong", "cong", "chung", "toan tinh", "so luong", "ca nuoc", "tong toan tinh")
)
_PLAIN = frozenset(("htx_count", "tht_count", "lhhtx_count"))  # whose parts and other figures a table may go on with
_SECTOR, _REST = "nong nghiep", "phi nong nghiep"


@dataclass(frozen=True, slots=True)
class FigureSubject:
    """An indicator in one of its definitions, and the words that were taken for it; empty: the first that fits."""

    indicator: str
    definition: str
    words: str


@dataclass(slots=True)
class Subjects:
    """The reviewed words of indicators. `siblings` are all headings and labels of the table."""

    indicators: Mapping[str, Indicator]
    labels: Sequence[Label]
    siblings: Collection[str] = ()
    kinds: tuple[str, ...] = ()
    _known: dict[str, list[tuple[str, FigureSubject]]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for label in self.labels:
            kind = (*kinds_in(label.section), "")[0]
            self._add(label.label, kind, label.indicator, label.definition)
        for code, row in self.indicators.items():
            for text in (row.name, row.short_name):
                self._add(text, next((kind for kind in KINDS if code.startswith(f"{kind}_")), ""), code, "")

    def _add(self, text: str, kind: str, indicator: str, definition: str) -> None:
        self._known.setdefault(_bare(text), []).append((kind, FigureSubject(indicator, definition, text)))

    def find(self, text: str) -> FigureSubject | None:
        """The one indicator that a text means; what may be of several kinds of organisations is of the table's kind."""
        found = self._known.get(_bare(text), [])
        if len({subject.indicator for _kind, subject in found}) > 1:
            named = kinds_in(text) or self.kinds
            found = [pair for pair in found if pair[0] in named[:1]] if len(named) == 1 else []
        elif found and found[0][0] and not kinds_in(text) and self.kinds != (found[0][0],):
            found = [pair for pair in found if not pair[0] or pair[1].indicator == "qtdnd_count"]
        return found[0][1] if len({subject.indicator for _kind, subject in found}) == 1 else None

    def narrowed(self, base: FigureSubject | None, texts: Iterable[str]) -> FigureSubject | None:
        """The indicator of a base and what stands beside it, one after the other; None where one cannot be joined."""
        told = [text for text in map(_tied, texts) if text not in NEUTRAL]
        if len(told) > 1 and (whole := self._joined(base, " ".join(told))) is not None:
            return whole
        subject = base
        for text in told:
            subject = self._joined(subject, text)
            if subject is None:
                return None
        return subject

    def _joined(self, base: FigureSubject | None, text: str) -> FigureSubject | None:
        if folded_key(text) == _SECTOR and _REST not in self.siblings:
            return None  # one sector among others is not the agricultural cooperatives
        is_plain = base is None or base.indicator in _PLAIN
        kind = kinds_in(base.words) if base is not None else self.kinds
        tried = [f"{base.words} {text}"] if base is not None else []
        tried += [text] if is_plain else []
        tried += [f"{kind[0]} {text}"] if is_plain and len(kind) == 1 and not kinds_in(text) else []
        return next((found for each in tried if (found := self.find(each)) is not None), None)


def _tied(text: str) -> str:
    key = folded_key(_BRACKET.sub(" ", text))
    return _TIED.sub("", key)


def is_of_all(text: str) -> bool:
    """Whether a heading speaks of all organisations of a kind: "Tổng số", "Tổng số HTX"."""
    return _tied(text) in NEUTRAL or _bare(text) in KINDS


def _bare(text: str) -> str:
    """The key of a text without words of counting: "Tổng số HTX" and "HTX" are one, with "Số" or without."""
    return _COUNTING.sub("", folded_key(text))
