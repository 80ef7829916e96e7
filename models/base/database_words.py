"""What the database says when it cannot go on, as Vietnamese sentences: what happened and what to do."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

FULL = "ổ đĩa của cơ sở dữ liệu đã đầy. Giải phóng chỗ trên máy chủ rồi làm lại"
TEMPORARY_FULL = "ổ đĩa của thư mục tạm (TMPDIR) trên máy chủ đã đầy. Giải phóng chỗ ở thư mục tạm rồi làm lại"
TEMPORARY = "in the temporary folder: "  # before what SQLite says of a copy of its own there
NO_FOLDER = "No usable temporary directory"  # what Python says instead of a full disk, with another number
DISK = "đọc ghi đĩa bị lỗi. Kiểm tra đĩa của máy chủ còn chỗ và còn tốt, rồi làm lại"
BUSY = "đang có lượt ghi khác. Chờ vài phút rồi làm lại"
AWAY = (
    "mất kết nối với cơ sở dữ liệu. Chờ ít phút rồi làm lại; "
    "nếu vẫn lỗi, báo người quản trị kiểm tra máy chủ cơ sở dữ liệu"
)
READ_ONLY = (
    "cơ sở dữ liệu, hoặc ổ đĩa chứa nó, đang chỉ cho đọc: xem được, chưa ghi được. Báo người quản trị kiểm tra ổ đĩa, "
    "quyền của tệp và của tài khoản cơ sở dữ liệu"
)
UNOPENED = (
    "không mở được tệp cơ sở dữ liệu. Báo người quản trị kiểm tra ổ đĩa (có còn đó, có bị chuyển sang chỉ đọc không), "
    "thư mục và quyền của tệp"
)
OTHER = "{said}. Kiểm tra máy chủ cơ sở dữ liệu"
# PostgreSQL tells the kind by a code of five letters, SQLite only by its words
CODES = {
    "53100": FULL,
    "53200": FULL,
    "55P03": BUSY,
    "40P01": BUSY,
    "40001": BUSY,
    "25006": READ_ONLY,
    "42501": READ_ONLY,
}
AWAY_CODES = ("08", "57P")
WORDS = {
    f"{TEMPORARY}database or disk is full": TEMPORARY_FULL,
    "disk is full": FULL,
    "database is locked": BUSY,
    "readonly database": READ_ONLY,
    "disk i/o": DISK,
    "unable to open database": UNOPENED,
}
LOST = ("connection", "server closed", "terminat")


def told(error: DBAPIError) -> str:
    """What went wrong and what to do, without a full stop; the driver's own first line where we do not know better."""
    first = str(error.orig).strip().split("\n")[0]
    code = str(getattr(error.orig, "sqlstate", None) or "")
    if code in CODES:
        return CODES[code]
    for words, sentence in WORDS.items():
        if words in first.lower():
            return sentence
    if error.connection_invalidated or code.startswith(AWAY_CODES) or (not code and _is_lost(first)):
        return AWAY
    return OTHER.format(said=first)


def known(error: object) -> str:
    """The sentence for one of the troubles known here; empty for any other error."""
    sentence = told(error) if isinstance(error, DBAPIError) else ""
    return sentence if sentence in (FULL, TEMPORARY_FULL, DISK, BUSY, AWAY, READ_ONLY, UNOPENED) else ""


def _is_lost(first: str) -> bool:
    return any(word in first.lower() for word in LOST)
