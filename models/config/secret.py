"""The secret of an installation: from SECRET_KEY, else made once at random and kept beside the database.

Why a file and not one value a process: several workers, and the command line beside them, must read what each
other encrypted and signed, also after a restart. Why random: a default written in a program is known to everybody.
"""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from models.config.instance import instance_folder
from models.config.settings import Settings

NAME = "secret-key"
SHORTEST = 32
FEWEST_LETTERS = 10  # of different ones: "aaaa..." is long and no secret
KNOWN = ("changeme", "change-me", "change_me", "password", "secret", "default", "example", "mat-khau", "doi-toi")
MAKE_ONE = 'python -c "import secrets; print(secrets.token_urlsafe(48))"'


def secret_key(settings: Settings) -> str:
    """The secret of this installation, at least 32 characters.

    Raises ValueError naming SECRET_KEY when the one given is too weak, or when PRODUCTION asks for one and none is.
    """
    if settings.secret_key or settings.is_production:
        if why := weakness(settings.secret_key):
            raise ValueError(f"SECRET_KEY {why}: đặt một chuỗi ngẫu nhiên, ví dụ lấy từ {MAKE_ONE}")
        return settings.secret_key
    return kept_secret(instance_folder(settings.database_url))


def weakness(secret: str) -> str:
    """Why a secret is none, in Vietnamese and without the secret itself; empty when it will do."""
    if not secret:
        return "chưa đặt"
    if len(secret) < SHORTEST:
        return f"ngắn hơn {SHORTEST} ký tự"
    plain = secret.lower()
    rest = plain
    for word in KNOWN:
        rest = rest.replace(word, "")
    if len(rest) < SHORTEST // 2 or len(set(plain)) < FEWEST_LETTERS:
        return "là chuỗi mặc định hoặc dễ đoán"
    return ""


def kept_secret(folder: Path) -> str:
    """The secret kept in a folder; made when there is none. Two processes at once end with the same one."""
    path = folder / NAME
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        waiting = folder / f"{NAME}.{secrets.token_hex(8)}"
        handle = os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
                file.flush()
                os.fsync(file.fileno())
            with suppress(FileExistsError):
                os.link(waiting, path)  # unlike a rename this never replaces what another process made first
        finally:
            waiting.unlink(missing_ok=True)
    found = path.read_text(encoding="ascii").strip()
    if why := weakness(found):
        raise ValueError(f"Tệp bí mật {path} {why}: khôi phục từ bản sao lưu, hoặc xóa để hệ thống tạo lại")
    return found
