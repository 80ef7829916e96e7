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
_THING = re.compile(r"(?:sản phẩm|mô hình|lớp|doanh nghiệp|tổ chức|lao động|câu lạc bộ|chuỗi|quỹ)\b(?: \w+)?", re.I)
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
    (r"theo (?:quy định của )?luật", ("htx_law_compliant_share",) * 3),
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
_GROWTH = re.compile(
    r"\btăng(?: trưởng)?(?: bình quân| trung bình| thêm)?(?: từ| khoảng| ít nhất| trên| tối thiểu)*\s*$", re.I
)


def count_measure(figure: PrintedFigure, counted: Sequence[Measured], following: str) -> Measured | None:
    """What is counted; None for a figure of nothing that is followed. `counted` are the last two counts before it."""
    after = figure.after.lstrip()
    lead = len(figure.after) - len(after)
    if re.match(r"thành viên|người|cán bộ|lao động", after, re.I):
        return _people(figure, counted, lead)
    for words, code, unit in _COUNTED:
        found = re.match(rf"(?:số )?(?:{words})\b", after, _WORDS)
        if found:
            return _counted(figure, code, unit, lead + found.end(), following)
    return _unnamed(after, lead)


def _unnamed(after: str, lead: int) -> Measured | None:
    """Money or a count of something that no rule knows: for a person to name; None where no thing is counted."""
    found = _MONEY.match(after) or _THING.match(after)
    return Measured(None, found.group()[:LONGEST_UNIT], lead + found.end()) if found else None


def _counted(figure: PrintedFigure, code: str, unit: str, length: int, following: str) -> Measured:
    near = f"{figure.before[-40:]} {figure.after[:40]}"
    if re.search(r"thành lập mới|mới thành lập", near, re.I) and code == "htx_count":
        return Measured("htx_new_count", unit, length)
    if "công nghệ cao" in _own_clause(figure, following) and code in _HIGHTECH:
        return Measured(_HIGHTECH[code], unit, length)
    return Measured(code, unit, length + _more(figure.after[length:]), definition=_UNSTATED.get(code, "published"))


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
    yearly = re.match(r"(?:\s*/\s*[\w ]+?)*\s*/\s*năm|\s*(?:mỗi|hằng|hàng) năm", figure.after)
    if not figure.is_percent or not yearly or not _GROWTH.search(figure.before):
        return []
    named = [code for words, code in _GROWN if re.search(words, figure.before, re.I)]
    return [
        Measured(code, "%/năm", yearly.end() + _more(figure.after[yearly.end() :]), is_growth=True) for code in named
    ]


def share_measure(figure: PrintedFigure, parent: str | None) -> Measured:
    """The share that the words after the figure name, else those before it; part of `parent` where one is given."""
    length = len(re.split(r",\s(?!khá|tốt)|\s(?:và|trong)\s", figure.after)[0])
    for text in (figure.after, figure.before):
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
