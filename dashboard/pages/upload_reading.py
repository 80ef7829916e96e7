"""Reading a received file while the page tells how far it is; the last line leads to the preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import urlencode

from dash.development.base_component import Component
from flask import Response

from dashboard import html
from dashboard.access import viewer
from dashboard.components.empty import empty
from dashboard.components.form import Refresh
from dashboard.data.imports import KIND_NAMES, Decisions, Progress, import_door, needs_place, tell
from dashboard.data.snapshot import door
from dashboard.plain_page import stream
from dashboard.writing import WriteRefusedError
from models.day_limits import year_of
from models.rights import Action

ADDRESS = "/nhap-lieu"
CHOSEN = ("loai", "dia-ban", "nam-so")
FIRST_YEAR = 1990  # of what provinces send
ASKED = ("tep", *CHOSEN, "ten")
DEMO_KINDS = ("register", "year_report", "ratings")


def prepare_file(asked: dict[str, str], decisions: Decisions) -> Response:
    """Preview in a thread and tell the reader meanwhile how far it is."""
    the_door, kind, year = import_door(), asked["loai"], asked["nam-so"].strip()
    if kind not in KIND_NAMES:
        raise WriteRefusedError("Chưa chọn loại tệp. Chọn rồi gửi lại.")
    is_of_place = needs_place(kind)
    if is_of_place and (year_of(year) or 0) < FIRST_YEAR:
        raise WriteRefusedError("Năm của số liệu cần bốn chữ số, ví dụ 2025. Sửa rồi gửi lại.")
    if is_of_place and not asked["dia-ban"]:
        raise WriteRefusedError("Chưa chọn địa bàn. Chọn rồi gửi lại.")
    place = asked["dia-ban"] if is_of_place else None

    def read(progress: Progress) -> str:
        number = year_of(year) if is_of_place else None
        demo = is_demo and kind in DEMO_KINDS
        prepared = the_door.prepare(
            asked["tep"], kind, place, number, demo, decisions, progress=progress, within=within
        )
        return prepared.token

    is_demo, within = door().settings.is_demo, viewer().places_for(Action.IMPORT)
    return stream("Đang đọc tệp", asked["ten"], _lines(tell(read), asked))


def once_more(asked: Mapping[str, str]) -> str:
    """Where another file of the same kind, place and year is sent: the form filled in as it was."""
    return f"{ADDRESS}?{urlencode({name: asked[name] for name in CHOSEN if asked.get(name)})}".rstrip("?")


def _lines(said: Iterator[tuple[str, str]], asked: dict[str, str]) -> Iterator[Component]:
    """What the reading says, as parts of a page; the last leads on."""
    query = urlencode({name: value for name, value in asked.items() if value})
    yield html.P("Đã nhận tệp.")
    for what, text in said:
        if what == "line":
            yield html.P(text)
        elif what == "done":
            address = f"{ADDRESS}/{text}?{query}"
            yield html.P([html.Strong("Xong. "), html.A("Xem kết quả", href=address)])
            yield Refresh(**{"http-equiv": "refresh", "content": f"0; url={address}"})
        else:
            yield empty("Chưa đọc được tệp.", text, html.A("Nộp lại tệp", href=once_more(asked)))
