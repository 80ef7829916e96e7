"""Deadlines in official language as rules: the same words always give the same days. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from models.base.day_limits import is_day_to_store
from models.tasks.deadline_rhythms import YearlyTurn, read_rhythm, yearly_turns
from models.tasks.deadline_spans import days_after_signing, read_span
from models.tasks.task_state import DeadlineKind


@dataclass(frozen=True, slots=True)
class Deadline:
    """What a printed deadline means. `due_on` is the last day on time.

    What recurs has its `turns` in a year, and days of its own only where a period limits it. `condition` is the
    wording of what is waited for. A deadline counted from the signing has no day while that day is not given.
    """

    kind: DeadlineKind
    starts_on: date | None = None
    due_on: date | None = None
    turns: tuple[YearlyTurn, ...] = ()
    condition: str | None = None


_CONTINUOUS = re.compile(r"(?:thường xuyên|liên tục)(?:,? (?:liên tục|hằng năm|hằng tháng|hằng quý|trong năm))*")
_PLAN = re.compile(r"(?:theo )?kế hoạch hằng năm")
_WAITS = re.compile(
    r"theo (?:quy định|hướng dẫn|yêu cầu|chỉ đạo|tiến độ)|(?:ngay )?sau (?:khi|kỳ họp|phiên họp)"
    r"|khi (?:có|được|phát sinh)"
    r"|(?:trước|tại|trong|trình) (?:các )?(?:kỳ|phiên) họp|(?:các )?kỳ họp|trước khi"
    r"|(?:trong|sau|chậm nhất|không quá|tối đa).* (?:kể )?từ (?:ngày|khi|thời điểm)"
)
_WAITS_IN_TITLE = re.compile(r"\(((?:sau khi|khi) [^()]*ban hành[^()]*)\)", re.IGNORECASE)


def read_deadline(text: str, title: str = "", issued_on: date | None = None) -> Deadline | None:
    """What the words mean; None for words no rule knows (they need an officer's decision, not a guess).

    A condition in brackets in the title ("sau khi ... ban hành") outranks years printed beside it: those years
    stay readable by reading the deadline without its title. `issued_on` is the day the document was signed.
    """
    told = _WAITS_IN_TITLE.search(unicodedata.normalize("NFC", title))
    if told:
        return Deadline(DeadlineKind.CONDITIONAL, condition=told.group(1))
    plain = plain_words(text)
    found = _read(plain, text.strip(), issued_on) if plain else Deadline(DeadlineKind.NONE)
    return found if found is not None and _has_days_of_ours(found) else None


def plain_words(text: str) -> str:
    """The words in one spelling: lower case, one space, one kind of dash, 'hằng' for 'hàng', 'quý' for 'qúy'."""
    plain = " ".join(unicodedata.normalize("NFC", text).lower().split()).replace("qúy", "quý")
    plain = re.sub(r"\bhàng (?=năm|quý|tháng)", "hằng ", re.sub(r"[–—−]", "-", plain))
    plain = re.sub(r"\s*([/])\s*", r"\1", re.sub(r"(\d+) \([^()\d]*\) (?=ngày|tháng)", r"\1 ", plain))
    return plain.strip(" .;,:")


def _read(plain: str, printed: str, issued_on: date | None) -> Deadline | None:
    if _CONTINUOUS.fullmatch(plain):
        return Deadline(DeadlineKind.CONTINUOUS)
    if _PLAN.fullmatch(plain):
        return Deadline(DeadlineKind.PLAN, turns=yearly_turns())
    counted = days_after_signing(plain)
    if counted is not None:
        return Deadline(DeadlineKind.DAY, due_on=counted.after(issued_on) if issued_on else None)
    if _WAITS.match(plain):
        return Deadline(DeadlineKind.CONDITIONAL, condition=printed)
    rhythm = read_rhythm(plain)
    if rhythm is not None:
        return Deadline(rhythm.kind, rhythm.starts_on, rhythm.ends_on, rhythm.turns)
    span = read_span(plain)
    return Deadline(span.kind, span.starts_on, span.due_on) if span else None


def _has_days_of_ours(found: Deadline) -> bool:
    """Whether its days may be stored: a year 0202 or 9999 is a slip, and what was meant is not guessed."""
    return all(is_day_to_store(day) for day in (found.starts_on, found.due_on) if day is not None)
