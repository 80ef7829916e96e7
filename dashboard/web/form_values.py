"""What forms send, read strictly: a wrong date or number is told by the name of its field."""

from __future__ import annotations

import re
from datetime import date

from dashboard.web.mutations import Form, Writer, WriteRefusedError
from models.base.day_limits import is_day_to_store, outside_words
from models.tasks.follow_writing import Author

_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$")
TOO_LARGE = 1e15  # beyond it a spreadsheet no longer keeps every digit
_NUMBER = re.compile(r"^\d{1,3}(\.\d{3})*(,\d+)?$|^\d+(,\d+)?$")


def text(form: Form, name: str) -> str:
    """One text, blanks trimmed; empty when it was not sent."""
    return str(form.get(name) or "").strip()


def day(form: Form, name: str, label: str) -> date | None:
    """A date typed dd/mm/yyyy or sent by a date field; None when empty; raises WriteRefusedError."""
    typed = text(form, name)
    if not typed:
        return None
    found = _DAY.match(typed)
    try:
        read = date(int(found[3]), int(found[2]), int(found[1])) if found else date.fromisoformat(typed)
    except ValueError as error:
        raise WriteRefusedError(f"{label} “{typed}” không phải ngày: ghi ngày/tháng/năm, ví dụ 21/11/2026.") from error
    if not is_day_to_store(read):
        raise WriteRefusedError(f"{label}: {outside_words(read)}. Sửa rồi gửi lại.")
    return read


def needed_day(form: Form, name: str, label: str) -> date:
    """A date that must be there; raises WriteRefusedError."""
    found = day(form, name, label)
    if found is None:
        raise WriteRefusedError(f"Chưa ghi {label[0].lower()}{label[1:]}: điền rồi gửi lại.")
    return found


def whole(form: Form, name: str) -> int | None:
    """A whole number such as a year; None when empty or not a number."""
    typed = text(form, name)
    return int(typed) if typed.isdecimal() and len(typed) < len("1000000000") else None


def amount(form: Form, name: str, label: str) -> float:
    """A number written 1.234,5; raises WriteRefusedError."""
    typed = text(form, name)
    if not _NUMBER.match(typed):
        raise WriteRefusedError(f"{label} “{typed[:40]}” không phải số: ghi như 1.234 hoặc 34,5.")
    number = float(typed.replace(".", "").replace(",", "."))
    if number >= TOO_LARGE:
        raise WriteRefusedError(f"{label}: số quá lớn. Kiểm tra lại số và đơn vị tính rồi gửi lại.")
    return number


def needed_text(form: Form, name: str, label: str, longest: int = 2000) -> str:
    """A text of at least two letters, control characters as blanks; raises WriteRefusedError."""
    typed = text(form, name)
    clean = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if not 2 <= len(clean) <= longest:
        raise WriteRefusedError(f"{label}: cần từ 2 đến {longest} ký tự. Điền rồi gửi lại.")
    return clean


def reasoned(writer: Writer, form: Form) -> Author:
    """Who changes something and why; raises WriteRefusedError without a reason."""
    if not text(form, "ly-do"):
        raise WriteRefusedError("Chưa ghi lý do: viết một câu rồi gửi lại; chưa ghi gì.")
    return writer.author(text(form, "ly-do"))
