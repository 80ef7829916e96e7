"""Deadlines that come again: monthly, quarterly, half-yearly, yearly, and on named days of every year. Pure.

Words are taken away one after the other; a rhythm is read only when nothing but connecting words is left.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from models.tasks.deadline_spans import MONTHS_A_QUARTER, MONTHS_A_YEAR, QUARTERS, read_span
from models.tasks.task_state import DeadlineKind

COMMON_YEAR = 2023
LAST_OF_MONTH = 31
JULY = 7
HALVES = (6, 12)


@dataclass(frozen=True, slots=True)
class YearlyTurn:
    """One instance of a year: the last month of its period, and (month, day) of its last day on time.

    Without `due` the province's own rule for this rhythm counts, else the last day of the period. A day past the
    end of its month means that month's last day. `is_next_year`: the day falls in the year after the period's.
    """

    last_month: int
    due: tuple[int, int] | None = None
    is_next_year: bool = False


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What comes again, from and to which day where a period limits it."""

    kind: DeadlineKind
    turns: tuple[YearlyTurn, ...]
    starts_on: date | None = None
    ends_on: date | None = None


_LAST_MONTHS: dict[DeadlineKind, tuple[int, ...]] = {
    DeadlineKind.MONTHLY: tuple(range(1, 13)),
    DeadlineKind.QUARTERLY: (3, 6, 9, 12),
    DeadlineKind.HALF_YEARLY: (6, 12),
    DeadlineKind.YEARLY: (12,),
    DeadlineKind.PLAN: (12,),
}
_KIND_OF_COUNT = {
    12: DeadlineKind.MONTHLY,
    4: DeadlineKind.QUARTERLY,
    2: DeadlineKind.HALF_YEARLY,
    1: DeadlineKind.YEARLY,
}
_ONE = r"(?:1|một|01)"
_ONCE = rf"(?: {_ONE} lần|/lần)"
_A = r"(?:/| mỗi | một )"
_RHYTHMS = (
    (
        DeadlineKind.MONTHLY,
        rf"(?:hằng|mỗi) tháng{_ONCE}?|(?<!\d )(?<!ba )(?<!sáu )(?:{_ONE} )?tháng{_ONCE}|{_ONE} lần{_A}tháng",
    ),
    (
        DeadlineKind.QUARTERLY,
        rf"(?:hằng|mỗi) quý{_ONCE}?|(?:{_ONE} )?quý{_ONCE}|(?:3|ba|03) tháng{_ONCE}|{_ONE} lần{_A}quý",
    ),
    (
        DeadlineKind.HALF_YEARLY,
        rf"(?:hằng |mỗi )?(?:6|06|sáu) tháng(?! (?:đầu|cuối)){_ONCE}?|nửa năm{_ONCE}"
        r"|(?:2|hai|02) lần(?:/| mỗi | một | trong | )năm",
    ),
    (
        DeadlineKind.YEARLY,
        rf"(?:hằng|mỗi|báo cáo|cả) năm(?! \d){_ONCE}?|(?:{_ONE} )?năm{_ONCE}|{_ONE} lần{_A}năm",
    ),
)
_NOT_A_DATE = r"\b(?! (?:\d|[ivx]))"
_SHARED = (  # "hằng quý, năm" and "6 tháng, năm" leave out a word that stands before the first
    (re.compile(rf"(hằng tháng(?:,| và)) quý{_NOT_A_DATE}"), r"\1 hằng quý"),
    (
        re.compile(rf"((?:hằng (?:tháng|quý)|\b(?:6|06|sáu) tháng)(?:,| và)) (?:{_ONE} )?năm{_NOT_A_DATE}"),
        r"\1 hằng năm",
    ),
)
_LIMITED = re.compile(r"\(?(?:(?:trong )?giai đoạn )?(?:từ (?:năm )?)?(\d{4})(?: ?- ?| đến (?:năm )?)(\d{4})\)?")
_DAY = r"(?:ngày )?(?P<day>\d{1,2})"
_HOW = r"(?P<how>trước|(?:(?:chậm|muộn) nhất|không quá|vào|đến)(?: là| trước)?)? ?"
_NEXT = r"(?:sau|tiếp theo|kế tiếp)"
_OF_MONTH = re.compile(
    rf"{_HOW}ngày (?P<day>\d{{1,2}})(?: (?:của )?(?P<when>tháng {_NEXT}(?: liền kề)?"
    rf"|tháng cuối(?: của)?(?: mỗi)? quý|tháng đầu(?: của)?(?: mỗi)? quý {_NEXT}|tháng))?(?![\d/])(?! tháng \d)"
)
_OF_YEAR = re.compile(rf"{_HOW}{_DAY}(?:/| tháng )(?P<month>\d{{1,2}})(?P<next>(?:/| )?(?:của )?năm {_NEXT})?(?![\d/])")
_MONTH = re.compile(r"(?P<how>trước|cuối|trong)? ?(?:tháng|(?<=\d,)|(?<=\d và)) (?P<month>\d{1,2})(?![\d/])(?! tháng)")
_QUARTER = re.compile(r"(?P<how>trước|cuối|trong)? ?quý (?P<quarter>iv|i{1,3}|[1-4])\b")
_END_OF_YEAR = re.compile(r"(?:vào )?cuối (?:mỗi )?năm|31/12")
_CONNECTING = re.compile(
    r"(?:[\s,;.():+&-]|\b(?:và|định kỳ|báo cáo|thực hiện|tổng hợp|đánh giá|sơ kết|giai đoạn|của|trong|vào|theo|các"
    r"|đợt|lần|kỳ|trước|chậm nhất|gửi)\b)*"
)


