"""The class and the points of one organisation's year under one scheme."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from etl.facts.rating_schemes import DEFAULT_SCHEME, Scheme
from etl.importers.draft import Content, Context
from etl.parsing.parsed import Problem
from etl.tables.cells import CellReader
from models.register.organization import OperatingState, RatingClass

NAMES = ("points", "rating_class", "not_rated_reason")
UNSTATED = "unstated"
UNDER_A_YEAR, STOPPED = "under_12_months", "stopped_over_3_months"
_STOPPED = (OperatingState.STOPPED, OperatingState.AWAITING_DISSOLUTION)


def scheme_of(texts: Iterable[str], context: Context) -> Scheme:
    """The scheme a title names, else the one in general use."""
    spoken = " ".join(texts)
    named = (s for s in context.schemes.values() if any(text in spoken for text in s.scheme.spellings))
    return next(named, context.schemes[DEFAULT_SCHEME])


def rating_fields(
    reader: CellReader, context: Context, scheme: Scheme, *, founded: date | None, state: str | None
) -> Content:
    """Class, points and reason; empty when the line says neither. A contradiction is flagged, never repaired."""
    given = reader.code("rating_class", context.words["rating_class"], "xếp loại")
    points = reader.number("points")
    if points is not None and not 0 <= points <= 100:
        reader.refuse("points", Problem("rating.points", "điểm phải từ 0 đến 100", "Sửa điểm của dòng này"))
        points = None
    if (unread := reader.unread.get("rating_class")) is not None:
        if points is not None:  # the class was given: points alone must not make another
            reader.unread["points"] = unread
        return {}
    if given is None and points is None:
        return {}
    by_points = None if points is None else scheme.class_of(points)
    rating_class = RatingClass(given) if given else by_points
    found: Content = {"rating_class": str(rating_class), "points": points, "is_contradicting": False}
    if rating_class is RatingClass.NOT_RATED:
        found["not_rated_reason"] = _reason(reader, context, scheme, founded, state)
    elif by_points is not None and by_points is not rating_class:
        found["is_contradicting"] = True
        _say_contradiction(reader, scheme, points or 0, by_points)
    elif reason := _excluded(context, scheme, founded, state):
        text = next(rule.text for rule in scheme.exclusions if rule.code == reason)
        what = f"có xếp loại tuy thuộc diện không xếp loại ({text.lower()})"
        reader.remark("rating_class", Problem("rating.excluded", what, "Kiểm tra lại; dòng vẫn được giữ"))
    return found


def _say_contradiction(reader: CellReader, scheme: Scheme, points: float, by_points: RatingClass) -> None:
    name = next(part.name for part in scheme.classes if part.code is by_points)
    what = f"{points:g} điểm là loại {name} theo {scheme.scheme.name}, khác loại ghi trong bảng".replace(".", ",", 1)
    remedy = "Sửa điểm hoặc loại; dòng vẫn được giữ và đánh dấu mâu thuẫn"
    reader.remark("rating_class", Problem("rating.contradiction", what, remedy))


def _reason(reader: CellReader, context: Context, scheme: Scheme, founded: date | None, state: str | None) -> str:
    stated = context.words["not_rated_reason"].find(reader.text("not_rated_reason"))
    return stated or _excluded(context, scheme, founded, state) or UNSTATED


def _excluded(context: Context, scheme: Scheme, founded: date | None, state: str | None) -> str:
    if founded is not None and founded > date(context.year - 1, 12, 31) and scheme.excludes(UNDER_A_YEAR):
        return UNDER_A_YEAR
    return STOPPED if state in _STOPPED and scheme.excludes(STOPPED) else ""
