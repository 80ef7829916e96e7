"""The spreadsheet formulas of the workbook: the method once more, in the language of Excel and LibreOffice.

A test recomputes them with LibreOffice and compares every cell with our own arithmetic.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboard import words
from dashboard.reports.values import PaperRow
from models.promise import Kind

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
)


def _letter(index: int) -> str:
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Formula:
    """One computed column: `template` names other columns as {name}; `value` is our own answer, kept in the file."""

    name: str
    head: str
    template: str
    value: Callable[[PaperRow], float | str]
    is_word: bool = False

    def text(self, line: int, first: int, last: int) -> str:
        """The formula for a spreadsheet row (one-based); `first` and `last` bound its points on "Chuỗi"."""
        cells = {name: f"${_letter(column_of(name))}{line}" for name in NAMES}
        changes = f"'Chuỗi'!$F${first + 1}:$F${last}" if last > first else ""
        median = f"MEDIAN({changes})" if changes else '""'
        return "=" + self.template.format(**cells, median=median, **LIMITS)


LIMITS = {
    "as_of": "'Ngưỡng'!$B$2",
    "on_track": "'Ngưỡng'!$B$3",
    "slow": "'Ngưỡng'!$B$4",
    "tolerance": "'Ngưỡng'!$B$5",
    "year_days": "'Ngưỡng'!$B$6",
    "status_words": "'Ngưỡng'!$A$9:$B$18",
}


def _number(value: float | None) -> float | str:
    return "" if value is None else value


FORMULAS: tuple[Formula, ...] = (
    Formula(
        "goal",
        "Mức cam kết",
        'IF(OR({comparator}="less_than",{comparator}="at_most"),{high},{low})',
        lambda r: _number(r.gap.goal),
    ),
    Formula("horizon_end", "Hết năm mốc", "DATE({horizon},12,31)", lambda r: ""),
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
        'IF({value_on}="","",MAX(0,({horizon_end}-{value_on})/{year_days}))',
        lambda r: _number(r.gap.years_left),
    ),
    Formula(
        "needed",
        "Cần mỗi năm",
        'IF(OR({kind}<>"by",{value}="",{past}),"",IF({direction}="lower",IF({goal}-{value}>=0,0,'
        'IF({years_left}>0,({goal}-{value})/{years_left},"")),IF({goal}-{value}<=0,0,'
        'IF({years_left}>0,({goal}-{value})/{years_left},""))))',
        lambda r: _number(r.gap.needed_per_year if r.gap.target and r.gap.target.kind is Kind.BY else None),
    ),
    Formula(
        "actual",
        "Đang đạt mỗi năm",
        'IF({kind}="by",{median},"")',
        lambda r: _number(r.gap.actual_per_year if r.gap.target and r.gap.target.kind is Kind.BY else None),
    ),
    Formula(
        "ratio",
        "Tỷ số",
        'IF({held}="average",{value}/{goal},IF(OR({needed}="",{actual}=""),"",IF({needed}=0,"",{actual}/{needed})))',
        lambda r: _number(r.gap.ratio),
    ),
    Formula(
        "past",
        "Đã hết năm mốc",
        'OR({as_of}>{horizon_end},AND({value_on}<>"",N({value_on})>={horizon_end}))',
        lambda r: "",
    ),
    Formula(
        "met",
        "Đáp ứng",
        'IF({value}="",FALSE,IF({comparator}="more_than",{value}>{goal},IF({comparator}="less_than",{value}<{goal},'
        'IF({direction}="lower",{value}<={goal},IF({comparator}="about",{value}>={goal}*(1-{tolerance}),{value}>={goal})))))',
        lambda r: "",
    ),
    Formula(
        "status",
        "Mã tình trạng",
        'IF({value}="",IF(AND({elsewhere}=1,{as_of}<={horizon_end}),"not_comparable","no_data"),'
        'IF({kind}="annual",IF({held}="","short_series",IF({held}="held",IF({as_of}>{horizon_end},"reached","on_track"),"missed")),'
        'IF({kind}="annual_average",IF({held}="","short_series",IF({as_of}>{horizon_end},IF({met},"reached","missed"),'
        'IF({ratio}<0,"moving_away",IF({ratio}<{slow},"at_risk",IF({ratio}<{on_track},"slow","on_track"))))),'
        'IF({past},IF(AND({value_on}>=DATE({horizon},12,1),{value_on}<={horizon_end}),IF({met},"reached","missed"),"no_data"),'
        'IF({value_on}<{issued_on},"short_series",IF({met},"reached",IF({actual}="","short_series",'
        'IF({ratio}="",IF(IF({direction}="lower",{actual}>0,{actual}<0),"moving_away","on_track"),'
        'IF(ROUND({ratio},9)<0,"moving_away",IF(ROUND({ratio},9)<{slow},"at_risk",'
        'IF(ROUND({ratio},9)<{on_track},"slow","on_track")))))))))))',
        lambda r: r.gap.status.value,
        is_word=True,
    ),
    Formula(
        "status_word",
        "Tình trạng",
        "VLOOKUP({status},{status_words},2,FALSE)",
        lambda r: words.STATUS_WORDS[r.gap.status],
        is_word=True,
    ),
)

NAMES: tuple[str, ...] = (*[name for _, name in INPUTS], *[formula.name for formula in FORMULAS])


def column_of(name: str) -> int:
    """The zero-based column of an input or a formula on "Cam kết"."""
    return NAMES.index(name)
