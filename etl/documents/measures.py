"""Which indicator a printed figure measures, by the words beside it. Pure.

Every rule is a row: words that must stand there, and the code they mean for cooperatives, agricultural ones, or all
organisations of the collective economy. Codes and units are those of data/indicators.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from etl.documents.figures_in_text import PrintedFigure

LONGEST_UNIT = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """The indicator, None where no rule knows it; `length` characters after the figure belong to its wording."""

    code: str | None
    unit: str
    length: int = 0
    nested_in: str | None = None
    definition: str | None = "published"
    is_growth: bool = False
    is_new: bool = False
    factor: float = 1


_COOPERATIVE = r"(?:hợp tác xã|htx)"
_WORDS = re.I | re.S
_COUNTED = (
    (rf"liên hiệp {_COOPERATIVE}|lh ?htx", "lhhtx_count", "LHHTX"),
    (rf"{_COOPERATIVE} thành viên", "lhhtx_member_htx_count", "HTX"),
    (rf"{_COOPERATIVE} phi nông nghiệp", "htx_nonagri_count", "HTX"),
    (rf"{_COOPERATIVE} nông nghiệp", "htx_agri_count", "HTX"),
    (rf"{_COOPERATIVE}", "htx_count", "HTX"),
    (r"tổ hợp tác|tht", "tht_count", "THT"),
)
_MONEY = re.compile(r"(?:(?:nghìn|triệu|tỷ) )?đồng(?:\s*/\s*\w+)*", re.I)
_THING = re.compile(
    r"(?:sản phẩm|mô hình|lớp|doanh nghiệp|tổ chức|lao động|câu lạc bộ|chuỗi|quỹ)\b"
    r"(?: (?!của\b|cho\b|được\b|đạt\b|trong\b|và\b|có\b)\w+)?",
    re.I,
)
_AMOUNTS = (
    (r"doanh thu bình quân[^,;]*(?:hợp tác xã|htx) nông nghiệp", "htx_agri_revenue_avg_mn", "triệu đồng/HTX/năm"),
    (r"doanh thu bình quân[^,;]*(?:hợp tác xã|htx)", "htx_revenue_avg_mn", "triệu đồng/HTX/năm"),
    (r"(?:lợi nhuận|lãi) bình quân[^,;]*(?:hợp tác xã|htx)", "htx_profit_avg_mn", "triệu đồng/HTX/năm"),
    (r"thu nhập bình quân[^,;]*lao động", "htx_worker_income_avg_mn_year", "triệu đồng/người/năm"),
)
_YEARLY = frozenset({"", "năm", "người/năm", "htx/năm", "hợp tác xã/năm"})
_MILLIONS = {"triệu đồng": 1, "tỷ đồng": 1000}
_ADDED = re.compile(r"(?:thành lập|phát triển)(?: được)? (?:mới|thêm)|mới thành lập|tăng thêm", re.I)
_OF_THE_WORLD = re.compile(r"\b300 (?:hợp tác xã|htx|tổ chức)[^,;.]{0,20}(?:lớn|hàng đầu)|\bica\b", re.I)
_MEMBERS_OF = {
    "tht_count": "tht_member_count",
    "htx_count": "htx_member_count",
    "htx_agri_count": "htx_agri_member_count",
}
_HIGHTECH = {
    "htx_count": "htx_hightech_count",
    "htx_agri_count": "htx_agri_hightech_count",
    "tht_count": "tht_hightech_count",
}
_QUALIFIED = {
    "htx_count": "htx_linked_count",
    "htx_agri_count": "htx_agri_linked_count",
    "tht_count": None,
}
_WHICH = re.compile(
    r"\s*(?:trên địa bàn tỉnh\s+|toàn tỉnh\s+)?(?:(?:có|được|tham gia|hoạt động|thực hiện|đạt)\s+){0,2}"
    r"(?:liên kết|chuỗi|các chuỗi|sản phẩm|ocop|xếp loại|loại (?:tốt|khá)|hiệu quả|chuyển đổi số|áp dụng|ứng dụng|"
    r"du lịch|yếu kém|ngừng|giải thể|hỗ trợ|thí điểm|điển hình|tiêu biểu|nữ|do (?:phụ )?nữ)",
    re.I,
)
_PEOPLE = (
    (r"cán bộ quản lý", "manager_count"),
    (r"lao động", "htx_worker_count"),
    (r"thành viên.{0,40}(?:tổ hợp tác|tht)", "tht_member_count"),
    (rf"thành viên.{{0,40}}{_COOPERATIVE}", "htx_member_count"),
)
_UNSTATED = {"htx_member_count": "unstated", "htx_count": "unstated"}
# words, code of cooperatives, of agricultural cooperatives, of all organisations of the collective economy
_SHARES = (
    (r"dân số", ("population_participation_share",) * 3),
    (r"nữ giám đốc|giám đốc (?:là )?nữ|nữ làm giám đốc", ("female_director_share",) * 3),
    (r"cao đẳng|đại học", ("manager_degree_share",) * 3),
    (r"cán bộ.{0,60}đào tạo|đào tạo.{0,60}cán bộ", ("manager_trained_share",) * 3),
    (
        r"(?:tốt|khá),? (?:và )?(?:khá|tốt)|(?:loại )?khá trở lên|loại (?:tốt|khá)",
        ("htx_good_fair_share", None, "ktt_good_fair_share"),
    ),
    (r"(?:theo|đúng) (?:quy định của )?luật", ("htx_law_compliant_share",) * 3),
    (r"công nghệ cao", (None, "htx_agri_hightech_share", None)),
    (r"liên kết|chuỗi", ("htx_linked_share", "htx_agri_linked_share", None)),
    (r"hiệu quả", ("htx_effective_share", "htx_agri_effective_share", "effective_share")),
    (r"công nghệ|chuyển đổi số", ("htx_technology_share", None, "ktt_technology_share")),
)
_SUBJECT = re.compile(rf"(?P<all>tổ chức (?:kinh tế tập thể|kttt))|{_COOPERATIVE}(?P<agri> nông nghiệp)?", re.I)
_PARTS = {
    ("ktt_good_fair_share", "htx_linked_share"): "good_fair_linked_share",
    ("htx_good_fair_share", "htx_linked_share"): "good_fair_linked_share",
    ("effective_share", "htx_linked_share"): "effective_linked_share",
    ("htx_effective_share", "htx_linked_share"): "effective_linked_share",
    ("manager_trained_share", "manager_degree_share"): "manager_degree_share",
}
_GROWN = (("vốn", "htx_capital_growth"), ("doanh thu", "htx_revenue_growth"), ("lợi nhuận|lãi", "htx_profit_growth"))
_GROWTH = re.compile(r"\btăng\b", re.I)
_CHANGED = re.compile(r"\b(?:tăng|giảm)(?: trưởng)?(?: bình quân| trung bình| thêm| được)*\s*$", re.I)
_EACH_YEAR = re.compile(r"(?:\s*/\s*[\w ]+?)*\s*/\s*năm|\s*(?:mỗi|hằng|hàng|một) năm", re.I)


def count_measure(figure: PrintedFigure, counted: Sequence[Measured], following: str) -> Measured | None:
    """What is counted; None for a figure of nothing that is followed. `counted` are the last two counts before it."""
    after = figure.after.lstrip()
    lead = len(figure.after) - len(after)
    if _OF_THE_WORLD.search(following) and (found := re.match(r"(?:hợp tác xã|htx|tổ chức)\b", after, re.I)):
        return Measured("ica_top300_count", "tổ chức", lead + found.end())
    if re.match(r"thành viên|người|cán bộ|lao động", after, re.I):
        return _people(figure, counted, lead)
    for words, code, unit in _COUNTED:
        found = re.match(rf"(?:số )?(?:{words})\b", after, _WORDS)
        if found:
            return _counted(figure, _narrowed(code, figure), unit, lead + found.end(), following, counted)
    if not after or after[0] in ",;.)" or after.startswith("trở lên"):
        return _named_before(figure)
    return _unnamed(figure, after, lead)


def _narrowed(code: str, figure: PrintedFigure) -> str:
    """The kind of cooperative that the words before say: "HTX nông nghiệp 290 HTX"."""
    named = re.search(rf"{_COOPERATIVE} (?P<kind>(?:phi )?nông nghiệp)\s*(?:là|đạt|có|:)?\s*$", figure.before, re.I)
    if code != "htx_count" or named is None:
        return code
    return "htx_nonagri_count" if named["kind"].lower().startswith("phi") else "htx_agri_count"


def _named_before(figure: PrintedFigure) -> Measured | None:
    """What is counted where only the words before say it: "Số liên hiệp HTX: 06"."""
    length = _more(figure.after)
    if re.search(r"số (?:lượng )?thành viên", figure.before, re.I):
        code = next((code for words, code in _PEOPLE if re.search(words, figure.before, _WORDS)), None)
        return Measured(code, "người", length, definition=_UNSTATED.get(code or "", "published"))
    for words, code, unit in _COUNTED:
        if re.search(rf"số (?:lượng )?(?:{words})(?: (?:là|đạt|có|lên|khoảng))*\s*:?\s*$", figure.before, _WORDS):
            return Measured(code, unit, length, definition=_UNSTATED.get(code, "published"))
    return None


def _unnamed(figure: PrintedFigure, after: str, lead: int) -> Measured | None:
    """Money, or a count of something that no rule knows: for a person to name; None where no thing is counted."""
    if found := _MONEY.match(after):
        return _amount(figure, found.group(), lead + found.end())
    found = _THING.match(after)
    return Measured(None, found.group()[:LONGEST_UNIT], lead + found.end()) if found else None


def _amount(figure: PrintedFigure, printed: str, length: int) -> Measured:
    """A yearly mean in millions of đồng where the words say of what; else as printed, without an indicator."""
    scale, _, per = printed.lower().partition("/")
    factor = _MILLIONS.get(scale.strip())
    for words, code, unit in _AMOUNTS:
        if factor and per.strip() in _YEARLY and re.search(words, figure.before, re.I):
            return Measured(code, unit, length, factor=factor)
    return Measured(None, printed[:LONGEST_UNIT], length)


def _is_added(figure: PrintedFigure, counted: Sequence[Measured]) -> bool:
    """Whether what is counted comes newly, by the words beside it or along a list that began so."""
    if _ADDED.search(f"{figure.before[-40:]} {figure.after[:40]}"):
        return True
    is_list = re.fullmatch(r"[^.;:()]*?(?:,|\bvà\b)\s*", figure.before, re.I) is not None
    return (
        is_list and bool(counted) and counted[-1].is_new and not re.search(r"\b(?:có|đạt|lên)\b", figure.before, re.I)
    )


def _counted(
    figure: PrintedFigure, code: str, unit: str, length: int, following: str, counted: Sequence[Measured]
) -> Measured:
    if _is_added(figure, counted):
        return Measured("htx_new_count" if code == "htx_count" else None, unit, length, is_new=True)
    if "công nghệ cao" in _own_clause(figure, following) and code in _HIGHTECH:
        return Measured(_HIGHTECH[code], unit, length)
    if code in _QUALIFIED and (qualified := _qualified(code, figure.after[length:])):
        return Measured(qualified[0], unit, length)
    return Measured(code, unit, length + _more(figure.after[length:]), definition=_UNSTATED.get(code, "published"))


def _qualified(code: str, after: str) -> tuple[str | None] | None:
    """What is counted where the words after it say which of them: another measure, or one that no rule knows."""
    own = re.split(r",\s|;|\(|\bvà\b", after)[0]
    found = _WHICH.match(own)
    if found is None:
        return None
    is_linked = re.search(r"liên kết|chuỗi", found.group(), re.I)
    return (_QUALIFIED[code] if is_linked else None,)


def _own_clause(figure: PrintedFigure, following: str) -> str:
    """The words up to the next comma; "và" hands on to what is counted with it."""
    return following.lower() if re.search(r"\bvà\s*$", figure.after) else re.split(r",\s", figure.after)[0].lower()


def _more(after: str) -> int:
    found = re.match(r"\s*(?:trở lên|đa ngành)", after, re.I)
    return found.end() if found else 0


def _people(figure: PrintedFigure, counted: Sequence[Measured], lead: int) -> Measured | None:
    """Members of what was counted just before ("với"), of both where two are joined, or of what the words name."""
    named = re.match(r"\w+(?: (?:viên|động|bộ))?", figure.after[lead:], re.I)
    length = lead + (named.end() if named else 0)
    length += _more(figure.after[length:])
    for words, code in _PEOPLE:
        if re.search(words, f"{figure.before} {figure.after[:40]}", _WORDS) and "với" not in figure.before:
            return Measured(code, "người", length, definition=_UNSTATED.get(code, "published"))
    if not counted or not re.match(r"\s*thành viên", figure.after, re.I):
        return Measured(None, "người", length) if re.match(r"\s*người", figure.after, re.I) else None
    codes = [measured.code for measured in counted]
    if codes[-2:] == ["htx_count", "lhhtx_count"]:
        return Measured("htx_lhhtx_member_count", "người", length)
    members = _MEMBERS_OF.get(codes[-1] or "")
    return Measured(members, "người", length, definition=_UNSTATED.get(members or "", "published"))


def growth_measures(figure: PrintedFigure) -> list[Measured]:
    """Yearly growth of capital, revenue or profit; one promise for each that the words name."""
    yearly = _EACH_YEAR.match(figure.after)
    if not figure.is_percent or not _GROWTH.search(figure.before):
        return []
    if not yearly and not (_CHANGED.search(figure.before) and _EACH_YEAR.search(figure.before)):
        return []
    end = yearly.end() if yearly else 0
    named: list[str | None] = [code for words, code in _GROWN if re.search(words, figure.before, re.I)]
    length = end + _more(figure.after[end:])
    return [Measured(code, "%/năm", length, is_growth=True) for code in named or [None]]


def share_measure(figure: PrintedFigure, parent: str | None, following: str) -> Measured:
    """The share that the words after the figure name, else those before it; part of `parent` where one is given.

    `following` are the words to the end of the clause: the last of "30% và 60% HTX nông nghiệp" says what both are of.
    """
    length = len(re.split(r",\s(?!khá|tốt)|\s(?:và|trong)\s", figure.after)[0])
    if _CHANGED.search(figure.before):
        return Measured(None, "%", length)
    is_after = not re.match(r"\s*[,;]", figure.after)
    for text in (*([figure.after] if is_after else []), figure.before, following):
        for words, codes in _SHARES:
            if re.search(words, text, _WORDS):
                return _share(codes[_who(figure, text)], text, parent, length)
    return Measured(None, "%", length)


def _who(figure: PrintedFigure, text: str) -> int:
    """0 cooperatives, 1 agricultural ones, 2 all organisations of the collective economy: who is named first."""
    named = _SUBJECT.search(text) or _SUBJECT.search(figure.before[-80:])
    if named is None:
        return 0
    return 2 if named["all"] else 1 if named["agri"] or "lĩnh vực nông nghiệp" in text else 0


def _share(code: str | None, text: str, parent: str | None, length: int) -> Measured:
    if (
        parent
        and code in ("htx_linked_share", "htx_agri_linked_share", None)
        and re.search(r"liên kết|chuỗi", text, re.I)
    ):
        code = "htx_linked_share"
    part = _PARTS.get((parent or "", code or ""))
    if part is not None:
        return Measured(part, "%", length, nested_in=parent)
    if code == "htx_agri_linked_share":
        with_collectives = re.search(r"tổ chức kinh tế tập thể khác|hợp tác xã khác", text, re.I)
        definition = "with_enterprises_or_collectives" if with_collectives else "with_enterprises_chain"
        return Measured(code, "%", length, definition=definition)
    return Measured(code, "%", length)
