"""Figures in a sentence with the words that make them stronger or weaker, and the words around them. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from models.gaps.promise import Comparator

STRENGTHS: dict[str, Comparator] = {
    "khoảng": Comparator.ABOUT,
    "gần": Comparator.ABOUT,
    "xấp xỉ": Comparator.ABOUT,
    "trên dưới": Comparator.ABOUT,
    "trên": Comparator.MORE_THAN,
    "hơn": Comparator.MORE_THAN,
    "ít nhất": Comparator.AT_LEAST,
    "tối thiểu": Comparator.AT_LEAST,
    "không dưới": Comparator.AT_LEAST,
    "không thấp hơn": Comparator.AT_LEAST,
    "không ít hơn": Comparator.AT_LEAST,
    "≥": Comparator.AT_LEAST,
    ">=": Comparator.AT_LEAST,
    ">": Comparator.MORE_THAN,
    "≤": Comparator.AT_MOST,
    "<=": Comparator.AT_MOST,
    "<": Comparator.LESS_THAN,
    "dưới": Comparator.LESS_THAN,
    "không quá": Comparator.AT_MOST,
    "tối đa": Comparator.AT_MOST,
}
_NUMBER = r"\d+(?:[.,]\d+)*"
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "vạn": 10_000, "triệu": 1_000_000}
_TWO_WAYS = re.compile(r"\d{1,3},\d{3}")
_OF_VIETNAM = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_STRENGTH = "|".join(sorted(STRENGTHS, key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?:(?P<strength>{_STRENGTH})(?:(?<=[>=<≥≤])\s*|\s+))?(?:(?:được|là|từ|đạt|có)\s+)?(?<![\w/.,-])(?P<low>{_NUMBER})\s*(?P<first>%)?"
    rf"(?:\s*(?:-|–|đến|tới)\s*(?P<high>{_NUMBER})(?![\d/]))?\s*(?P<percent>%)?(?:(?<=\s)(?P<scale>nghìn|ngàn|vạn|triệu)(?!\s*đồng)\b)?(?![\w/.-]*\d*/(?!(?:hợp|htx|năm|tổ|người)))",
    re.IGNORECASE,
)
_NO_FIGURE = re.compile(
    r"(?:(?<!tổng )số|điều|khoản|mục|luật|quý|tháng|ngày|năm|khóa|khoá|thứ|lần|phần|giai đoạn|hạng|top|tốp|loại|"
    r"\d{4}\s*[-–])\s*:?\s*$",
    re.I,
)
_ORDINARY = re.compile(r"(?<!khá )(?<!tốt )(?<!bình )(?<!cấp )(?<!đẳng )(?<!học )(?<!sao )trở lên", re.I)
_LESS = re.compile(r"trở xuống", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """A figure as printed, `low` and `high` in its own unit; offsets count from the sentence's beginning.

    `before` runs from the figure before it or the last break, `after` to the next figure or break; a break is a full
    stop, a semicolon, or "trong đó", which hands on to the next figure. A figure that can be read two ways has no
    value: `readings` holds both.
    """

    low: float | None
    high: float | None
    is_percent: bool
    comparator: Comparator | None
    start: int
    end: int
    before: str
    after: str
    readings: tuple[float, ...] = ()


def figures(sentence: str) -> list[PrintedFigure]:
    """The figures of a sentence in printed order; years, dates, numbers of documents and ordinals are none."""
    found = list(_matches(sentence))
    return [
        _figure(sentence, match, found[at - 1] if at else None, found[at + 1] if at + 1 < len(found) else None)
        for at, match in enumerate(found)
    ]


def _matches(sentence: str) -> Iterator[re.Match[str]]:
    for match in _FIGURE.finditer(sentence):
        is_share = match["percent"] or match["first"]
        is_year = _YEAR.fullmatch(match["low"]) and not match["strength"]
        follows = sentence[match.end() : match.end() + 1]
        is_name = _NO_FIGURE.search(sentence[: match.start("low")]) or follows in ("/", "-")
        if is_share or not (is_year or is_name):
            yield match


def _figure(
    sentence: str, match: re.Match[str], last: re.Match[str] | None, following: re.Match[str] | None
) -> PrintedFigure:
    before = re.split(r"[;.]\s|trong đó|\bgồm\b", sentence[last.end() if last else 0 : match.start()], flags=re.I)[-1]
    whole = sentence[match.end() : following.start() if following else len(sentence)]
    after = re.split(r"[;.](?:\s|$)|trong đó", whole, flags=re.I)[0]
    low, high = _readings(match["low"], match["scale"]), _readings(match["high"], match["scale"])
    is_sure = max(len(low), len(high)) <= 1
    return PrintedFigure(
        low=low[0] if is_sure else None,
        high=high[0] if high and is_sure else None,
        is_percent=bool(match["percent"] or match["first"]),
        comparator=_comparator(match, after),
        start=match.start("strength") if match["strength"] else match.start("low"),
        end=match.end(),
        before=before,
        after=after,
        readings=() if is_sure else (low if len(low) > 1 else high),
    )


def _comparator(match: re.Match[str], after: str) -> Comparator | None:
    """What the words beside the figure say; None where there are none."""
    if match["high"]:
        return Comparator.RANGE
    if match["strength"]:
        return STRENGTHS[match["strength"].lower()]
    if _ORDINARY.search(after):
        return Comparator.AT_LEAST
    return Comparator.AT_MOST if _LESS.search(after) else None


def _readings(text: str | None, scale: str | None) -> tuple[float, ...]:
    """What a figure may mean, as Vietnam writes it or with a comma for thousands: both for "1,280"."""
    if not text:
        return ()
    factor = _SCALES[scale.lower()] if scale else 1
    written = float(text.replace(".", "").replace(",", ".")) if _OF_VIETNAM.fullmatch(text) else None
    abroad = float(text.replace(",", "")) if text.count(".") <= 1 else None
    if _TWO_WAYS.fullmatch(text) and written is not None and abroad is not None:
        return written * factor, abroad * factor
    found = written if written is not None else abroad
    return () if found is None else (found * factor,)
