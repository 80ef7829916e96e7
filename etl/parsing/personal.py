"""Finds identity numbers, telephone numbers and e-mail addresses of persons inside texts, so that none is kept.

Identity cards have 9 or 12 digits, telephones 10 or 11 beginning with 0 or +84. Tax codes, business codes, numbers of
decisions and amounts of money are left where they stand.
"""

from __future__ import annotations

import re

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
_EMPTY = re.compile(r"[(\[]\s*[)\]]|[\s,;:(\[–-]+$|^[\s,;:)\]–-]+")
_PREFIXES = ("0", "84", "+84")


def without_personal(text: str, *, is_name: bool) -> str:
    """The text without numbers and addresses that reach or identify a person; the very same where it holds none.

    In a cell of names a long number is a person's unless it is labelled as a business code; in running text it must
    be labelled as a person's or have the form of a telephone or an identity card.
    """
    found = [span for number in _DIGITS.finditer(text) if (span := _personal(text, number, is_name=is_name))]
    found += [_with_label(text, mail.start(), mail.end()) for mail in _MAIL.finditer(text)] if "@" in text else []
    if not found:
        return text
    for start, end in sorted(found, reverse=True):
        text = f"{text[:start].rstrip()} {text[end:].lstrip()}"
    before = ""
    while before != text:
        before, text = text, " ".join(_EMPTY.sub(" ", text).split())
    return text


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
        return is_telephone or is_card or len(digits) == 12
    return is_telephone or (is_card and (digits == number or number.startswith("0")))


def _with_label(text: str, start: int, end: int) -> tuple[int, int]:
    label = _PERSON.search(text[:start])
    return (label.start() if label else start), end