def yearly_turns() -> tuple[YearlyTurn, ...]:
    """One instance a year, on the province's own day."""
    return default_turns(DeadlineKind.YEARLY)


def default_turns(kind: DeadlineKind) -> tuple[YearlyTurn, ...]:
    """The instances of a year where the words name no day; empty for what does not recur."""
    return tuple(YearlyTurn(month) for month in _LAST_MONTHS.get(kind, ()))


def read_rhythm(text: str) -> Rhythm | None:
    """The rhythm that words name; None where no rhythm is named or a word is left that no rule knows."""
    rest, limits = _limits(text)
    rest, kinds = _kinds(rest)
    try:
        rest, named = _named_days(rest, kinds)
    except ValueError:
        return None
    is_named_only = not kinds and _is_day_of_every_year(text)
    if not (kinds or is_named_only) or not _CONNECTING.fullmatch(rest):
        return None
    if named and kinds and kinds[0] is not DeadlineKind.YEARLY and len(named) != len(_LAST_MONTHS[kinds[0]]):
        return None
    kind = _KIND_OF_COUNT.get(len(named), DeadlineKind.SEVERAL) if named else kinds[0]
    return Rhythm(kind, named or _unnamed(kinds), *limits)


def _is_day_of_every_year(text: str) -> bool:
    """A day without a year ("trước ngày 15/12"), or several of them ("15/6 và 15/12"), come every year."""
    day = r"(?:ngày )?\d{1,2}(?:/| tháng )\d{1,2}"
    one, several = rf"(?:(?:chậm|muộn) nhất )?trước {day}", rf"(?:trước )?{day}(?:(?:,| và|, và) (?:trước )?{day})+"
    return bool(re.fullmatch(rf"{one}|{several}", text))


def _unnamed(kinds: list[DeadlineKind]) -> tuple[YearlyTurn, ...]:
    """The finest rhythm named; a coarser one beside it is its instance at that period's end."""
    return default_turns(kinds[0])


def _limits(text: str) -> tuple[str, tuple[date | None, date | None]]:
    found = _LIMITED.search(text)
    span = read_span(f"{found[1]}-{found[2]}") if found else None
    if found is None or span is None:
        return text, (None, None)
    return f"{text[: found.start()]} {text[found.end() :]}", (span.starts_on, span.due_on)


def _kinds(text: str) -> tuple[str, list[DeadlineKind]]:
    """The rhythms named, finest first, and the text without them; "quý" or "năm" after one shares its "hằng"."""
    for shared, whole in _SHARED:
        text = shared.sub(whole, text)
    found = []
    for kind, pattern in _RHYTHMS:
        shorter = re.sub(rf"\b(?:{pattern})(?![\w/])", " ", text)
        if shorter != text:
            found.append(kind)
        text = shorter
    return text, found


