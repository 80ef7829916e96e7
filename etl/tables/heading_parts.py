"""What the parts of a heading say beside its main words: a year, a bracket, a heading above.

"Doanh thu năm 2024" and "Năm 2024 | Doanh thu" are revenue of 2024; "Kế hoạch | Doanh thu" is no revenue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from etl.parsing.text import folded_key
from models.base.text import fold

_YEAR = r"(?:19|20)[0-9]{2}"
_YEARS = re.compile(rf"(?<![0-9]){_YEAR}(?![0-9])")
_YEAR_PHRASE = re.compile(
    r"(?:(?<=\S )\bth\s+)?(?:\b(?:tinh|co|den|tai|vao|trong|cua|cuoi|het|thoi diem|ngay)\s+)*"
    rf"(?<![0-9/.-])(?:31\s*[/.-]\s*12\s*[/.-]\s*)?(?:\b(?:den|het|cuoi) )*(?:\bnam\s+)?"
    rf"(?<![0-9/.-]){_YEAR}(?![0-9]|\s*[/.-]\s*[0-9])"
)
_YEAR_END = re.compile(rf"31\s*[/.-]\s*12\s*[/.-]\s*(?={_YEAR})")
_LAST_YEAR_WORD = re.compile(r"(?<=\S) nam$")
_FORMULA = re.compile(r"[\s0-9=+*/():.,x-]*")
_NEUTRAL = frozenset(  # words in brackets that change nothing of what stands before them
    folded_key(
        "ghi rõ nếu có đến ngày tháng năm dd mm yyyy theo GCN GCNĐK GCNĐKKD ĐKKD giấy chứng nhận đăng ký đầy đủ chữ in"
        " hoa bắt buộc thời điểm hiện tại nay tính số liệu mã đánh dấu x là chọn một trong các cả cột mục"
        " HTX LHHTX THT QTDND và hoặc"
    ).split()
)
_PLANNED = re.compile(  # a plan, an estimate, or a part of a year
    r"\b(?:ke hoach|kh|uoc|(?<!ho )so bo|du kien|du bao|muc tieu|phan dau"
    r"|[0-9]+ thang|thang [0-9]+|quy (?:i{1,3}|iv|[1-4])|ban nien)\b"
)
_TURNING = re.compile(  # a heading above that makes another number of the one below
    rf"{_PLANNED.pattern}|\b(?:so voi|so sanh|tang|giam|toc do|ty le|ty trong|co cau"
    r"|cung ky|thang|ke toan|pho|kiem soat|binh quan|luy ke|no|cu|moi|truoc|sau)\b|%"
)
_DONE = re.compile(r"\b(?:thuc hien|th|ket qua)\b")
LONGEST_BELOW = 40  # letters
_SIDE = re.compile(
    r"\b(cu|moi|truoc|sau)\b(?: khi)?(?: (?:thuc hien )?(?:sap xep|sap nhap|hop nhat)| (?:ngay )?0?1 0?7 2025)?"
    r"(?: don vi hanh chinh| dvhc)?"
)
_PLAIN_ABOVE = frozenset(
    folded_key("thực hiện qua các năm kết quả số liệu giai đoạn của đạt được trong hoạt động tính đến hiện").split()
)


def years_in(text: str) -> list[int]:
    """The different years that a text names, in order."""
    return list(dict.fromkeys(int(year) for year in _YEARS.findall(text)))


def without_year(text: str) -> tuple[str, int | None]:
    """The key of a heading without its year, and the year; no year where it names none, several or part of one."""
    folded = _YEAR_END.sub("", fold(text))
    years = years_in(folded)
    bare, count = _YEAR_PHRASE.subn(" ", folded)
    if len(years) != 1 or count != 1:
        return "", None
    return _LAST_YEAR_WORD.sub("", folded_key(bare)), years[0]


def is_neutral(inner: str) -> bool:
    """Whether what stands in brackets leaves the meaning as it is: a hint how to fill in, a formula; never a year."""
    is_formula = _FORMULA.fullmatch(inner) is not None and not years_in(inner)
    return is_formula or all(word in _NEUTRAL for word in folded_key(inner).split())


def of_side(key: str) -> tuple[str, str]:
    """The folded key of a heading of places without the words of the merger, and "old_" or "new_"; empty without."""
    found = _SIDE.search(key)
    if found is None:
        return "", ""
    return " ".join(_SIDE.sub(" ", key).split()), "old_" if found[1] in ("cu", "truoc") else "new_"


def planned_words(text: str) -> frozenset[str]:
    """The words that make a plan, an estimate or a part of a year of the number they stand beside."""
    return frozenset(_PLANNED.findall(fold(text)))


def turns(above: Iterable[str]) -> bool:
    """Whether headings above make another number of the heading below them."""
    return any(_TURNING.search(fold(text)) for text in above)


def says_when(text: str) -> bool:
    """Whether a cell is short and names a year or a kind of value, as a lower heading does: "TH 2023", "Kế hoạch"."""
    return len(text) <= LONGEST_BELOW and bool(years_in(text) or turns([text]) or _DONE.search(fold(text)))


def is_plain_above(above: Iterable[str]) -> bool:
    """Whether headings above say nothing but that figures of years follow."""
    return all(word in _PLAIN_ABOVE for text in above for word in folded_key(text).split())
