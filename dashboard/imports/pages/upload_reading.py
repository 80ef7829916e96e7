"""Reading a received file while the page tells how far it is; the last line leads to the preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

from flask import Response

from dashboard.access.access import viewer
from dashboard.db.import_file import (
    KIND_NAMES,
    About,
    Decisions,
    ImportsBusyError,
    Progress,
    Running,
    import_service,
    needs_place,
    tell,
)
from dashboard.db.read_session import repository
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.mutations import BusyError, WriteRefusedError, change_form
from dashboard.web.plain_page import stream
from models.accounts.rights import Action
from models.base.day_limits import year_of

ADDRESS = "/nhap-lieu"
CHOSEN = ("loai", "dia-ban", "nam-so")
FIRST_YEAR = 1990  # of what provinces send
ASKED = ("tep", *CHOSEN, "ten")
NOT_KEPT = "Tệp vừa gửi chưa được giữ lại; chưa ghi gì."
DEMO_KINDS = ("register", "year_report", "ratings")


@contextmanager
def place_among_imports(checksum: str, label: str, kept: str) -> Iterator[Running]:
    """A place among the imports under way, given back when the block fails; `prepare_file` gives it back otherwise.

    Without a free one the change is refused with a sentence, which says with `kept` what became of the file.
    """
    try:
        running = import_service().begin(checksum, label, viewer().account_id, kept=kept)
    except ImportsBusyError as error:
        raise BusyError(str(error)) from error
    try:
        yield running
    except BaseException:
        running.end()
        raise


def check_choice(asked: Mapping[str, str]) -> None:
    """Refuse a file of which nothing says what it is."""
    kind, year = asked["loai"], asked["nam-so"].strip()
    if kind not in KIND_NAMES:
        raise WriteRefusedError("Chưa chọn loại tệp. Chọn rồi gửi lại.")
    is_of_place = needs_place(kind)
    if is_of_place and (year_of(year) or 0) < FIRST_YEAR:
        raise WriteRefusedError("Năm của số liệu cần bốn chữ số, ví dụ 2025. Sửa rồi gửi lại.")
    if is_of_place and not asked["dia-ban"]:
        raise WriteRefusedError("Chưa chọn địa bàn. Chọn rồi gửi lại.")


def prepare_file(asked: dict[str, str], decisions: Decisions, running: Running, earlier: str = "") -> Response:
    """Preview in a thread and tell the reader meanwhile how far it is; `earlier` is the preview made anew."""
    the_door, kind = import_service(), asked["loai"]
    is_of_place = needs_place(kind)

    def read(progress: Progress) -> str:
        prepared = the_door.prepare(
            asked["tep"],
            kind,
            asked["dia-ban"] if is_of_place else None,
            year_of(asked["nam-so"].strip()) if is_of_place else None,
            is_demo and kind in DEMO_KINDS,
            decisions,
            progress=progress,
            within=within,
            running=running,
            earlier=earlier,
        )
        return prepared.token

    is_demo, within = repository().settings.is_demo, viewer().places_for(Action.IMPORT)
    stopping = stop_form(running.token)
    return stream("Đang đọc tệp", asked["ten"], _lines(tell(read, running), asked, stopping))


def may_stop(about: About) -> bool:
    """Whether the reader may stop a reading: who began it, or an administrator."""
    return about.account == viewer().account_id or viewer().may(Action.ADMINISTER)


def stop_form(token: str) -> Element:
    """The button that stops a reading under way."""
    return change_form(f"{ADDRESS}/dang-doc/{token}/dung", submit="Dừng đọc tệp", kind="plain-button", asks_name=False)


def once_more(asked: Mapping[str, str]) -> str:
    """Where another file of the same kind, place and year is sent: the form filled in as it was."""
    return f"{ADDRESS}?{urlencode({name: asked[name] for name in CHOSEN if asked.get(name)})}".rstrip("?")


def _lines(said: Iterator[tuple[str, str]], asked: dict[str, str], stopping: Element) -> Iterator[Element]:
    """What the reading says, as parts of a page; the last leads on."""
    query = urlencode({name: value for name, value in asked.items() if value})
    yield html.P("Đã nhận tệp.")
    yield stopping
    for what, text in said:
        if what == "line":
            yield html.P(text)
        elif what == "done":
            address = f"{ADDRESS}/{text}?{query}"
            yield html.P([html.Strong("Xong. "), html.A("Xem kết quả", href=address)])
            yield html.Meta(httpEquiv="refresh", content=f"0; url={address}")
        else:
            yield empty("Chưa đọc được tệp.", text, html.A("Nộp lại tệp", href=once_more(asked)))
