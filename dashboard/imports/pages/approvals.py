"""`/duyet`: what waits for a second person, and what became of earlier proposals."""

from __future__ import annotations

from dashboard.access.access import viewer
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import decided, may_decide, waiting
from dashboard.imports.parts.proposals import decided_table, waiting_table
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.routes import page
from dashboard.web.rules import SIGNED_IN
from dashboard.web.shell import page_frame, section

PATH = "/duyet"
LEAD = (
    "Nạp tệp, chốt số, nhập số và hoàn tác chỉ có hiệu lực khi người thứ hai đã duyệt. "
    "Trước đó không con số nào thay đổi."
)
ONE_STEP = "Bản cài này không đòi bước duyệt (TWO_STEPS=0): thay đổi có hiệu lực ngay khi ghi."


@page(PATH, title="Duyệt", right=SIGNED_IN)
def _waiting(snapshot: Snapshot, view: View, **_: str) -> Element:
    who = viewer()
    items = [(item, may_decide(who, item)) for item in waiting(who)]
    past = decided(who)
    mine = sum(decides for _, decides in items)
    nothing = empty("Không có đề nghị nào chờ.", "Đề nghị mới sẽ hiện ở đây ngay khi được gửi.")
    return page_frame(
        f"{words.number(mine)} đề nghị chờ bạn duyệt" if mine else "Không có đề nghị nào chờ bạn duyệt",
        section("Đang chờ", waiting_table(items, snapshot) if items else nothing),
        section("Đã quyết gần đây", decided_table(past, snapshot)) if past else None,
        view=view,
        current=PATH,
        lead=LEAD if repository().settings.two_steps else html.Span(ONE_STEP),
    )
