"""Settings read once from the environment; every one of them is described in docs/settings.md."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_DATABASE = f"sqlite:///{ROOT / 'instance' / 'cam-ket.sqlite3'}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose. Secrets come only from the environment."""

    database_url: str
    data_dir: Path
    operator_name: str
    today: date | None
    allow_writes: bool = False
    is_demo: bool = False

    @property
    def as_of(self) -> date:
        """The day gaps are measured at: today, unless AS_OF pins it (trials, documentation, tests)."""
        return self.today or date.today()


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
    )


def is_demo_database(settings: Settings) -> bool:
    """Whether the whole database of this installation is one for trials."""
    return settings.is_demo


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
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{name}={text!r}: cần ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2026-11-21") from error


def _read_switch(name: str, text: str | None) -> bool:
    if text in (None, "", "0"):
        return False
    if text == "1":
        return True
    raise ValueError(f"{name}={text!r}: chỉ nhận 1 (bật) hoặc 0 (tắt)")
