"""Every file that leaves an installation for trials says in its name that it is one ("mo-phong-...")."""

from __future__ import annotations

from flask import Flask, Response

from dashboard.db.read_session import repository

PREFIX = "mo-phong-"
_NAMED = 'filename="'


def mark_files(server: Flask) -> None:
    """Put the mark before the name of every file to download, whoever sends it."""

    @server.after_request
    def mark(response: Response) -> Response:
        offered = response.headers.get("Content-Disposition", "")
        if offered and PREFIX not in offered and repository().settings.is_demo:
            named = offered.replace(_NAMED, _NAMED + PREFIX) if _NAMED in offered else _unquoted(offered)
            response.headers["Content-Disposition"] = named
        return response


def _unquoted(offered: str) -> str:
    return offered.replace("filename=", "filename=" + PREFIX, 1)
