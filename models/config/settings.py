"""Settings read once from the environment; every one of them is described in docs/settings.md."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from models.base.day_limits import is_day_to_store, outside_words
from models.base.day_text import LOCAL
from models.config.role_map import RoleMap, read_role_map

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_DATABASE = f"sqlite:///{ROOT / 'instance' / 'cam-ket.sqlite3'}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. Secrets come only from the environment."""

    database_url: str = field(repr=False)  # may hold a password
    data_dir: Path
    operator_name: str
    today: date | None
    allow_writes: bool = False
    is_demo: bool = False
    two_steps: bool = False
    answer_memory_mb: int = 0
    migration_database_url: str = field(default="", repr=False)  # use owner_url
    read_database_url: str = field(default="", repr=False)
    public_view: bool = True
    secret_key: str = field(default="", repr=False)  # use models.config.secret.secret_key, never this
    is_production: bool = False
    trusted_proxies: int = 0
    trusted_hosts: tuple[str, ...] = ()
    session_hours: int = 12
    paper_jobs: int = 1
    imports_at_once: int = 2
    import_seconds: int = 600
    import_memory_mb: int = 1024
    upload_hours: int = 48
    needs_second_factor: bool = False
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_name: str = ""
    oidc_username_claim: str = "preferred_username"
    oidc_name_claim: str = "name"
    oidc_roles_claim: str = "roles"
    oidc_role_map: RoleMap = ()
    oidc_auto_create: bool = False

    @property
    def owner_url(self) -> str:
        """Where migrations and reviewed data are written: MIGRATION_DATABASE_URL, else the web's own address."""
        return self.migration_database_url or self.database_url

    @property
    def has_provider(self) -> bool:
        """Whether people can sign in through an OpenID provider."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def as_of(self) -> date:
        """The day gaps are measured at: today in Viet Nam, unless AS_OF pins it (trials, documentation, tests)."""
        return self.today or datetime.now(LOCAL).date()


def read_settings(environ: dict[str, str] | None = None) -> Settings:
    """Read the settings; raises ValueError naming the variable when a value cannot be understood."""
    env = dict(os.environ) if environ is None else environ
    return Settings(
        database_url=normalise_url(env.get("DATABASE_URL") or DEFAULT_DATABASE),
        data_dir=Path(env.get("DATA_DIR") or ROOT / "data"),
        operator_name=env.get("OPERATOR_NAME", ""),
        today=_read_date("AS_OF", env.get("AS_OF")),
        allow_writes=_read_switch("ALLOW_WRITES", env.get("ALLOW_WRITES")),
        is_demo=_read_switch("DEMO", env.get("DEMO")),
        answer_memory_mb=_read_whole(
            "ANSWER_MEMORY_MB", env.get("ANSWER_MEMORY_MB"), 16, (0, 1024), "số MB từ 0 (không giữ)"
        ),
        two_steps=_read_switch("TWO_STEPS", env.get("TWO_STEPS")),
        migration_database_url=normalise_url(env.get("MIGRATION_DATABASE_URL", "")),
        read_database_url=normalise_url(env.get("READ_DATABASE_URL", "")),
        public_view=_read_switch("PUBLIC_VIEW", env.get("PUBLIC_VIEW") or "1"),
        secret_key=env.get("SECRET_KEY", ""),
        is_production=_read_switch("PRODUCTION", env.get("PRODUCTION")),
        trusted_proxies=_read_whole("TRUSTED_PROXIES", env.get("TRUSTED_PROXIES"), 0, (0, 9)),
        trusted_hosts=_read_hosts("TRUSTED_HOSTS", env.get("TRUSTED_HOSTS")),
        paper_jobs=_read_whole("PAPER_JOBS", env.get("PAPER_JOBS"), 1, (1, 9)),
        **_read_imports(env),
        **_read_sign_in(env),
    )


def _read_imports(env: dict[str, str]) -> dict[str, Any]:
    """What imports may cost, and how long a file lies here that nobody loaded."""
    return {
        "imports_at_once": _read_whole("IMPORTS_AT_ONCE", env.get("IMPORTS_AT_ONCE"), 2, (1, 50)),
        "import_seconds": _read_whole("IMPORT_SECONDS", env.get("IMPORT_SECONDS"), 600, (10, 86_400)),
        "import_memory_mb": _read_whole("IMPORT_MEMORY_MB", env.get("IMPORT_MEMORY_MB"), 1024, (512, 65_536)),
        "upload_hours": _read_whole("UPLOAD_HOURS", env.get("UPLOAD_HOURS"), 48, (1, 8760)),
    }


def _read_sign_in(env: dict[str, str]) -> dict[str, Any]:
    """What concerns accounts: how long a session lives, and the OpenID provider, if there is one."""
    return {
        "session_hours": _read_whole("SESSION_HOURS", env.get("SESSION_HOURS"), 12, (1, 24), "số giờ từ 1"),
        "needs_second_factor": _read_switch("REQUIRE_SECOND_FACTOR", env.get("REQUIRE_SECOND_FACTOR")),
        "oidc_issuer": env.get("OIDC_ISSUER", "").rstrip("/"),
        "oidc_client_id": env.get("OIDC_CLIENT_ID", ""),
        "oidc_client_secret": env.get("OIDC_CLIENT_SECRET", ""),
        "oidc_name": env.get("OIDC_NAME") or "tài khoản cơ quan",
        "oidc_username_claim": env.get("OIDC_USERNAME_CLAIM") or "preferred_username",
        "oidc_name_claim": env.get("OIDC_NAME_CLAIM") or "name",
        "oidc_roles_claim": env.get("OIDC_ROLES_CLAIM") or "roles",
        "oidc_role_map": read_role_map(env.get("OIDC_ROLE_MAP")),
        "oidc_auto_create": _read_switch("OIDC_AUTO_CREATE", env.get("OIDC_AUTO_CREATE")),
    }


def normalise_url(url: str) -> str:
    """Name the PostgreSQL driver we ship, whichever of the usual spellings an office was given."""
    for prefix in ("postgres://", "postgresql://"):
        if url.startswith(prefix):
            return "postgresql+psycopg://" + url.removeprefix(prefix)
    return url


def _read_date(name: str, text: str | None) -> date | None:
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name}={text!r}: cần ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-21") from error
    if not is_day_to_store(day):
        raise ValueError(f"{name}: {outside_words(day)}")
    return day


def _read_switch(name: str, text: str | None) -> bool:
    if text in (None, "", "0"):
        return False
    if text == "1":
        return True
    raise ValueError(f"{name}={text!r}: chỉ nhận 1 (bật) hoặc 0 (tắt)")


def _read_whole(name: str, text: str | None, default: int, between: tuple[int, int], what: str = "") -> int:
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 9 and between[0] <= int(text) <= between[1]:
        return int(text)
    raise ValueError(f"{name}={text!r}: cần {what or f'một số từ {between[0]}'} đến {between[1]}")


def _read_hosts(name: str, text: str | None) -> tuple[str, ...]:
    hosts = tuple(host.strip() for host in (text or "").split(",") if host.strip())
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]", host):
            raise ValueError(f"{name}: {host!r} không phải tên máy, ghi như cam-ket.example.org, cách nhau dấu phẩy")
    return hosts
