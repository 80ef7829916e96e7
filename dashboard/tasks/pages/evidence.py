"""`/minh-chung/<checksum>`: the file that proves a report, always as something to save, never as a page."""

from __future__ import annotations

import io

from flask import Response, abort, send_file

from dashboard.tasks.data.evidence import read_evidence
from dashboard.web.routes import route
from dashboard.web.rules import VIEW


@route("/minh-chung/<checksum>", right=VIEW)
def send_evidence(checksum: str) -> Response:
    """The file of a report in force; anything else answers 404."""
    found = read_evidence(checksum)
    if found is None:
        abort(404)
    name, content = found
    kind = "application/octet-stream"  # whatever is inside, a browser must not read it as HTML
    response = send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "no-store"
    return response
