"""`/nhat-ky`: who did what, when and where; the address says which part, read strictly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from urllib.parse import urlencode

from flask import Response, current_app, request, stream_with_context

from dashboard.access.access import viewer
from dashboard.access.trail import all_of_trail, note, page_of_trail
from dashboard.access.trail_words import ACTION_WORDS, action_word, details_text, local_time, trail_table
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_day, read_id
from dashboard.ui.form import button, choice_field, text_field
from dashboard.ui.html import Element
from dashboard.ui.list_file import Value, csv_lines
from dashboard.ui.marks import empty
from dashboard.web.routes import page, route
from dashboard.web.rules import READ_TRAIL
from dashboard.web.shell import page_frame, section
from models.accounts.rights import Action
from models.accounts.trail import TrailEntry, TrailFilter, TrailPage

PATH, FILE = "/nhat-ky", "/nhat-ky.csv"
NAMES = ("tu-ngay", "den-ngay", "nguoi", "viec", "dia-ban", "tim")
LONGEST = 80


def read_trail_filter(args: Mapping[str, str]) -> TrailFilter:
    """The filter that the address asks for."""
    action = args.get("viec", "")
    return TrailFilter(
        first_day=read_day(args.get("tu-ngay", "")),
        last_day=read_day(args.get("den-ngay", "")),
        actor=args.get("nguoi", "").strip()[:LONGEST],
        action=action if action in ACTION_WORDS else "",
        place=args.get("dia-ban", "").strip()[:LONGEST],
        words=args.get("tim", "").strip()[:LONGEST],
    )


def unread_days(args: Mapping[str, str]) -> str:
    """What to tell of days that were typed and cannot be understood; empty when there are none."""
    typed = {"Từ ngày": args.get("tu-ngay", ""), "Đến hết ngày": args.get("den-ngay", "")}
    wrong = [f"{label} “{text[:LONGEST]}”" for label, text in typed.items() if text.strip() and read_day(text) is None]
    said = f"{' và '.join(wrong)} không phải ngày nên chưa lọc theo ngày đó. Ghi ngày/tháng/năm, ví dụ 21/11/2026."
    return said if wrong else ""


def trail_link(path: str, chosen: TrailFilter, **key: int | None) -> str:
    """An address with the same filter; `truoc` and `sau` are entry numbers to go on from."""
    values = (chosen.first_day, chosen.last_day, chosen.actor, chosen.action, chosen.place, chosen.words)
    asked = {name: str(value) for name, value in zip(NAMES, values, strict=True) if value}
    asked |= {name: str(number) for name, number in key.items() if number is not None}
    return path + (f"?{urlencode(asked)}" if asked else "")


def key_of(text: str | None) -> int | None:
    """An entry number of the address; None when there is none."""
    return read_id(text)


HEADER = ("Số", "Lúc", "Người", "Đã xác thực", "Vai trò", "Việc", "Nội dung", "Địa bàn", "Chi tiết", "Dấu địa chỉ",
          "Mã yêu cầu")  # fmt: skip


@route(FILE, right=READ_TRAIL)
def export_trail() -> Response:
    """The filtered entries as CSV."""
    note("export", viewer=viewer(), subject=FILE, details={"filter": request.args.to_dict()})
    rows = _rows(all_of_trail(viewer(), read_trail_filter(request.args)))
    body = stream_with_context(csv_lines([], HEADER, rows))
    response: Response = current_app.response_class(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="nhat-ky.csv"'
    response.headers["Cache-Control"] = "no-store"
    return response


@page(PATH, title="Nhật ký", right=READ_TRAIL)
def _trail(snapshot: Snapshot, view: View, **args: str) -> Element:
    chosen = read_trail_filter(args)
    found = page_of_trail(viewer(), chosen, key_of(args.get("truoc")), key_of(args.get("sau")))
    names = snapshot.place_names
    unread = unread_days(args)
    table = trail_table(found.entries, names) if found.entries else _nothing(chosen)
    return page_frame(
        "Nhật ký: ai đã làm gì, lúc nào",
        section("Lọc", html.P(unread, className="notice") if unread else None, _filter_form(chosen, names, args)),
        section(_heading(found), table, html.P(_ways(found, chosen), className="pager")),
        view=view,
        current=PATH,
        lead="Nhật ký chỉ được ghi thêm, không ai sửa hay xóa được từ hệ thống. Giờ Việt Nam. "
        "Nơi truy cập là mã thay cho địa chỉ mạng: cùng mã là cùng địa chỉ.",
    )


def _filter_form(chosen: TrailFilter, names: dict[str, str], typed: dict[str, str]) -> Element:
    mine = viewer().places_for(Action.READ_TRAIL)
    places = [(slug, name) for slug, name in names.items() if mine is None or slug in mine]
    day_field = partial(text_field, required=False, placeholder="ngày/tháng/năm", inputMode="numeric")
    return html.Form(
        [
            day_field("Từ ngày", "tu-ngay", value=_typed(chosen.first_day) or typed.get("tu-ngay", "")),
            day_field("Đến hết ngày", "den-ngay", value=_typed(chosen.last_day) or typed.get("den-ngay", "")),
            text_field("Người thực hiện", "nguoi", value=chosen.actor, required=False),
            choice_field("Việc", "viec", [("", "Mọi việc"), *ACTION_WORDS.items()], chosen=chosen.action),
            choice_field("Địa bàn", "dia-ban", [("", "Mọi địa bàn"), *places], chosen=chosen.place),
            text_field("Tìm trong nội dung", "tim", value=chosen.words, required=False),
            button("Lọc"),
        ],
        action=PATH,
        method="get",
        className="form in-line filters",
    )


def _ways(found: TrailPage, chosen: TrailFilter) -> list[Element]:
    ways = []
    if found.has_newer:
        ways += [
            html.A("Mới nhất", href=trail_link(PATH, chosen)),
            html.A("Trang mới hơn", href=trail_link(PATH, chosen, sau=found.entries[0].id if found.entries else 0)),
        ]
    if found.has_older and found.entries:
        ways.append(html.A("Trang cũ hơn", href=trail_link(PATH, chosen, truoc=found.entries[-1].id)))
    return [*ways, html.A("Tải danh sách đã lọc (CSV)", href=trail_link(FILE, chosen))]


def _heading(found: TrailPage) -> str:
    if not found.entries:
        return "Không có mục nào"
    newest, oldest = found.entries[0].at, found.entries[-1].at
    return f"{words.number(len(found.entries))} mục, từ {local_time(oldest)} đến {local_time(newest)}"


def _nothing(chosen: TrailFilter) -> Element:
    if chosen == TrailFilter():
        return empty("Nhật ký chưa có mục nào.", "Mỗi lần đăng nhập, nạp, chốt số hay tải số liệu sẽ hiện ở đây.")
    return empty("Không có mục nào khớp bộ lọc.", "Bỏ bớt điều kiện rồi lọc lại.", html.A("Bỏ lọc", href=PATH))


def _rows(entries: Iterator[TrailEntry]) -> Iterator[Sequence[Value]]:
    for entry in entries:
        yield (
            entry.id, local_time(entry.at), entry.actor_name, "có" if entry.is_verified else "không", entry.roles,
            action_word(entry.action), entry.subject, entry.place, details_text(entry.details), entry.address_mark,
            entry.request_id,
        )  # fmt: skip


def _typed(day: date | None) -> str:
    return words.day(day) if day else ""