def _named_days(text: str, kinds: list[DeadlineKind]) -> tuple[str, tuple[YearlyTurn, ...]]:
    """The turns that name their day, and the text without them."""
    if kinds and kinds[0] in (DeadlineKind.MONTHLY, DeadlineKind.QUARTERLY):
        found = _OF_MONTH.search(text)
        if found:
            turns = tuple(_turn_of_month(kinds[0], month, found) for month in _LAST_MONTHS[kinds[0]])
            return _without(text, [found]), turns
    for rule, turn_of in ((_OF_YEAR, _turns_of_days), (_MONTH, _turns_of_months), (_QUARTER, _turns_of_quarters)):
        matches = list(rule.finditer(text))
        if matches:
            return _without(text, matches), turn_of(matches)
    end = _END_OF_YEAR.search(text)
    return (_without(text, [end]), (YearlyTurn(12, (12, 31)),)) if end and kinds else (text, ())


def _without(text: str, matches: list[re.Match[str]]) -> str:
    for found in reversed(matches):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return text


def _turn_of_month(kind: DeadlineKind, last_month: int, found: re.Match[str]) -> YearlyTurn:
    """A day of the month, of the quarter's last month, or of the month after the period."""
    when, day = found["when"] or "", int(found["day"])
    if not 1 <= day <= LAST_OF_MONTH or (kind is DeadlineKind.QUARTERLY) != ("quý" in when):
        raise ValueError(when)
    is_after = bool(re.search("sau|tiếp", when))
    month = last_month + 1 if is_after else last_month
    due = _eve(month, day) if "trước" in (found["how"] or "") else (month, day)
    if due[0] < 1:
        raise ValueError(day)  # the eve of 1 January is in another year
    is_next_year = due[0] > MONTHS_A_YEAR
    return YearlyTurn(last_month, ((due[0] - 1) % MONTHS_A_YEAR + 1, due[1]), is_next_year)


def _eve(month: int, day: int) -> tuple[int, int]:
    return (month, day - 1) if day > 1 else (month - 1, LAST_OF_MONTH)


def _turns_of_days(matches: list[re.Match[str]]) -> tuple[YearlyTurn, ...]:
    """Days of the year; the first "trước" counts for every day after it that says nothing else."""
    turns: list[tuple[date, bool]] = []
    is_before = False
    for found in matches:
        is_before = "trước" in found["how"] if found["how"] else is_before
        day = date(COMMON_YEAR, int(found["month"]), int(found["day"])) - timedelta(days=is_before)
        turns.append((day, bool(found["next"])))
    months = [day.month for day, _ in turns]
    is_half_yearly = len(turns) == len(HALVES) and months[0] <= JULY < months[1]
    ends = HALVES if is_half_yearly else (MONTHS_A_YEAR,) if len(turns) == 1 else months
    return tuple(
        YearlyTurn(end, (day.month, day.day), is_next) for end, (day, is_next) in zip(ends, turns, strict=True)
    )


def _turns_of_months(matches: list[re.Match[str]]) -> tuple[YearlyTurn, ...]:
    return tuple(_month_end(found["how"], int(found["month"]), int(found["month"])) for found in matches)


def _turns_of_quarters(matches: list[re.Match[str]]) -> tuple[YearlyTurn, ...]:
    ends = [(found["how"], QUARTERS[found["quarter"]] * MONTHS_A_QUARTER) for found in matches]
    return tuple(_month_end(how, last - MONTHS_A_QUARTER + 1, last) for how, last in ends)


def _month_end(how: str | None, first: int, last: int) -> YearlyTurn:
    if not 1 <= first <= last <= MONTHS_A_YEAR:
        raise ValueError(last)
    if how == "trước" and first == 1:
        raise ValueError(how)  # the eve is in another year: what was meant is not guessed
    if how == "trước":
        return YearlyTurn(last, (first - 1, LAST_OF_MONTH))
    return YearlyTurn(last, (last, LAST_OF_MONTH))


def due_day(year: int, due: tuple[int, int]) -> date:
    """That day of a year; a day past the end of its month is the month's last day."""
    month, day = due
    return date(year, month, min(day, monthrange(year, month)[1]))
