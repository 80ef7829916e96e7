"""`/huong-dan`: how to work with the product, in Vietnamese, from the papers of docs/huong-dan."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from flask import Response, abort, send_file

from dashboard.db.snapshot_values import Snapshot
from dashboard.guide.parts.markdown import ADDRESS, GuidePaper, inline, read_paper
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.web import errors
from dashboard.web.routes import NOT_FOUND, page, route
from dashboard.web.rules import OPEN, VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section
from models.config.settings import ROOT

FOLDER = ROOT / "docs" / "huong-dan"
ORDER = ("bat-dau-mot-tinh", "nap-danh-sach", "chot-so", "chuan-bi-phien-hop", "sao-luu")


@cache
def papers() -> dict[str, GuidePaper]:
    """Every paper by name, in the order of the work."""
    return {name: read_paper((FOLDER / f"{name}.md").read_text(encoding="utf-8")) for name in ORDER}


def tab_title(name: str = "") -> str:
    """The title of a paper on the browser tab."""
    return papers()[name].title if name in papers() else NOT_FOUND


@page(ADDRESS, title="Hướng dẫn", right=VIEW, cached=True)
def index(snapshot: Snapshot, view: View, **_: object) -> Element:
    """Every paper with what it is for."""
    items = [
        html.Li(
            [
                html.A(paper.title, href=view.link(f"{ADDRESS}/{name}"), className="strong"),
                html.Span(inline(paper.lead)),
            ]
        )
        for name, paper in papers().items()
    ]
    lead = "Từng việc thường làm, theo thứ tự các bước trên màn hình."
    return page_frame(
        "Hướng dẫn", section("Các việc", html.Ul(items, className="relations")), view=view, current=ADDRESS, lead=lead
    )


@page(f"{ADDRESS}/<name>", title=tab_title, right=VIEW, cached=True)
def paper_page(snapshot: Snapshot, view: View, name: str = "", **_: object) -> Element:
    """One paper; an unknown name answers 404."""
    paper = papers().get(name)
    if paper is None:
        way = html.A("Hướng dẫn", href=view.link(ADDRESS))
        return errors.not_found(view, "Không có bài hướng dẫn này.", "Chọn trong danh sách.", way)
    parts = [section(part.title or paper.title, *part.elements) for part in paper.parts]
    crumbs = breadcrumbs([("Hướng dẫn", view.link(ADDRESS))])
    return page_frame(
        paper.title, crumbs, html.Div(parts, className="guide"), view=view, current=ADDRESS, lead=inline(paper.lead)
    )


@route(f"{ADDRESS}/hinh/<name>", right=OPEN)
def picture(name: str) -> Response:
    """A picture of a paper."""
    path = FOLDER / "images" / Path(name).name
    if path.suffix != ".png" or not path.is_file():
        abort(404)
    return send_file(path, mimetype="image/png", max_age=86400)
