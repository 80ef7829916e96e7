"""The folder in which an installation keeps what does not lie in its database: received files, papers, previews."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, make_url

from models.config.settings import ROOT

OWNER_ONLY = 0o077


def keep_private() -> None:
    """Let only its owner read what this process makes: database, papers, backups, secrets. Call it at the start."""
    os.umask(OWNER_ONLY)


def instance_folder(database_url: str | URL) -> Path:
    """INSTANCE_DIR; without it the folder beside a SQLite database, else the project's own instance folder."""
    chosen = os.environ.get("INSTANCE_DIR")
    if chosen:
        return Path(chosen)
    url = make_url(database_url)
    is_file = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(str(url.database)).parent if is_file else ROOT / "instance"
