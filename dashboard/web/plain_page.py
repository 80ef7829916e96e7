"""Pages served as plain HTML without Dash's scripts: those that hold forms. Same frame, same style sheets.

Nothing on them needs a script; form.js only puts the browser's words about a field into Vietnamese.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path

from flask import Response, current_app, request

from dashboard.db.read_session import repository
from dashboard.ui import html, words
from dashboard.ui.address import View, read_view
from dashboard.ui.html import Element
from dashboard.ui.render import to_html
from dashboard.ui.style_sheet import address as style_sheet
from dashboard.ui.style_sheet import preloads
from dashboard.web.shell import page_frame

SKELETON = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="icon" href="{root}assets/favicon.svg" type="image/svg+xml">
{preloads}
<link rel="stylesheet" href="{root}{styles}">
<script defer src="{root}{script}"></script>
{head}</head>
<body>
<div id="first-view">{content}</div>
{scripts}</body>
</html>"""


def answer(content: Element, title: str, status: int = 200) -> Response:
    """A whole answer around a page built by `shell.page`; `guard.page_layout` may still change the status."""
    body = document(to_html(content), title)
    return current_app.response_class(body, status=status, mimetype="text/html")


def plain_answer(title: str, *children: Element | None, lead: str = "", status: int = 200) -> Response:
    """A whole answer that shows no figures: forms before anybody is signed in, refusals, errors."""
    content = page_frame(title, *children, view=today_view(), current="", lead=lead or None)
    return answer(content, title, status)


def today_view() -> View:
    """What a page looks from whose address says nothing of it."""
    return read_view({}, repository().settings.as_of)


def document(content: str, title: str, head: str = "", scripts: str = "") -> str:
    """The whole HTML document around a page; live pages add what Dash wants in its head and at its end."""
    root = (request.script_root or "") + "/"
    return SKELETON.format(
        title=escape(f"{title} · {words.PRODUCT}" if title != words.PRODUCT else title),
        root=root,
        preloads=preloads(root),
        styles=style_sheet().lstrip("/"),
        script=_form_script(),
        content=content,
        head=head,
        scripts=scripts,
    )


@cache
def _form_script() -> str:
    """Where form.js is, with a digest of it: browsers keep assets for a year."""
    content = (Path(__file__).parent.parent / "assets" / "form.js").read_bytes()
    return f"assets/form.js?{sha256(content).hexdigest()[:16]}"


def stream(title: str, lead: str, parts: Iterator[Element]) -> Response:
    """A page that grows while something long is under way: `parts` are sent one by one, no script needed."""
    whole = plain_answer(title, html.Div("\0", className="progress sheet"), lead=lead)
    before, after = whole.get_data(as_text=True).split("\0")

    def send() -> Iterator[str]:
        yield before
        for part in parts:
            yield to_html(part) + "\n"
        yield after

    response: Response = current_app.response_class(send(), mimetype="text/html")
    response.headers["Content-Encoding"] = "identity"  # compressing would hold the lines back
    response.headers["X-Accel-Buffering"] = "no"
    return response
