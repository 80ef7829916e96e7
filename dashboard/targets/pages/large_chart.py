"""`/bieu-do/cam-ket/<programme>/<code>`, `/bieu-do/chi-tieu/<code>`: one chart as large as the screen, to zoom into."""

from __future__ import annotations

from dashboard.db.read_session import indicator_names
from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.data.place import Promised, build_place
from dashboard.targets.parts.charted import Charted, chart_of_indicator, chart_of_promise
from dashboard.ui import html
from dashboard.ui.address import View
from dashboard.ui.chart import large_chart
from dashboard.ui.html import Element
from dashboard.ui.live_figure import live_graph
from dashboard.web import errors
from dashboard.web.routes import LIVE, NOT_FOUND, page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame

PROMISE, INDICATOR = "/bieu-do/cam-ket/<programme>/<code>", "/bieu-do/chi-tieu/<code>"
HOW = (
    "Kéo ngang trên biểu đồ để phóng to; nút Trở lại hoặc bấm đúp để về như cũ. "
    "Bấm tên trong chú giải để ẩn hoặc hiện một đường."
)


def tab_title(code: str = "", **_: object) -> str:
    """The indicator's name on the browser tab."""
    return f"Biểu đồ: {indicator_names().get(code, NOT_FOUND)}"


def live_promise(snapshot: Snapshot, _view: View, programme: str = "", code: str = "", **_: object) -> object:
    """What plotly draws of a promise; nothing where there is nothing to draw."""
    found = snapshot.programmes.get(programme)
    item = _promised(snapshot, found.place, programme, code) if found else None
    return _live(chart_of_promise(item, snapshot) if item else None)


def live_indicator(snapshot: Snapshot, _view: View, code: str = "", **_: object) -> object:
    """What plotly draws of an indicator; nothing where there is nothing to draw."""
    indicator = snapshot.indicators.get(code)
    return _live(chart_of_indicator(indicator, snapshot) if indicator else None)


def _live(charted: Charted | None) -> object:
    return live_graph(charted.chart, f"{charted.ident}-live") if charted else None


@page(PROMISE, title=tab_title, right=VIEW, live=live_promise, cached=True)
def of_promise(snapshot: Snapshot, view: View, programme: str = "", code: str = "", **_: object) -> Element:
    """The chart of one promise; 404 where there is no such promise or nothing to draw of it."""
    found = snapshot.programmes.get(programme)
    item = _promised(snapshot, found.place, programme, code) if found else None
    charted = chart_of_promise(item, snapshot) if item else None
    if found is None or charted is None:
        return _nothing(view, view.link("/tinh"), "Các tỉnh")
    place = snapshot.places[found.place].full_name
    back = [("Tỉnh", view.link("/tinh")), (place, view.link(f"/tinh/{found.place}"))]
    return _page(charted, f"{snapshot.indicators[code].name}, {place}", back, view, current="/tinh")


@page(INDICATOR, title=tab_title, right=VIEW, live=live_indicator, cached=True)
def of_indicator(snapshot: Snapshot, view: View, code: str = "", **_: object) -> Element:
    """The chart of one indicator across places; 404 where there is none."""
    indicator = snapshot.indicators.get(code)
    charted = chart_of_indicator(indicator, snapshot) if indicator else None
    if indicator is None or charted is None:
        return _nothing(view, view.link("/chi-tieu"), "Danh mục chỉ tiêu")
    back = [("Chỉ tiêu", view.link("/chi-tieu")), (indicator.name, view.link(f"/chi-tieu/{code}"))]
    return _page(charted, f"{indicator.name} của các địa bàn", back, view, current="/chi-tieu")


def _promised(snapshot: Snapshot, place: str, programme: str, code: str) -> Promised | None:
    built = build_place(snapshot, place)
    for item in built.programmes if built else ():
        if item.programme.slug == programme:
            drawn = [*item.promised, *(Promised(trend, ()) for trend in item.trends)]
            return next((promised for promised in drawn if promised.view.indicator == code), None)
    return None


def _page(charted: Charted, title: str, back: list[tuple[str, str]], view: View, *, current: str) -> Element:
    return page_frame(
        title,
        breadcrumbs(back),
        large_chart(charted.chart, LIVE, ident=charted.ident),
        html.P(HOW, className="live-only"),
        html.P(["Ngày, cách tính và nguồn của từng số: ", html.A(back[-1][0], href=back[-1][1])]),
        view=view,
        current=current,
    )


def _nothing(view: View, address: str, name: str) -> Element:
    return errors.not_found(
        view, "Không có biểu đồ này.", "Chọn từ trang của tỉnh hoặc chỉ tiêu.", html.A(name, href=address)
    )
