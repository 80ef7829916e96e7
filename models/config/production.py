"""What an installation that people rely on must not have: one sentence for each, naming the variable."""

from __future__ import annotations

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from models.config.secret import MAKE_ONE, weakness
from models.config.settings import Settings

DATABASES = ("sqlite", "postgresql")
KNOWN_PASSWORDS = frozenset({"password", "postgres", "admin", "secret", "changeme", "123456", "mat-khau"})
NO_WAY_BACK = (
    "OIDC_ISSUER đã đặt nhưng TRUSTED_HOSTS chưa đặt, nên địa chỉ trở về sau khi đăng nhập có thể bị giả mạo: "
    "đặt TRUSTED_HOSTS là tên máy của trang."
)


class UnsafeSettingsError(ValueError):
    """The server must not start; the message is a Vietnamese sentence naming the variable, without its value."""


def refuse_unsafe(settings: Settings) -> None:
    """Raise UnsafeSettingsError for what no installation can do with, and under PRODUCTION for what must not be there.

    The former is a database of another kind, or a provider of sign-ins without the names it may lead back to.
    """
    try:
        is_ours = make_url(settings.database_url).get_backend_name() in DATABASES
    except ArgumentError:
        is_ours = False
    if not is_ours:
        raise UnsafeSettingsError(f"DATABASE_URL không đọc được: chỉ nhận {' hoặc '.join(DATABASES)}.")
    if settings.has_provider and not settings.trusted_hosts:
        raise UnsafeSettingsError(NO_WAY_BACK)
    if not settings.is_production:
        return
    for is_wrong, sentence in _faults(settings):
        if is_wrong:
            raise UnsafeSettingsError(f"PRODUCTION=1 nhưng {sentence}.")


def _faults(settings: Settings) -> list[tuple[bool, str]]:
    why = weakness(settings.secret_key)
    return [
        (bool(why), f"SECRET_KEY {why}: đặt một chuỗi ngẫu nhiên, ví dụ lấy từ {MAKE_ONE}"),
        (settings.allow_writes, "ALLOW_WRITES=1 cho ghi không cần tài khoản: bỏ ALLOW_WRITES"),
        (settings.is_demo, "DEMO=1 là bản dùng thử với số liệu mô phỏng: bỏ DEMO"),
        (settings.today is not None, "AS_OF ghim ngày xem nên hạn và tình trạng sẽ sai: bỏ AS_OF"),
        (not settings.trusted_hosts, "TRUSTED_HOSTS chưa đặt nên liên kết có thể bị giả mạo: đặt tên máy của trang"),
        (
            (make_url(settings.database_url).password or "") in KNOWN_PASSWORDS,
            "DATABASE_URL dùng mật khẩu mặc định: đổi mật khẩu của cơ sở dữ liệu",
        ),
    ]
