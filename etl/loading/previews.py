"""Previews that wait for a yes or no: JSON files under random tokens, forgotten by age."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from etl.files.storage import write_whole
from etl.parsing.issues import LoadError

EARLIER = "earlier"  # the preview that this one was made from anew
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")
_GONE = "Bản xem trước không còn. Xem trước lại rồi nạp"


class PreviewStore:
    """Keeps previews in one folder. Tokens are checked before they become part of a path."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: dict[str, Any]) -> str:
        """Keep a preview and give its token."""
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
        """Drop a preview, and those that it was made from anew."""
        while token and (path := self._path(token)).exists():
            token = self.read(token).get(EARLIER, "")
            path.unlink(missing_ok=True)

    def forget_of(self, wanted: dict[str, Any]) -> None:
        """Drop every preview that was asked for just so."""
        for path, content in self._all():
            if {name: value for name, value in content["wanted"].items() if name != "version"} == wanted:
                path.unlink(missing_ok=True)

    def forget_older(self, kept_for: timedelta) -> None:
        """Drop those made longer ago than that."""
        limit = (datetime.now(UTC) - kept_for).timestamp()
        for path in self._folder.glob("*.json"):
            if path.stat().st_mtime < limit:
                path.unlink(missing_ok=True)

    def checksums(self) -> set[str]:
        """The files that previews are of."""
        return {content["wanted"]["checksum"] for _path, content in self._all()}

    def _all(self) -> Iterator[tuple[Path, dict[str, Any]]]:
        for path in self._folder.glob("*.json"):
            try:
                yield path, self.read(path.stem)
            except LoadError:  # forgotten meanwhile
                continue

    def _path(self, token: str) -> Path:
        if not _TOKEN.fullmatch(token):
            raise LoadError(_GONE)
        return self._folder / f"{token}.json"
