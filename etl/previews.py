"""Previews that wait for a yes or no: JSON files under random tokens, forgotten after two days."""

from __future__ import annotations

import json
import re
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl.issues import LoadError
from etl.storage import write_whole

KEPT_FOR = timedelta(days=2)
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
_GONE = "Bản xem trước không còn. Xem trước lại rồi nạp"


class PreviewStore:
    """Keeps previews in one folder. Tokens are checked before they become part of a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: dict[str, Any]) -> str:
        """Keep a preview and give its token; old ones are forgotten on the way."""
        limit = (datetime.now(UTC) - KEPT_FOR).timestamp()
        for path in self._folder.glob("*.json"):
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)
        token = secrets.token_urlsafe(24)
        write_whole(self._path(token), json.dumps(content, ensure_ascii=False).encode())
        return token

    def read(self, token: str) -> dict[str, Any]:
        """A kept preview; raises LoadError when there is none."""
        try:
            content: dict[str, Any] = json.loads(self._path(token).read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError) as error:
            raise LoadError(_GONE) from error
        return content

    def forget(self, token: str) -> None:
        """Drop a preview."""
        self._path(token).unlink(missing_ok=True)

    def _path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise LoadError(_GONE)
        return self._folder / f"{token}.json"
