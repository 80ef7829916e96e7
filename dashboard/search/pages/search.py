"""`/tim`: where does what I look for stand? One field over everything, without marks and without a script."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.search.finder import HitGroup, find_everything
from dashboard.ui import html, words
from dashboard.ui.address import HORIZONS, View
from dashboard.ui.arguments import read_text
from dashboard.ui.form import button, hidden, text_field
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section

PATH = "/tim"


@page(PATH, title="Tìm", right=VIEW)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """What has the words in its name, kind by kind; the field stands above."""
    text = read_text(query.get("tim"))
    found = find_everything(snapshot, text) if text else ()
    return page_frame(
        _finding(text, found),
        _field(text, view),
        html.Div(_results(text, found, view), className="found", id="ket-qua"),
        view=view,
        current=PATH,
    )


def _finding(text: str, found: tuple[HitGroup, ...]) -> str:
    if not text:
        return "Tìm mọi thứ"
    total = sum(group.total for group in found)
    return f"{words.number(total)} kết quả cho “{text}”" if total else f"Không thấy “{text}”"


def _field(text: str, view: View) -> Element:
    kept = [] if view.horizon == HORIZONS[0] else [hidden("nam", view.horizon)]
    kept += [] if view.is_today else [hidden("biet-den", view.moment.known_on.isoformat())]
    hint = "Tên tỉnh, chỉ tiêu, cơ quan, văn bản, nhiệm vụ, tổ chức, mã số; gõ không dấu cũng được."
    field = text_field("Tìm", "tim", value=text, hint=hint, type="search", autoComplete="off", maxLength=80)
    return html.Form(
        [*kept, field, button("Tìm")], method="get", action=PATH, className="form in-line find", role="search"
    )


def _results(text: str, found: tuple[HitGroup, ...], view: View) -> list[Element]:
    if not found:
        advice = "Thử ít chữ hơn, hoặc một phần của tên. Cần ít nhất hai chữ cái."
        return [empty("Không có tên nào có đủ các chữ này.", advice)] if text else []
    return [_group(group, text, view) for group in found]


def _group(group: HitGroup, text: str, view: View) -> Element:
    items = [
        html.Li([html.A(hit.name, href=hit.path + view.query()), html.Small(hit.beside, className="sub")])
        for hit in group.hits
    ]
    more = None
    if group.total > len(group.hits):
        told = f"Đang hiện {len(group.hits)} trong {words.number(group.total)}."
        is_register = group.hits[0].path.startswith("/htx/")
        way = html.A("Xem cả danh sách", href=view.link("/htx", tim=text)) if is_register else "Gõ thêm chữ để thu hẹp."
        more = html.P([told, " ", way], className="source")
    return section(f"{group.title} ({words.number(group.total)})", html.Ul(items, className="hits"), more)
