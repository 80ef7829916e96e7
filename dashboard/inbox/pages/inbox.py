"""`/viec-cua-toi`: what is due, overdue and unanswered at my places and agencies."""

from __future__ import annotations

from dashboard.access.access import viewer
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.imports.data.approvals import waiting
from dashboard.inbox.mine import OwnWork, build_own_work, own_grants
from dashboard.reconciliation.data.remarks import count_open
from dashboard.tasks.parts.answers import petition_table, request_table
from dashboard.tasks.parts.task_rows import short_table
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.web.routes import page
from dashboard.web.rules import SIGNED_IN
from dashboard.web.shell import page_frame, section
from models.accounts.rights import Action, Viewer

MOST = 20  # lines of each list; the whole stands on its own page


@page("/viec-cua-toi", title="Việc của tôi", right=SIGNED_IN)
def layout(snapshot: Snapshot, view: View, **_: object) -> Element:
    """What waits for who is signed in, urgent first."""
    who = viewer()
    found = build_own_work(snapshot, who)
    waiting_blocks = [_decisions(who, view), _remarks(who, view)]
    blocks = [block for block in (*_tasks(found, snapshot, view), *_answers(found, snapshot, view)) if block]
    blocks += [block for block in waiting_blocks if block]
    nothing = empty("Không có việc nào chờ.", "Mọi nhiệm vụ, giải trình, kiến nghị của địa bàn đều đã có trả lời.")
    return page_frame(
        _finding(found), *(blocks or [nothing]), view=view, current="/viec-cua-toi", lead=_whose(who, found, snapshot)
    )


def _finding(found: OwnWork) -> str:
    told = [
        f"{count} {word}"
        for count, word in (
            (len(found.attention), "nhiệm vụ quá hạn hoặc chưa đủ báo cáo"),
            (len(found.soon), "đến hạn trong 60 ngày"),
            (len(found.requests) + len(found.petitions), "yêu cầu, kiến nghị chưa trả lời"),
        )
        if count
    ]
    return f"Việc của tôi: {', '.join(told) if told else 'không có việc nào chờ'}"


def _whose(who: Viewer, found: OwnWork, snapshot: Snapshot) -> str:
    """Which places and agencies the account answers for."""
    if found.is_everywhere:
        return "Tài khoản này có quyền ở mọi địa bàn, nên việc của mọi địa bàn đứng ở đây."
    named = []
    for grant in own_grants(who):
        place = snapshot.places[grant.place].full_name if grant.place in snapshot.places else "mọi địa bàn"
        agency = snapshot.agencies[grant.agency].name if grant.agency in snapshot.agencies else ""
        named.append(f"{agency}, {place}" if agency else place)
    return f"Theo quyền của tài khoản: {'; '.join(dict.fromkeys(named)) or 'chưa được giao địa bàn nào'}."


def _tasks(found: OwnWork, snapshot: Snapshot, view: View) -> list[Element | None]:
    lists = (("Quá hạn hoặc chưa đủ báo cáo", found.attention), ("Đến hạn trong 60 ngày tới", found.soon))
    return [
        section(f"{title} ({len(lines)})", short_table(lines[:MOST], snapshot, view, title), _rest(len(lines), view))
        for title, lines in lists
        if lines
    ]


def _rest(total: int, view: View) -> Element | None:
    if total <= MOST:
        return None
    way = html.A("Xem cả danh sách", href=view.link("/nhiem-vu"))
    return html.P([f"Đang hiện {MOST} trong {words.number(total)}. ", way], className="source")


def _answers(found: OwnWork, snapshot: Snapshot, view: View) -> list[Element | None]:
    return [
        section(f"Yêu cầu giải trình chưa trả lời ({len(found.requests)})", requests)
        if (requests := request_table(found.requests[:MOST], snapshot, view))
        else None,
        section(f"Kiến nghị chưa trả lời ({len(found.petitions)})", petitions)
        if (petitions := petition_table(found.petitions[:MOST], snapshot, view))
        else None,
    ]


def _decisions(who: Viewer, view: View) -> Element | None:
    """Changes and files that wait for a second person."""
    found = waiting(who) if repository().settings.two_steps else []
    if not found:
        return None
    items = [html.Li(html.A(item.title, href=view.link(f"/duyet/{item.id}"))) for item in found[:MOST]]
    return section(f"Chờ duyệt ({len(found)})", html.Ul(items, className="hits"))


def _remarks(who: Viewer, view: View) -> Element | None:
    """What readers say is wrong, for who may answer."""
    count = count_open() if who.may(Action.ENTER) else 0
    if not count:
        return None
    way = html.A(f"{count} phản ánh số liệu chưa trả lời", href=view.link("/doi-soat", muc="phan-anh"))
    return section("Phản ánh của người đọc", html.P(way))
