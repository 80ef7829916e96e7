"""A chart on a page: its picture, the values over it that a reader can point at, and what it shows in words. No script.

On a page of its own the same chart is drawn by plotly, to zoom into (docs/decisions/0022).
"""

from __future__ import annotations

from dashboard.ui import html
from dashboard.ui.chart_values import Chart
from dashboard.ui.html import Element
from dashboard.ui.markup import spoken
from dashboard.ui.picture import Drawing, draw


def chart_figure(chart: Chart, *, ident: str, larger: str = "") -> Element:
    """A picture as wide as there is room; `larger` is the address of the page that shows it large."""
    link = html.A("Phóng to", href=larger, className="larger", rel="nofollow") if larger else None
    return _framed(chart, ident, None, link)


def large_chart(chart: Chart, live: Element, *, ident: str) -> Element:
    """The chart on its own page: the picture stands there until plotly has drawn at `live`, or where no script runs."""
    return _framed(chart, ident, live, None)


def _framed(chart: Chart, ident: str, live: Element | None, link: Element | None) -> Element:
    drawn = draw(chart)
    height = {"height": f"{drawn.height}px"}
    picture = html.Img(src=drawn.address, alt=chart.says, id=ident, className="graph-picture", style=height)
    samples = [html.Li([html.Img(src=sample, alt=""), name]) for sample, name in drawn.legend]
    return html.Figure(
        [
            html.Div([picture, _values(drawn), live], className="graph-frame"),
            html.Ul(samples, className="legend") if samples else None,
            html.Figcaption([chart.says, " ", link] if link else chart.says),
        ],
        className="chart",
    )


def _values(drawn: Drawing) -> Element:
    """One shows when a reader points at it or touches it; all of them, as a list, when the keyboard comes here."""
    place = {name: f"{pixels}px" for name, pixels in drawn.plot._asdict().items()}
    where = [{"--x": str(spot.x), "--y": f"{spot.y}px", "--room": f"{spot.room}%"} for spot in drawn.spots]
    points = [
        html.Li(html.Span(spot.says), className="point", tabIndex="-1", style=style)
        for spot, style in zip(drawn.spots, where, strict=True)
    ]
    return html.Ul(points, className="points", tabIndex="0", style=place, **spoken("Các giá trị trên biểu đồ"))
