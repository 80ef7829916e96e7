"""Tax codes (the identifier of HTX, LHHTX and THT) and yes/no marks."""

from __future__ import annotations

import re

from etl.parsing.parsed import Cell, Parsed, Problem, error_in, refused, shown
from etl.parsing.text import clean
from models.base.text import fold

_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
_MISSING = re.compile(r"[-–—−_./…\s]*|(?:chua|khong) co(?: ma(?: so)?(?: thue)?)?|chua cap|n/?a")
_CODE = re.compile(r"([0-9]{10})(?:-?([0-9]{3}))?")
_SCIENTIFIC = re.compile(r"[0-9]+(?:[.,][0-9]+)?e\+?[0-9]+", re.IGNORECASE)
_YES = frozenset(("co", "x", "v", "✓", "✔", "☑", "☒", "da", "dung", "1", "true", "yes", "y"))
_NO = frozenset(("khong", "chua", "ko", "k", "0", "false", "no", "n", "sai", "☐"))


def check_digit(first_nine: str) -> int | None:
    """The tenth digit of a tax code; None when no code with these nine digits is ever issued."""
    rest = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, first_nine, strict=True)) % 11
    return 10 - rest if rest else None


def has_valid_check_digit(code: str) -> bool:
    """Whether the tenth digit of a ten-digit code follows from the nine before it."""
    return check_digit(code[:9]) == int(code[9])


def parse_tax_code(cell: Cell) -> Parsed[str]:
    """Read a tax code as text: ten digits, or ten, a hyphen and three.

    A wrong check digit comes as a remark with the code: the row is kept. A code that lost its leading zero
    because the cell is a number is given back with the zero and a remark, if the check digit agrees.
    Digits that may be a person's identity number are never repeated in the message.
    """
    if problem := error_in(cell):
        return Parsed(problem=problem)
    if cell is None:
        return Parsed()
    if isinstance(cell, str):
        text = clean(cell).lstrip("'")
        return Parsed() if _MISSING.fullmatch(fold(text)) else _read_code(text, as_number=False)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1e15 and cell == int(cell):
        return _read_code(str(int(cell)), as_number=True)
    return _wrong_form(shown(cell))


def _read_code(text: str, *, as_number: bool) -> Parsed[str]:
    if _SCIENTIFIC.fullmatch(text):
        remedy = "Định dạng cột là chữ (Text) rồi gõ lại đủ 10 chữ số"
        return refused("tax_code.scientific", f"mã số {shown(text)} viết theo lũy thừa, đã mất chữ số", remedy)
    digits = re.sub(r"[\s.]", "", text).replace("–", "-")
    if re.fullmatch(r"[0-9]{9}|[0-9]{9}-[0-9]{3}", digits) and has_valid_check_digit("0" + digits[:9]):
        return _restored("0" + digits, as_number=as_number)
    found = _CODE.fullmatch(digits)
    if found is None:
        return _wrong_form("gồm 12 chữ số" if re.fullmatch("[0-9]{12}", digits) else shown(text))
    if found[2] == "000":
        return _wrong_form(shown(text))
    code = found[1] + (f"-{found[2]}" if found[2] else "")
    return Parsed(code, remark=None if has_valid_check_digit(found[1]) else _bad_check_digit(code))


def _restored(code: str, *, as_number: bool) -> Parsed[str]:
    why = "Excel đã đổi mã số thành số" if as_number else "mã số chỉ có 9 chữ số"
    what = f"{why}, mất số 0 ở đầu; đã đọc là {shown(code)}"
    remedy = "Đối chiếu với giấy chứng nhận; định dạng cột mã số là chữ (Text)"
    return Parsed(code, remark=Problem("tax_code.leading_zero_restored", what, remedy))


def _bad_check_digit(code: str) -> Problem:
    remedy = "Đối chiếu mã số với giấy chứng nhận đăng ký; dòng vẫn được giữ"
    return Problem("tax_code.check_digit", f"mã số {shown(code)} sai chữ số kiểm tra", remedy)


def _wrong_form(shown_code: str) -> Parsed[str]:
    what = f"mã số {shown_code} không đúng mẫu 10 chữ số, hoặc 10 chữ số, gạch nối và 3 chữ số"
    remedy = "Ghi mã số thuế; số đăng ký cũ ghi ở cột riêng; không ghi số định danh cá nhân"
    return refused("tax_code.wrong_form", what, remedy)


def parse_yes_no(cell: Cell) -> Parsed[bool]:
    """Read a mark: "có", "x", "1" for yes, "không", "chưa", "0" for no.

    Blank and "-" are missing; whether a blank cell of a ticked column means no is the importer's decision.
    """
    if problem := error_in(cell):
        return Parsed(problem=problem)
    if cell is None or isinstance(cell, bool):
        return Parsed(cell)
    word = fold(cell) if isinstance(cell, str) else f"{cell:g}" if isinstance(cell, int | float) else str(cell)
    if not word.strip("-–—−_./… "):
        return Parsed()
    if word in _YES or word in _NO:
        return Parsed(word in _YES)
    return refused("yes_no.unknown", f"{shown(cell)} không rõ là có hay không", 'Ghi "có" hoặc "không"')
