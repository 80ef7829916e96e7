"""How a value stands to its promise in a few words: one wording for headlines, screens and papers."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import words
from models.gaps.answer import Flag, Gap, Status
from models.gaps.promise import Comparator, Direction, PromiseKind

UNJUDGED = frozenset({Status.NO_DATA, Status.NOT_COMPARABLE, Status.SHORT_SERIES})
STRICT = (Comparator.MORE_THAN, Comparator.LESS_THAN)


def standing(counts: Sequence[tuple[Status, int]], horizon: int) -> str:
    """How many promises can be judged at all, and how those stand: the headline of all places and of each place."""
    total, judged = (sum(count for status, count in counts if status not in left) for left in (frozenset(), UNJUDGED))
    if not judged:
        return f"Chưa đánh giá được chỉ tiêu nào trong {total} chỉ tiêu đến {horizon}: thiếu số liệu"
    parts = [f"{count} {words.STATUS_COUNTED[status]}" for status, count in counts if status not in UNJUDGED]
    return f"{judged} trong {total} chỉ tiêu {horizon} đánh giá được: {', '.join(parts)}"


def over(gap: Gap) -> str:
    """By how much a value passes its promise: "vượt 96", "trong khoảng"; a goal only touched is not passed."""
    target, passed = gap.target, gap.gap or 0.0
    if target is not None and target.comparator is Comparator.RANGE and passed >= 0:
        above = (gap.value or 0.0) - (target.high or 0.0)
        return f"vượt khoảng {words.number(above)}" if above > 0 else "trong khoảng"
    if not passed:
        is_touched = target is not None and target.comparator in STRICT and gap.status is not Status.REACHED
        return "vừa chạm mức, chưa qua" if is_touched else "vừa đủ"
    if gap.direction is Direction.LOWER:
        return f"dưới mức {words.number(passed)}"
    return ("vượt " if passed > 0 else "thấp hơn ") + words.number(abs(passed))


def lacking(gap: Gap, unit: str = "") -> str:
    """How much is still missing, or too much where lower is better; the mean of years says so."""
    amount = f"{words.number(abs(gap.gap or 0.0))} {unit}".rstrip()
    if gap.target is not None and gap.target.kind is PromiseKind.ANNUAL_AVERAGE:
        return f"bình quân mỗi năm {'cao' if gap.direction is Direction.LOWER else 'thấp'} hơn {amount}"
    return f"còn {'thừa' if gap.direction is Direction.LOWER else 'thiếu'} {amount}"


def caution(gap: Gap) -> str:
    """Why nothing may be said of what is missing or over; empty where it may."""
    target = gap.target
    if target is None or gap.gap is None:
        return ""
    if gap.status is Status.NO_DATA:
        return f"chưa có số của năm {target.horizon}" if target.kind is PromiseKind.BY else "chưa đủ số các năm"
    if Flag.BEFORE_PROGRAMME in gap.flags:
        return "chỉ có số trước ngày ban hành"
    if gap.status is Status.REACHED or gap.gap < 0:
        return ""
    return over(gap) if target.kind is PromiseKind.BY else "năm gần nhất đạt"
