"""Every Vietnamese word that stands for a code, and how numbers and dates are written (1.234,5; 01/7/2025)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from math import floor

from models.base.day_text import day_text
from models.gaps.answer import STATUS_WORDS as STATUS_WORDS
from models.gaps.answer import Flag, Status
from models.gaps.promise import Comparator, PromiseKind, TargetRecord
from models.gaps.series import Exclusion, Point, Qualifier, ValueKind
from models.tasks.task_state import ReportOutcome, TaskState

PRODUCT = "Cam kết kinh tế tập thể"
MINUS = "−"
NONE = "–"

STATUS_COUNTED: dict[Status, str] = {code: word[0].lower() + word[1:] for code, word in STATUS_WORDS.items()}
STATUS_COUNTED[Status.SHORT_SERIES] = "chưa đủ chuỗi"
STATUS_MEANINGS: dict[Status, str] = {
    Status.MISSED: "Số liệu của năm mốc đã có và không đạt; hoặc chỉ tiêu hằng năm không đạt ở năm gần nhất.",
    Status.MOVING_AWAY: "Số liệu đang thay đổi theo chiều xấu đi.",
    Status.AT_RISK: "Nhịp thực tế thấp hơn nhịp cần có đến mức dưới ngưỡng “chậm”.",
    Status.SLOW: "Nhịp thực tế từ ngưỡng “chậm” đến dưới ngưỡng “đúng tiến độ”.",
    Status.SHORT_SERIES: "Chưa đạt và chưa có đủ hai mốc so sánh được để tính nhịp.",
    Status.NO_DATA: "Có chỉ tiêu nhưng chưa có số liệu nào của đúng chỉ tiêu này được công bố.",
    Status.NOT_COMPARABLE: "Chỉ có số liệu của địa bàn khác hoặc theo cách tính khác.",
    Status.ON_TRACK: "Nhịp thực tế so với nhịp cần có từ ngưỡng “đúng tiến độ” trở lên.",
    Status.REACHED: "Số liệu sau ngày ban hành đã đáp ứng cam kết.",
    Status.NO_TARGET: "Chương trình không giao con số cho chỉ tiêu này.",
}

FLAG_WORDS: dict[Flag, str] = {
    Flag.SLIPPING: "đã đạt nhưng đang giảm",
    Flag.STALE: "số liệu cũ",
    Flag.ESTIMATE: "số ước",
    Flag.DISPUTED: "các nguồn khác nhau",
    Flag.TERRITORY_ENDED: "địa bàn đã sáp nhập",
    Flag.AWAITING_FINAL: "chờ số liệu năm mốc",
    Flag.BEFORE_PROGRAMME: "số trước ngày ban hành",
    Flag.ABOVE_RANGE: "vượt khoảng",
    Flag.OFFICIAL: "số đã chốt",
}

FLAG_MEANINGS: dict[Flag, str] = {
    Flag.SLIPPING: "Đã đạt, nhưng thay đổi gần nhất theo chiều xấu đi.",
    Flag.STALE: "Số liệu mới nhất đã cũ hơn một năm báo cáo cộng thời gian chờ.",
    Flag.ESTIMATE: "Số mới nhất là số ước thực hiện của đơn vị công bố.",
    Flag.DISPUTED: "Hai số chính xác của cùng cách tính, cùng ngày lệch nhau quá dung sai.",
    Flag.TERRITORY_ENDED: "Địa bàn nhận cam kết đã sáp nhập; cam kết vẫn đứng tên địa bàn cũ.",
    Flag.AWAITING_FINAL: "Năm mốc đã qua nhưng chưa có số liệu của chính năm đó.",
    Flag.BEFORE_PROGRAMME: "Chỉ có số liệu trước ngày ban hành: là điểm xuất phát, không được tính là kết quả.",
    Flag.ABOVE_RANGE: "Số liệu cao hơn mức trên của khoảng cam kết; không phải là xấu.",
    Flag.OFFICIAL: "Cán bộ đã chốt số này là số chính thức của kỳ, có ghi lý do.",
}

COMPARATOR_WORDS: dict[Comparator, str] = {
    Comparator.AT_LEAST: "ít nhất",
    Comparator.MORE_THAN: "trên",
    Comparator.RANGE: "trong khoảng",
    Comparator.ABOUT: "khoảng",
    Comparator.EQUAL: "bằng",
    Comparator.LESS_THAN: "dưới",
    Comparator.AT_MOST: "không quá",
}

_COMPARATOR_SIGNS: dict[Comparator, str] = {
    Comparator.AT_LEAST: "≥ ",
    Comparator.MORE_THAN: "> ",
    Comparator.ABOUT: "≈ ",
    Comparator.EQUAL: "",
    Comparator.LESS_THAN: "< ",
    Comparator.AT_MOST: "≤ ",
}

KIND_WORDS: dict[PromiseKind, str] = {
    PromiseKind.BY: "mức đạt đến năm mốc",
    PromiseKind.ANNUAL: "phải đạt hằng năm",
    PromiseKind.ANNUAL_AVERAGE: "bình quân mỗi năm",
}

TASK_STATE_WORDS: dict[TaskState, str] = {
    TaskState.DONE_ON_TIME: "Hoàn thành đúng hạn",
    TaskState.DONE_LATE: "Hoàn thành quá hạn",
    TaskState.IN_PART: "Mới báo cáo một phần",
    TaskState.OPEN: "Chưa hoàn thành trong hạn",
    TaskState.OVERDUE: "Quá hạn chưa hoàn thành",
    TaskState.NO_REPORT: "Chưa có báo cáo",
    TaskState.CONTINUOUS: "Thường xuyên",
    TaskState.WAITING: "Chờ điều kiện",
    TaskState.UNCLEAR: "Chưa rõ thời hạn",
}

OUTCOME_WORDS: dict[ReportOutcome, str] = {
    ReportOutcome.DONE: "đã hoàn thành",
    ReportOutcome.UNDER_WAY: "đang thực hiện",
    ReportOutcome.NOT_DONE: "chưa hoàn thành",
}
ANSWER_VERDICTS: dict[str | None, str] = {
    "accepted": "Chấp nhận",
    "rejected": "Không chấp nhận",
    None: "Chưa kết luận",
}

EXCLUSION_WORDS: dict[Exclusion, str] = {
    Exclusion.OTHER_DEFINITION: "cách tính khác",
    Exclusion.UNSTATED_DEFINITION: "nguồn không nói rõ cách tính nên không nối chuỗi",
    Exclusion.BEFORE_BREAK: "trước khi đổi cách tính",
    Exclusion.OTHER_SOURCE_SAME_DATE: "nguồn khác cùng ngày",
    Exclusion.PARTIAL_PERIOD: "không phải số cả năm",
    Exclusion.PLAN: "số kế hoạch",
    Exclusion.NOT_OFFICIAL: "kỳ này đã chốt số khác",
}

GROUP_WORDS: dict[str, str] = {
    "so_luong": "Số lượng tổ chức",
    "thanh_vien": "Thành viên, lao động",
    "chat_luong": "Chất lượng hoạt động",
    "lien_ket": "Liên kết chuỗi giá trị",
    "cong_nghe": "Công nghệ, chuyển đổi số",
    "quan_ly": "Cán bộ quản lý",
    "tai_chinh": "Vốn, doanh thu, thu nhập",
    "boi_canh": "Bối cảnh",
}

INDICATOR_KIND_WORDS: dict[str, str] = {
    "stock": "số có tại một ngày",
    "flow": "số phát sinh trong kỳ",
    "share": "tỷ lệ",
    "growth": "tốc độ tăng",
    "amount": "giá trị, bình quân",
}

DIRECTION_WORDS: dict[str, str] = {
    "higher": "càng cao càng tốt",
    "lower": "càng thấp càng tốt",
    "none": "chỉ để tham khảo",
}


def with_unit(text: str, unit: str) -> str:
    """A figure and its unit; a percent sign stands close to its figure."""
    return f"{text}{unit}" if unit.startswith("%") else f"{text} {unit}"


def number(value: float | None, decimals: int | None = None) -> str:
    """1234.5 as "1.234,5"; without `decimals` as many as the value has, two at the most; None as a dash."""
    if value is None:
        return NONE
    if decimals is None:
        rounded = round(float(value), 2)
        decimals = 0 if rounded.is_integer() else (1 if round(rounded, 1) == rounded else 2)
    text = f"{abs(value):,.{decimals}f}".replace(",", "\0").replace(".", ",").replace("\0", ".")
    return (MINUS if value < 0 and float(text.replace(".", "").replace(",", ".")) else "") + text


def signed(value: float | None, decimals: int | None = None) -> str:
    """A change with its sign: "+11,0", "−3", "0"."""
    if value is None:
        return NONE
    text = number(value, decimals)
    return "+" + text if value > 0 and text.strip("0,.") else text


def pace(value: float | None, unit: str = "") -> str:
    """A yearly change: one decimal while it is small, none from a hundred on."""
    if value is None:
        return NONE
    if value == 0:
        return "0"
    decimals = 0 if abs(value) >= 100 else 1
    return signed(value, decimals if round(value, decimals) else 2)


def unit_of_change(unit: str) -> str:
    """What a difference is counted in: between 60% and 62% lie two points, not two percent."""
    return f"điểm {unit}" if unit.startswith("%") else unit


def percent(value: float | None, decimals: int | None = 1) -> str:
    """75.26 as "75,3%"; what falls short of 100 is never rounded up to it: 99.98 is "99,9%"."""
    if value is None:
        return NONE
    steps = 10 ** (2 if decimals is None else decimals)
    is_short = value < 100 <= round(value, decimals if decimals is not None else 2)
    return f"{number(floor(value * steps) / steps if is_short else value, decimals)}%"


def ratio(value: float | None, cuts: Iterable[float] = ()) -> str:
    """0.948 as "0,95"; with four decimals where two would stand on a cut-off that it only nears: "0,9480"."""
    nears = value is not None and any(round(value, 2) == round(cut, 2) and round(value, 9) != cut for cut in cuts)
    return number(value, 4 if nears else 2)


def day(value: date | None) -> str:
    """A day as state documents write it (see models.base.day_text), or a dash."""
    return NONE if value is None else day_text(value)


def when(point: Point) -> str:
    """What period a value is about: a day, "năm 2024", "6 tháng đầu năm 2024", "2021–2025"."""
    end, start = point.period_end, point.period_start
    if point.period_kind == "year":
        return f"năm {end.year}"
    if start is None or start == end:
        return day(end)
    if point.period_kind == "half_year":
        return f"6 tháng {'đầu' if end.month == 6 else 'cuối'} năm {end.year}"
    if point.period_kind == "months":
        if start.month == 1:
            return f"{end.month} tháng đầu năm {end.year}"
        return f"tháng {start.month} đến tháng {end.month} năm {end.year}"
    return f"{start.year}–{end.year}"


def quarter(number_: int) -> str:
    """Quý I to Quý IV."""
    return f"Quý {('I', 'II', 'III', 'IV')[number_ - 1]}"


def value_text(point: Point, decimals: int | None = None) -> str:
    """A value with what qualifies it: "≈ 252.000", "≥ 4.000", "ước 89"."""
    sign = {Qualifier.APPROX: "≈ ", Qualifier.AT_LEAST: "≥ "}.get(point.qualifier, "")
    if decimals is None and round(point.value, 3) != round(point.value, 2):
        decimals = 3  # a published figure keeps what was printed: 68.013,075 tỷ đồng
    return ("ước " if point.value_kind is ValueKind.ESTIMATE else "") + sign + number(point.value, decimals)


def goal_text(target: TargetRecord, *, unit: bool = False) -> str:
    """The promised figure with its sign: "≥ 1.280", "180–200", "≈ 636", "5"."""
    text = goal_sign(target.comparator, target.low, target.high)
    return with_unit(text, target.unit) if unit else text


def goal_sign(comparator: Comparator, low: float | None, high: float | None) -> str:
    """A promised figure with its sign, from what a row of promises holds."""
    if comparator is Comparator.RANGE:
        return f"{number(low)}–{number(high)}"
    is_ceiling = comparator in (Comparator.LESS_THAN, Comparator.AT_MOST)
    return _COMPARATOR_SIGNS[comparator] + number(high if is_ceiling else low)


def goal_phrase(target: TargetRecord) -> str:
    """The promised figure in words: "ít nhất 1.280 HTX"."""
    if target.comparator is Comparator.RANGE:
        return with_unit(f"{number(target.low)} đến {number(target.high)}", target.unit)
    return f"{COMPARATOR_WORDS[target.comparator]} {with_unit(number(target.goal), target.unit)}"


def years_left(years: float | None) -> str:
    """Time left as "5,0 năm"."""
    return NONE if years is None else f"{number(years, 1)} năm"


def status_text(status: Status, flags: tuple[Flag, ...] = ()) -> str:
    """The status in words; what rests on an estimate says so ("Ước đạt")."""
    word = STATUS_WORDS[status]
    if Flag.ESTIMATE in flags and status in (Status.REACHED, Status.MISSED):
        return "Ước " + word[0].lower() + word[1:]
    return word
