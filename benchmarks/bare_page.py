"""Yardstick for the browser: one file of HTML, compressed once, served by the product's gunicorn settings."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = gzip.compress(Path(os.environ["BARE_PAGE"]).read_bytes(), 6)
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Content-Encoding", "gzip"),
    ("Content-Length", str(len(BODY))),
    ("Cache-Control", "no-cache"),
]


def server(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer every address with the same bytes, but the browser's wish for an icon with nothing."""
    if environ["PATH_INFO"] == "/favicon.ico":
        start_response("204 No Content", [])
        return [b""]
    start_response("200 OK", HEADERS)
    return [BODY]
