"""Finds identity numbers, telephones, e-mail addresses and days of birth of persons in cells, so that none is kept.

Identity cards have 9 or 12 digits, telephones 10 or 11 beginning with 0 or +84. Tax codes, business codes, numbers of
decisions and amounts of money are left where they stand.
"""

from __future__ import annotations

import re
from datetime import date

from etl.parsing.parsed import Problem

INSIDE = Problem(
    "person.inside",
    "ô có số định danh, điện thoại, địa chỉ thư hoặc ngày sinh của cá nhân, phần đó không được lưu",
    "Lần sau xóa phần đó khỏi ô",
)
OF_A_PERSON = "ô có số, địa chỉ thư hoặc ngày sinh của cá nhân, không phải giá trị của cột này"
_DIGITS = re.compile(r"(?<![0-9A-Za-zĐđ/])\+?[0-9](?:[ .\-]{0,2}[0-9]){8,13}(?![0-9]|[ ]?/)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_LABEL = (
    r"(?:s[oố]\s*)?(?:cmnd|cmt|cccd|căn cước(?: công dân)?|định danh(?: cá nhân)?|điện thoại|di động|sđt|đt|đtdđ"
    r"|tel|phone|zalo|e-?mail|thư điện tử)"
)
_PERSON = re.compile(rf"{_LABEL}(?:\s*/\s*{_LABEL})?(?:\s*số)?\s*[:.\-]?\s*$", re.IGNORECASE)
_BUSINESS = re.compile(
    r"(?:mst|mã số(?: thuế| htx| đkkd)?|mã|gcn\S*|giấy chứng nhận|đkkd|đăng ký|qđ|quyết định|số hiệu|stk|tài khoản)"
    r"(?:\s*(?:số|htx|thuế|đkkd|đăng ký))*\s*[:.\-]?\s*$",
    re.IGNORECASE,
)
_MONEY = re.compile(r"\s*(?:đồng|đ\b|vnđ|vnd|tỷ|triệu|nghìn|ngàn|kg|ha\b|m2|người|htx)", re.IGNORECASE)
_DAY = r"[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19|20)[0-9]{2}(?![0-9])"
_BIRTH = re.compile(
    rf"\b(?:(?<!phát )sinh (?:năm|ngày)|(?:ngày,? ?(?:tháng,? ?)?)?năm sinh|ngày sinh|s\.?n\.?|n\.?s\.?)\s*[:.]?\s*"
    rf"(?:{_DAY}|(?:19|20)[0-9]{{2}}(?![0-9]))|(?<!học )(?<!vệ )(?<!phát )\bsinh\s*[:.]?\s*{_DAY}",
    re.IGNORECASE,
)
_OF_PERSON = re.compile(rf"(?<![0-9]){_DAY}|\(\s*19[0-9]{{2}}\s*\)")
_OLD_DAY = re.compile(r"(?<![0-9])[0-9]{1,2}[./-][0-9]{1,2}[./-](?:19[3-9][0-9]|200[0-8])(?![0-9])")
_HINTS = ("sinh", "SINH", "Sinh", "sn", "SN", "Sn", "NS", "ns", "s.n", "S.N", "n.s", "N.S")  # looked for first
_MAY_BE = re.compile(r"[0-9](?:[ .\-]{0,2}[0-9]){8}|@")
SHORTEST = 6  # letters of an address; numbers of persons have nine digits and more
YEARS_OF_BIRTH = range(1930, 2009)
_EMPTY = re.compile(r"[(\[]\s*[)\]]|[\s,;:(\[–-]+$|^[\s,;:)\]–-]+")
_PREFIXES = ("0", "84", "+84")


def without_personal(text: str, *, is_name: bool, is_person: bool = False) -> str:
    """The text without numbers, addresses and days of birth of a person; the very same where it holds none.

    In a cell of names a long number is a person's unless it is labelled as a business code; in running text it must
    be labelled as a person's or have the form of a telephone or an identity card. Beside the name of a person
    (`is_person`) every day is one of birth, elsewhere one that says so.
    """
    found = [span for number in _DIGITS.finditer(text) if (span := _personal(text, number, is_name=is_name))]
    found += [day.span() for day in _BIRTH.finditer(text)] if may_tell_birth(text) else []
    found += [day.span() for day in _OF_PERSON.finditer(text)] if is_person else []
    found += [_with_label(text, mail.start(), mail.end()) for mail in _MAIL.finditer(text)] if "@" in text else []
    if not found:
        return text
    for start, end in _apart(found):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
    before = ""
    while before != text:
        before, text = text, " ".join(_EMPTY.sub(" ", text).split())
    return text.replace(" )", ")")


def _apart(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans from the last to the first, those that overlap as one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined[::-1]


def may_be_personal(text: str) -> bool:
    """Whether it is worth looking closer at a text: long numbers, an address, a word that stands before a birth."""
    return len(text) >= SHORTEST and (_MAY_BE.search(text) is not None or may_tell_birth(text))


def may_tell_birth(text: str) -> bool:
    """Whether a text has a word that may stand before a day of birth."""
    return any(hint in text for hint in _HINTS)


def is_number_of_person(cell: object) -> bool:
    """Whether a cell is a number as long as an identity card or a telephone, its zero in front perhaps lost."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and 10**8 <= cell < 10**12 and cell == int(cell)


def may_be_birth(cell: object) -> bool:
    """Whether a cell of an unknown column is a day on which a grown person may have been born."""
    if isinstance(cell, date):
        return cell.year in YEARS_OF_BIRTH
    return isinstance(cell, str) and _OLD_DAY.search(cell) is not None


def _personal(text: str, number: re.Match[str], *, is_name: bool) -> tuple[int, int] | None:
    before, after = text[: number.start()], text[number.end() :]
    if _BUSINESS.search(before) or _MONEY.match(after):
        return None
    is_labelled = _PERSON.search(before) is not None
    return _with_label(text, *number.span()) if is_labelled or _has_form(number[0], is_name=is_name) else None


def _has_form(number: str, *, is_name: bool) -> bool:
    digits = re.sub(r"[^0-9]", "", number)
    is_telephone = number.startswith(_PREFIXES) and 10 <= len(digits) <= 11
    is_card = len(digits) == 9 or (len(digits) == 12 and digits.startswith("0"))
    if is_name:
        return is_telephone or is_card or len(digits) in (11, 12)
    return is_telephone or (is_card and (digits == number or number.startswith("0")))


def _with_label(text: str, start: int, end: int) -> tuple[int, int]:
    label = _PERSON.search(text[:start])
    return (label.start() if label else start), end
