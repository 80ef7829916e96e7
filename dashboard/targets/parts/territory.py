"""What a place was before a merger and what it is now."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.empty import empty
from dashboard.ui.html import Element
from dashboard.ui.marks import icon
from models.targets.reading import PlaceView


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
