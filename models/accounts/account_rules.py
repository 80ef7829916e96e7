"""The rules of accounts as plain arithmetic: names, passwords, how long a lock holds, when a session ends."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
from datetime import datetime, timedelta
from urllib.parse import urlsplit

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
LONGEST_NAME = 80
ATTEMPTS, FIRST_LOCK, LONGEST_LOCK = 5, timedelta(minutes=15), timedelta(hours=24)
ADDRESS_ATTEMPTS, ADDRESS_WINDOW = 50, timedelta(minutes=15)
IDLE, WAITING = timedelta(minutes=60), timedelta(minutes=10)
ENDED_SESSION_KEPT = timedelta(days=90)
ONE_TIME_PASSWORD_HOLDS = timedelta(days=7)
CLOCKS_DIFFER = timedelta(minutes=5)  # of machines that share a database; what lies further ahead was set back
PURPOSES = {"lich": "lịch", "tai-lieu": "tài liệu", "api": "dữ liệu (API)"}

_NAME = re.compile(r"[^\W_](?:[\w.@-]{0,62}[^\W_])", re.UNICODE)
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that a printed sheet confuses
_COMMON = """123456789012 1234567890123 12345678901234 123456123456 123123123123 111111111111 112233445566
    abcdefghijkl abc123456789 abcd12345678 qwertyuiop12 qwerty123456 qwertyuiopas asdfghjkl123 1qaz2wsx3edc
    1q2w3e4r5t6y password1234 password12345 passwordpassword password123456 administrator admin1234567 adminadmin123
    letmein12345 welcome12345 iloveyou1234 matkhau12345 matkhau123456 matkhaumatkhau matkhau@1234 mậtkhẩu12345
    vietnam12345 vietnam123456 vietnamvietnam vietnam@2025 vietnam@2026 hoptacxa1234 hoptacxa2025 hoptacxa2026
    lienminhhtx1 lienminhhtx123 kinhtetapthe kinhtetapthe1 123456789abc p@ssw0rd1234 p@ssword1234 changeme1234
    xinchao12345 anhyeuem1234 emyeuanh1234 khongbiet123 hochiminh1890 hanoi1234567 saigon123456"""
COMMON = frozenset(_COMMON.split())


def fold_username(typed: str) -> str:
    """One spelling for a user name: composed, without case and outer blanks; folding twice changes nothing."""
    folded = unicodedata.normalize("NFKC", typed.strip()).casefold()
    return unicodedata.normalize("NFKC", folded).strip()


def username_problem(folded: str) -> str:
    """Why a user name will not do, as a Vietnamese sentence; empty when it will."""
    if _NAME.fullmatch(folded):
        return ""
    return "Tên đăng nhập có từ 2 đến 64 chữ, số, dấu chấm, gạch hoặc @, bắt đầu và kết thúc bằng chữ hoặc số."


def password_problem(password: str, username: str) -> str:
    """Why a password will not do, as a Vietnamese sentence; empty when it will. No rule asks for kinds of signs."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(password) < SHORTEST_PASSWORD:
        return f"Mật khẩu cần ít nhất {SHORTEST_PASSWORD} ký tự; một câu ngắn dễ nhớ là tốt nhất."
    if len(password) > LONGEST_PASSWORD:
        return f"Mật khẩu dài hơn {LONGEST_PASSWORD} ký tự. Chọn mật khẩu ngắn hơn."
    if plain in COMMON or len(set(plain)) < len("1234"):
        return "Mật khẩu này nằm trong số hay bị đoán nhất. Chọn một câu của riêng mình."
    if len(username) > 2 and username in plain:
        return "Mật khẩu không được chứa tên đăng nhập."
    return ""


def lock_time(failed_count: int) -> timedelta:
    """How long the account is locked after so many failures in a row: every fifth locks, twice as long each time."""
    if failed_count < ATTEMPTS or failed_count % ATTEMPTS:
        return timedelta(0)
    doublings = min(failed_count // ATTEMPTS - 1, 10)
    return min(FIRST_LOCK * int(2**doublings), LONGEST_LOCK)


def is_held(failed_count: int, locked_until: datetime | None, now: datetime) -> bool:
    """Whether failed attempts hold an account; a clock that was set back does not make the lock longer than it is."""
    longest = lock_time(failed_count - failed_count % ATTEMPTS) + CLOCKS_DIFFER
    return locked_until is not None and now < locked_until <= now + longest


def is_within(now: datetime, since: datetime, length: timedelta) -> bool:
    """Whether less than `length` has gone by; what began in the future was stored by a clock set back since."""
    return -CLOCKS_DIFFER <= now - since < length


def is_session_over(now: datetime, *, seen_at: datetime, expires_at: datetime, revoked_at: datetime | None) -> bool:
    """Whether a session has ended: revoked, unused for an hour, or past its longest life.

    One that was last used in the future has ended as well: the clock was set back, which must not lengthen it.
    """
    return revoked_at is not None or now >= expires_at or not is_within(now, seen_at, IDLE)


def safe_return(address: str | None) -> str:
    """The address to go to after signing in: a path of this site, else the first page.

    Browsers read a backslash as a slash and drop tabs and line ends, so nothing with them is taken.
    """
    text = address or ""
    is_plain = text.startswith("/") and not text.startswith("//") and "\\" not in text and text.isprintable()
    if not is_plain or any(c.isspace() for c in text):
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    # a path that a browser would shorten to "//host" is refused with the rest
    is_local = not parts.scheme and not parts.netloc and not parts.path.startswith("//")
    return text if is_local and not is_own_way(parts.path) else "/"


def is_own_way(path: str) -> bool:
    """Whether a path is part of signing in or out, where nobody is sent back to."""
    return path.rstrip("/") in ("/dang-nhap", "/dang-xuat") or path.startswith("/dang-nhap/")


def new_token() -> str:
    """A random key of 256 bits for a cookie or an address."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the database keeps of a random key: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def one_time_password() -> str:
    """A password for handing over on paper: four groups of letters and digits that cannot be confused."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(5)) for _ in range(4))


def recovery_code() -> str:
    """A code that stands in for the second factor once: nearly 80 bits, so that its checksum does not tell it."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def plain_code(typed: str) -> str:
    """A typed code without blanks, dashes and case."""
    return "".join(c for c in typed.casefold() if c.isalnum())
