"""What a place's page says of the place and its programmes: in one line, before and after a merger, by document."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import PlacePage, ProgrammePage
from dashboard.targets.data.ranking import count_statuses, horizons_of, promises_for, ranked
from dashboard.targets.findings import caution, lacking, over, standing
from dashboard.tasks.parts.task_table import missing_parts
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty, icon, task_mark
from dashboard.ui.markup import facts
from models.gaps.answer import Flag, Gap, Status
from models.places.place import COUNTRY
from models.targets.programme import Programme, QualitativePromise
from models.targets.reading import PlaceView
from models.tasks.task_state import TaskState

FAILING = frozenset({Status.MISSED, Status.MOVING_AWAY, Status.AT_RISK, Status.SLOW})
WANTING = FAILING | {Status.SHORT_SERIES}
NAMED = 3  # so many of the worst are named below the headline


def finding(found: PlacePage, snapshot: Snapshot, view: View) -> str:
    """What the page says in one line: the same counts as the overview has for this place."""
    name = found.place.full_name if found.place.slug != COUNTRY else "Việt Nam"
    if not found.programmes:
        return f"{name}: {_inherited(found.predecessors, snapshot, view) or 'chưa nạp chương trình nào'}"
    programme = found.programmes[-1]
    if not any(one.counts for one in found.programmes):
        return f"{name}: chương trình không giao chỉ tiêu, theo dõi diễn biến và {task_count(programme)} nhiệm vụ"
    horizon = horizon_of(found, snapshot, view)
    told = standing(count_statuses(promises_for(snapshot, horizon, found.place.slug)), horizon)
    return f"{name}: {_small(told)}"


def _inherited(parts: Sequence[PlaceView], snapshot: Snapshot, view: View) -> str:
    """How the promises of the former parts stand, which today's place answers for; empty where none promised."""
    views = ranked(item for part in parts for item in promises_for(snapshot, view.horizon, part.slug))
    return (
        f"chưa có chương trình riêng; của các địa bàn cũ, {_small(standing(count_statuses(views), view.horizon))}"
        if views
        else ""
    )


def _small(text: str) -> str:
    return text[0].lower() + text[1:]


def worst(found: PlacePage, snapshot: Snapshot, view: View) -> str:
    """The worst that have a value, in a sentence; empty where nothing stands badly."""
    if not any(programme.counts for programme in found.programmes):
        return ""
    views = promises_for(snapshot, horizon_of(found, snapshot, view), found.place.slug)
    bad = [item.gap for item in views if item.gap.status in WANTING][:NAMED]
    told = "; ".join(spoken(gap, snapshot) for gap in bad)
    return f"{'Xấu nhất' if bad and bad[0].status in FAILING else 'Cần biết'}: {told}." if bad else ""


def horizon_of(found: PlacePage, snapshot: Snapshot, view: View) -> int:
    """The year the page speaks of: the reader's, or the first one that the place promised something for."""
    there = horizons_of(snapshot, found.place.slug)
    return view.horizon if view.horizon in there or not there else there[0]


def spoken(gap: Gap, snapshot: Snapshot) -> str:
    """One promise as a phrase: "thành viên HTX còn thiếu 82.841", "đủ số HTX (vượt 96)", or why neither is said."""
    name = snapshot.indicators[gap.target.indicator].short_name if gap.target else ""
    plain = name[0].lower() + name[1:] if name[1:2].islower() else name
    if why := caution(gap):
        return f"{plain} {why}"
    if gap.status is Status.REACHED:
        return f"{'ước đủ' if Flag.ESTIMATE in gap.flags else 'đủ'} {plain}" + (f" ({over(gap)})" if gap.gap else "")
    if gap.gap is None:
        return f"{plain} {words.STATUS_COUNTED[gap.status]}"
    unit = gap.target.unit if gap.target else ""
    return f"{plain} {lacking(gap, words.unit_of_change(unit) if unit.startswith('%') else '')}"


def task_count(programme: ProgrammePage) -> int:
    """How many tasks a programme orders, headings left out."""
    return sum(1 for task in programme.tasks if not task.is_heading)


def territory_notice(
    place: PlaceView, predecessors: Sequence[PlaceView], successors: Sequence[PlaceView], view: View
) -> Element | None:
    """When a former place ended and what it became, or what today's place was made of; None when nothing changed."""
    if successors:
        return _notice(
            f"Địa bàn này tồn tại đến {words.day(place.valid_to)}, nay thuộc ",
            [place_link(item, view, item.name) for item in successors],
            "Cam kết đứng tên địa bàn cũ; số liệu của địa bàn mới không dùng để đánh giá.",
        )
    if predecessors:
        return _notice(
            f"Địa bàn này có từ {words.day(place.valid_from)}, hợp thành từ: ",
            [place_link(item, view) for item in predecessors],
            "Chỉ tiêu của từng địa bàn cũ không được cộng lại.",
        )
    return None


