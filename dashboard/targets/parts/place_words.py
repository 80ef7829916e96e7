"""What a place's page says of the place: its promises in one line, what it was before a merger and is now."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import PlacePage, ProgrammePage
from dashboard.targets.findings import caution, lacking, over
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import empty, icon
from models.gaps.answer import Flag, Gap, Status, worst_first
from models.places.place import COUNTRY
from models.targets.reading import PlaceView


def finding(found: PlacePage, snapshot: Snapshot) -> str:
    """What the page says in one line: what is met, what lacks most, what is unknown."""
    name = found.place.full_name if found.place.slug != COUNTRY else "Việt Nam"
    if not found.programmes:
        return f"{name}: chưa nạp chương trình nào"
    programme = found.programmes[-1]
    if not programme.counts:
        return f"{name}: chương trình không giao chỉ tiêu, theo dõi diễn biến và {task_count(programme)} nhiệm vụ"
    horizon = min(programme.counts)
    counts = dict(programme.counts[horizon])
    near = [
        item.view.gap for item in programme.promised if item.view.gap.target and item.view.gap.target.horizon == horizon
    ]
    told = [
        spoken(gap, snapshot)
        for gap in sorted(near, key=worst_first)
        if gap.gap is not None and gap.target and not gap.target.unit.startswith("%")
        if gap.status is not Status.NO_DATA
    ]
    unknown = counts.get(Status.NO_DATA, 0) + counts.get(Status.NOT_COMPARABLE, 0)
    told = told[:3] + (
        [f"{unknown} trong {sum(counts.values())} chỉ tiêu {horizon} chưa có số liệu"] if unknown else []
    )
    return f"{name}: {'; '.join(told)}"


def spoken(gap: Gap, snapshot: Snapshot) -> str:
    """One promise as a phrase: "thành viên HTX còn thiếu 82.841", "đủ số HTX (vượt 96)", or why neither is said."""
    name = snapshot.indicators[gap.target.indicator].short_name if gap.target else ""
    plain = name[0].lower() + name[1:] if name[1:2].islower() else name
    if why := caution(gap):
        return f"{plain} {why}"
    if gap.status is Status.REACHED:
        return f"{'ước đủ' if Flag.ESTIMATE in gap.flags else 'đủ'} {plain}" + (f" ({over(gap)})" if gap.gap else "")
    return f"{plain} {lacking(gap)}"


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
