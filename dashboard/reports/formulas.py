"""The spreadsheet formulas of the workbook: the method once more, in the language of Excel and LibreOffice.

A test recomputes them with LibreOffice and compares every cell with our own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dashboard.reports.values import PaperRow
from dashboard.ui import words
from models.gaps.answer import Status
from models.gaps.gap_level import FINAL_VALUE_FROM_MONTH
from models.gaps.promise import Comparator, Direction, PromiseKind

INPUTS: tuple[tuple[str, str], ...] = (
    ("Địa bàn", "place"),
    ("Chỉ tiêu", "indicator"),
    ("Đơn vị", "unit"),
    ("Năm mốc", "horizon"),
    ("Kiểu so sánh", "comparator"),
    ("Loại cam kết", "kind"),
    ("Chiều tốt lên", "direction"),
    ("Mức dưới", "low"),
    ("Mức trên", "high"),
    ("Ngày ban hành", "issued_on"),
    ("Thực tế", "value"),
    ("Ngày số liệu", "value_on"),
    ("Các năm đã khép lại", "held"),
    ("Có số khác cách tính", "elsewhere"),
    ("Điều khoản", "clause"),
    ("Nguồn", "source"),
    ("Lưu ý", "flags"),
)
YEARS_WORDS = {"held": "đạt", "broken": "có năm không đạt", "open": "còn năm chưa có số", "average": "đủ số các năm"}
CODES: dict[str, str] = {  # the templates are written in our codes, the sheet in the reader's words
    **{code.value: words.COMPARATOR_WORDS[code] for code in Comparator},
    **{code.value: words.KIND_WORDS[code] for code in PromiseKind},
    **{code.value: words.DIRECTION_WORDS[code.value] for code in Direction},
    **{code.value: words.STATUS_WORDS[code] for code in Status},
    **YEARS_WORDS,
}


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Formula:
    """One computed column: `template` names other columns as {name}; `value` is our own answer, kept in the file.

    `form` is the name of the cell format.
    """

    name: str
    head: str
    template: str
    value: Callable[[PaperRow], float | str]
    form: str = "tenth"

    def text(self, line: int, first: int, last: int) -> str:
        """The formula for a spreadsheet row (one-based); `first` and `last` bound its points on "Chuỗi"."""
        cells = {name: f"${_letter(column_of(name))}{line}" for name in NAMES}
        changes = f"'Chuỗi'!$F${first + 1}:$F${last}" if last > first else ""
        median = f"MEDIAN({changes})" if changes else '""'
        last_change = f"'Chuỗi'!$F${last}" if changes else "0"
        template = self.template
        for code, word in CODES.items():
            template = template.replace(f'"{code}"', f'"{word}"')
        return "=" + template.format(**cells, median=median, last_change=last_change, **LIMITS)


LIMITS = {
    "as_of": "'Ngưỡng'!$B$2",
    "on_track": "'Ngưỡng'!$B$3",
    "slow": "'Ngưỡng'!$B$4",
    "tolerance": "'Ngưỡng'!$B$5",
    "year_days": "'Ngưỡng'!$B$6",
    "final_month": str(FINAL_VALUE_FROM_MONTH),
}


def _unknown(_row: PaperRow) -> str:
    """Helper columns keep no answer of ours; an office fills them in when it opens the file."""
    return ""


def _serial(year: int) -> int:
    """The last day of a year as a spreadsheet counts days."""
    return (date(year, 12, 31) - date(1899, 12, 30)).days


def _number(value: float | None) -> float | str:
    return "" if value is None else value


# the same last-digit allowance as in models.gaps.promise: 1e-9 of the promised figure
MET = (
    'IF({value}="",FALSE,IF({comparator}="more_than",{value}>{goal},IF({comparator}="less_than",{value}<{goal},'
    'IF({direction}="lower",{value}<={goal}+1E-9,'
    '{value}>={goal}*IF({comparator}="about",1-{tolerance},1)-1E-9*MAX(1,ABS({goal}))))))'
)
RATIO_STATUS = (
    'IF(ROUND({ratio},9)<0,"moving_away",IF(ROUND({ratio},9)<{slow},"at_risk",'
    'IF(ROUND({ratio},9)<{on_track},"slow","on_track")))'
)
ANNUAL_STATUS = (
    'IF({held}="",IF({as_of}>{horizon_end},"no_data","short_series"),IF({held}="open","no_data",'
    'IF({held}="broken","missed",IF({as_of}>{horizon_end},"reached","on_track"))))'
)
AVERAGE_STATUS = (
    'IF({held}="",IF({as_of}>{horizon_end},"no_data","short_series"),IF({as_of}>{horizon_end},'
    f'IF({{held}}="open","no_data",IF({{met}},"reached","missed")),IF({{ratio}}="","on_track",{RATIO_STATUS})))'
)
LEVEL_STATUS = (
    'IF({past},IF({final},IF({met},"reached","missed"),"no_data"),IF({value_on}<{issued_on},"short_series",'
    'IF({met},"reached",IF({actual}="","short_series",IF({ratio}="",'
    'IF(IF({direction}="lower",{last_change}>0,{last_change}<0),"moving_away","on_track"),'
    f"{RATIO_STATUS})))))"
)
STATUS = (
    'IF({value}="",IF(AND({elsewhere}=1,{as_of}<={horizon_end}),"not_comparable","no_data"),'
    f'IF({{kind}}="annual",{ANNUAL_STATUS},IF({{kind}}="annual_average",{AVERAGE_STATUS},{LEVEL_STATUS})))'
)

FORMULAS: tuple[Formula, ...] = (
    Formula(
        "goal",
        "Mức cam kết",
        'IF(OR({comparator}="less_than",{comparator}="at_most"),{high},{low})',
        lambda r: _number(r.gap.goal),
    ),
    Formula("horizon_end", "Hết năm mốc", "DATE({horizon},12,31)", lambda r: _serial(r.horizon), "day"),
    Formula(
        "gap",
        "Chênh lệch",
        'IF({value}="","",IF(AND({kind}<>"by",{held}=""),"",IF({direction}="lower",{goal}-{value},{value}-{goal})))',
        lambda r: _number(r.gap.gap),
    ),
    Formula(
        "percent",
        "% cam kết",
        'IF(OR({gap}="",{goal}=0),"",{value}/{goal}*100)',
        lambda r: _number(r.gap.percent),
    ),
    Formula(
        "years_left",
        "Số năm từ ngày số liệu",
        'IF({value_on}="","",IF({past},0,MAX(0,({horizon_end}-{value_on})/{year_days})))',
        lambda r: _number(r.gap.years_left),
    ),
    Formula(
        "needed",
        "Cần mỗi năm",
        'IF(OR({kind}<>"by",{value}="",{past}),"",IF({direction}="lower",IF({goal}-{value}>=0,0,'
        'IF({years_left}>0,({goal}-{value})/{years_left},"")),IF({goal}-{value}<=0,0,'
        'IF({years_left}>0,({goal}-{value})/{years_left},""))))',
        lambda r: _number(r.gap.needed_per_year if r.gap.target and r.gap.target.kind is PromiseKind.BY else None),
    ),
    Formula(
        "actual",
        "Đang đạt mỗi năm",
        'IF({kind}="by",{median},"")',
        lambda r: _number(r.gap.actual_per_year if r.gap.target and r.gap.target.kind is PromiseKind.BY else None),
    ),
    Formula(
        "ratio",
        "Tỷ số",
        'IF({kind}="annual_average",IF({held}="","",IF({direction}="lower",'
        'IF({value}=0,"",{goal}/{value}),IF({goal}=0,"",{value}/{goal}))),'
        'IF(OR({needed}="",{actual}=""),"",IF({needed}=0,"",{actual}/{needed})))',
        lambda r: _number(r.gap.ratio),
        "hundredth",
    ),
    Formula(
        "past",
        "Đã hết năm mốc",
        'OR({as_of}>{horizon_end},AND({value_on}<>"",N({value_on})>={horizon_end}))',
        _unknown,
        "plain",
    ),
    Formula(
        "final",
        "Có số của năm mốc",
        "AND({past},N({value_on})>=DATE({horizon},{final_month},1),N({value_on})<={horizon_end})",
        _unknown,
        "plain",
    ),
    Formula("met", "Đáp ứng", MET, _unknown, "plain"),
    Formula("status", "Tình trạng", STATUS, lambda r: words.STATUS_WORDS[r.gap.status], "word"),
)

NAMES: tuple[str, ...] = (*[name for _, name in INPUTS], *[formula.name for formula in FORMULAS])


def column_of(name: str) -> int:
    """The zero-based column of an input or a formula on "Cam kết"."""
    return NAMES.index(name)
