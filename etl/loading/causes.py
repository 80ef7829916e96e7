"""Problems of a file by cause: how many rows, which distinct values, said once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from etl.tables.findings import HIDDEN, WORDS, ProblemCause, Severity, ValueOfCause

SHOWN = 12
ASKED = frozenset(("word.unknown",))  # whose values are listed as questions
KEPT_TEXT = "Dòng vẫn được nạp, các giá trị này để trống và giữ nguyên chữ trong tệp cho đến khi có cách hiểu"
_NAMED = {  # what the distinct values of a cause are, where they are the point of it
    "commune.unknown": "tên xã chưa có trong danh mục",
    "commune.ambiguous": "tên xã có ở nhiều nơi",
    "commune.partial": "tên xã cũ chỉ nhập một phần vào xã mới",
    "word.unknown": "cách viết chưa có trong danh mục",
    "organization.unknown": "tổ chức không có trong sổ đăng ký",
    "place.other": "tên tỉnh khác",
    "date.read_as": "cách ghi ngày khác thường, đã đọc như dưới đây",
}
_GROUPS = {
    "date": "cách ghi ngày chưa đọc được",
    "number": "cách ghi số chưa đọc được",
    "tax_code": "mã số cần xem lại",
}


def cause_lines(cause: ProblemCause) -> Iterator[str]:
    """One cause for the command line; one finding alone is told with its cell."""
    first = cause.first
    if cause.total == 1:
        yield str(first)
        return
    said = f"{cause_sentence(cause)}. {_remedy(cause)}. Ở {_where(cause)}"
    yield f"[{WORDS[first.severity]}] {said}. ({first.rule})"
    values = [] if first.rule in ASKED else _told(cause)
    for value, caused in values[:SHOWN]:
        yield f'    "{value}": {caused.total} dòng{_hint(caused)}'
    if len(values) > SHOWN:
        yield f"    … và {len(values) - SHOWN} cách viết nữa (dùng --marked để xem hết)"


def cause_sentence(cause: ProblemCause) -> str:
    """What is wrong, with how many rows and distinct values it concerns."""
    if cause.total == 1:
        return cause.first.what
    column = f' ở cột "{cause.first.column}"' if cause.first.column else ""
    if named := _name(cause):
        return f"{cause.total} dòng{column}: {len(cause.values)} {named}"
    return f"{cause.total} dòng{column}: {cause.first.what}" + (" và tương tự" if _differs(cause) else "")


def cause_values(cause: ProblemCause) -> dict[str, Any]:
    """One cause as plain values; `values` are the distinct ones with their rows and what is said of each."""
    first = cause.first
    return {
        "severity": str(first.severity),
        "is_hidden": first.rule in HIDDEN,
        "rule": first.rule,
        "column": first.column,
        "total": cause.total,
        "what": cause_sentence(cause),
        "remedy": _remedy(cause),
        "where": first.where if cause.total == 1 else _where(cause),
        "value": first.value if cause.total == 1 else "",
        "values": [
            {"value": value, "total": caused.total, "hint": _hint(caused).strip(" .")} for value, caused in _told(cause)
        ],
    }


def _remedy(cause: ProblemCause) -> str:
    kept = f"{KEPT_TEXT}. " if cause.first.severity is Severity.UNREAD else ""
    return kept + cause.first.remedy


def _told(cause: ProblemCause) -> list[tuple[str, ValueOfCause]]:
    """The distinct values worth a line of their own, the frequent first."""
    if cause.total == 1 or not _differs(cause):
        return []
    found = ((value, caused) for value, caused in cause.values.items() if value)
    return sorted(found, key=lambda pair: -pair[1].total)


def _name(cause: ProblemCause) -> str:
    rule, is_remark = cause.first.rule, cause.first.severity is Severity.REMARK
    group = "" if is_remark or not _differs(cause) else _GROUPS.get(rule.split(".")[0], "")
    return _NAMED.get(rule) or group


def _differs(cause: ProblemCause) -> bool:
    return len(cause.values) > 1


def _hint(caused: ValueOfCause) -> str:
    """The question that a problem asks about its value, or how the value was read; empty for neither."""
    start = max(caused.what.rfind(sign) for sign in (". Có phải", " đã đọc là"))
    return caused.what[start:] if start >= 0 else ""


def _where(cause: ProblemCause) -> str:
    """The first cells, by sheet."""
    if not cause.cells:
        return cause.first.where
    sheets = dict.fromkeys(sheet for sheet, _cell in cause.cells)
    parts = [f'trang "{name}", ô {", ".join(cell for sheet, cell in cause.cells if sheet == name)}' for name in sheets]
    return "; ".join(parts) + (", …" if cause.total > len(cause.cells) else "")