def no_programme(predecessors: Sequence[PlaceView], view: View) -> Element:
    """A place without a programme; leads to the places that it was made of, or to those that have one."""
    what = "Chưa có chương trình nào của địa bàn này."
    if predecessors:
        links = [place_link(item, view) for item in predecessors]
        return empty(what, "Xem cam kết của các địa bàn trước khi sáp nhập.", *links)
    return empty(what, "Xem các địa bàn đã có chương trình.", html.A("Tỉnh", href=view.link("/tinh")))


def place_link(place: PlaceView, view: View, name: str = "") -> Element:
    """The way to the page of a place."""
    return html.A(name or place.full_name, href=view.link(f"/tinh/{place.slug}"))


def _notice(before: str, links: Sequence[Element], after: str) -> Element:
    listed = [part for index, link in enumerate(links) for part in ((", ", link) if index else (link,))]
    return html.P([icon("unequal"), before, *listed, f". {after}"], className="notice")


UNCHECKED = "Các điều khoản chưa đối chiếu văn bản"


def programme_name(programme: Programme) -> str:
    """Title, number and day in one line."""
    number = f", số {programme.number}" if programme.number else ""
    return f"{programme.title}{number}, {programme.issued_text}"


def programme_facts(programme: Programme, snapshot: Snapshot, report_due: date | None) -> Element:
    """A definition list; what the document does not print is said, not left blank."""
    pairs: list[tuple[str, Content]] = [
        ("Văn bản", programme.title),
        ("Số, ký hiệu", programme.number or "bản thu thập không có số"),
        ("Ngày ban hành", _issued(programme)),
        ("Cơ quan ban hành", programme.issuer_text),
        ("Thực hiện", _documents(programme.implements)),
    ]
    if programme.replaces:
        pairs.append(("Thay thế", _documents(programme.replaces)))
    pairs.append(("Báo cáo", _reporting(programme, snapshot, report_due)))
    if programme.remark and programme.remark != UNCHECKED:
        pairs.append(("Lưu ý", programme.remark))
    if missing := missing_parts(programme):
        pairs.append(("Nhiệm vụ", missing))
    if not programme.checked:
        pairs.append(("Đối chiếu", html.Strong(UNCHECKED)))
    return facts(pairs)


def _issued(programme: Programme) -> str:
    if programme.issued_precision == "day":
        return words.day(programme.issued_on)
    unknown, end = ("tháng", "năm") if programme.issued_precision == "year" else ("ngày", "tháng")
    return f"{programme.issued_text} (không rõ {unknown}; tính đến cuối {end})"


def _documents(documents: Sequence[dict[str, Any]]) -> str:
    return (
        "; ".join(
            f"{item['number']} ngày {words.day(date.fromisoformat(str(item['issued_on'])))}"
            if item.get("issued_on")
            else str(item["number"])
            for item in documents
        )
        or words.NONE
    )


def _reporting(programme: Programme, snapshot: Snapshot, report_due: date | None) -> str:
    if not programme.reporting:
        return "văn bản không ấn định ngày"
    text = str(programme.reporting["text"])
    collector = snapshot.agencies.get(str(programme.reporting.get("to")))
    if collector is not None:
        link = collector.main_succession(snapshot.moment.as_of)
        now = f" (nay: {snapshot.agencies[link.successor].name})" if link else ""
        text += f", gửi {collector.name}{now}"
    if report_due is not None:
        text += f"; hạn cuối sắp tới {words.day(report_due)}, còn {(report_due - snapshot.moment.as_of).days} ngày"
    return text


def task_summary(programme: Programme, count: int, states: Sequence[tuple[TaskState, int]], view: View) -> Element:
    """How many tasks stand where, and the way to them."""
    items = [html.Li([task_mark(state), f" {number}"]) for state, number in states]
    link = html.A(f"Xem {count} nhiệm vụ", href=view.link("/nhiem-vu", dia_ban=programme.place))
    return html.Div([html.H3("Nhiệm vụ"), html.Ul(items, className="state-list"), html.P(link)])


def text_promises(texts: Sequence[QualitativePromise]) -> Element:
    """Promises without a figure, each with its clause."""
    items = [html.Li([f"{text.text} ", html.Small(f"({text.clause})")]) for text in texts]
    return html.Ul(items, className="plain-list")
