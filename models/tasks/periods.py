"""Words of deadlines, and names of the periods of what recurs: "2024", "2024-H1", "2024-Q2", "2024-05". Pure."""

from __future__ import annotations

import re

from models.tasks.task_state import DeadlineKind

QUARTER_NUMBERS = ("I", "II", "III", "IV")
_CODE = re.compile(r"(?P<year>[1-9]\d{3})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])))?")
_PRINTED = (
    re.compile(r"năm (?P<year>[1-9]\d{3})"),
    re.compile(r"quý (?P<quarter>iv|i{1,3})/(?P<year>[1-9]\d{3})"),
    re.compile(r"6 tháng (?P<half>đầu|cuối) năm (?P<year>[1-9]\d{3})"),
    re.compile(r"tháng (?P<month>\d{1,2})/(?P<year>[1-9]\d{3})"),
)


DEADLINE_WORDS: dict[DeadlineKind, str] = {
    DeadlineKind.DAY: "đến một ngày",
    DeadlineKind.MONTH: "trong tháng",
    DeadlineKind.QUARTER: "trong quý",
    DeadlineKind.HALF_YEAR: "trong nửa năm",
    DeadlineKind.YEAR: "trong năm",
    DeadlineKind.PERIOD: "cả giai đoạn",
    DeadlineKind.MONTHLY: "hằng tháng",
    DeadlineKind.QUARTERLY: "hằng quý",
    DeadlineKind.HALF_YEARLY: "6 tháng một lần",
    DeadlineKind.YEARLY: "hằng năm",
    DeadlineKind.SEVERAL: "nhiều kỳ trong năm",
    DeadlineKind.CONTINUOUS: "thường xuyên",
    DeadlineKind.CONDITIONAL: "chờ điều kiện",
    DeadlineKind.PLAN: "theo kế hoạch hằng năm",
    DeadlineKind.NONE: "không ghi",
    DeadlineKind.UNREADABLE: "bản quét mất cột",
}


def period_code(kind: DeadlineKind, year: int, last_month: int) -> str:
    """The code of the period that ends with that month."""
    if kind is DeadlineKind.QUARTERLY:
        return f"{year}-Q{(last_month + 2) // 3}"
    if kind is DeadlineKind.HALF_YEARLY:
        return f"{year}-H{(last_month + 5) // 6}"
    if kind in (DeadlineKind.MONTHLY, DeadlineKind.SEVERAL):
        return f"{year}-{last_month:02d}"
    return str(year)


def period_text(code: str) -> str:
    """The period in Vietnamese words: "quý II/2024"; a text that is no code is given back."""
    found = _CODE.fullmatch(code)
    if found is None:
        return code
    year = found["year"]
    if found["quarter"]:
        return f"quý {QUARTER_NUMBERS[int(found['quarter']) - 1]}/{year}"
    if found["half"]:
        return f"6 tháng {'đầu' if found['half'] == '1' else 'cuối'} năm {year}"
    return f"tháng {int(found['month'])}/{year}" if found["month"] else f"năm {year}"


def read_period(text: str) -> str | None:
    """The code that a code or its words name; None for any other text."""
    plain = " ".join(text.split())
    if _CODE.fullmatch(plain.upper()):
        return plain.upper()
    found = next((match for rule in _PRINTED if (match := rule.fullmatch(plain.lower()))), None)
    if found is None:
        return None
    code = found["year"] + "".join(_part(name, text) for name, text in found.groupdict().items() if name != "year")
    return code if _CODE.fullmatch(code) else None


def _part(name: str, text: str) -> str:
    if name == "quarter":
        return f"-Q{QUARTER_NUMBERS.index(text.upper()) + 1}"
    return f"-{int(text):02d}" if name == "month" else "-H1" if text == "đầu" else "-H2"


def year_of(code: str) -> int:
    """The year a period belongs to."""
    return int(code[:4])
