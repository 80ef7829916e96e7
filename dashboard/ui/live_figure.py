"""Charts as plotly draws them, where readers explore: pure functions of a chart, dressed by one template of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import Any

import plotly.graph_objects as go
from dash import dcc

from dashboard.ui.chart_values import Chart, ChartBand, ChartColour, ChartLine
from dashboard.ui.marks import MARKS
from dashboard.ui.picture import LINE, MARK, MARK_ALONE
from dashboard.ui.plot import STEPS
from dashboard.ui.style_sheet import ColourScheme, tokens
from models.gaps.answer import Status

NAME_LETTERS = 30  # of a line of the legend: plotly cuts what is wider than a phone
MONTHS = [f"tháng {number}" for number in range(1, 13)]
DAYS = ["chủ nhật", "thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy"]
LOCALE = {
    "dictionary": {
        "Download plot as a PNG": "Tải hình (PNG)",
        "Download plot": "Tải hình",
        "Reset axes": "Trở lại",
        "Reset": "Trở lại",
        "Zoom in": "Phóng to",
        "Zoom out": "Thu nhỏ",
        "Double-click to zoom back out": "Bấm đúp để trở lại",
        "Double-click on legend to isolate one trace": "Bấm đúp vào chú giải để chỉ xem một đường",
        "Taking snapshot - this may take a few seconds": "Đang làm hình, chờ vài giây",
        "Snapshot succeeded": "Đã làm xong hình",
        "Sorry, there was a problem downloading your snapshot!": "Không tải được hình. Thử lại sau.",
        "Sorry, there was a problem downloading your image!": "Không tải được hình. Thử lại sau.",
    },
    "format": {
        "days": DAYS,
        "shortDays": ["CN", "T2", "T3", "T4", "T5", "T6", "T7"],
        "months": MONTHS,
        "shortMonths": [f"T{number}" for number in range(1, 13)],
        "date": "%d/%m/%Y",
        "decimal": ",",
        "thousands": ".",
    },
}
GRAPH_CONFIG: Any = {
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "displaylogo": False,
    "displayModeBar": True,
    "modeBarButtons": [["resetScale2d", "toImage"]],
    "responsive": True,
    "locale": "vi",
    "locales": {"vi": LOCALE},
}


def live_graph(chart: Chart, ident: str) -> dcc.Graph:
    """A chart as plotly draws it; zooming goes across only, and "Trở lại" undoes it."""
    return dcc.Graph(id=ident, figure=live_figure(chart), config=GRAPH_CONFIG, className="graph live")


def live_figure(chart: Chart) -> go.Figure:
    """The same lines, marks, bands and words as the picture has; all templates go along for the browser to choose."""
    first, last = chart.days
    years = chart.years
    across = {
        "range": [first.isoformat(), last.isoformat()],
        "tick0": f"{years[-1]}-12-31",
        "dtick": f"M{12 * (years[1] - years[0] if len(years) > 1 else 1)}",
    }
    return dressed(
        [*map(_band, chart.bands), *map(_line, chart.lines)],
        xaxis=across,
        yaxis={"range": list(chart.values), "title": {"text": chart.unit}},
    )


def dressed(traces: Sequence[Any], meta: Mapping[str, Any] | None = None, **layout: Any) -> go.Figure:
    """A figure of these traces; the templates of all screens go along, and `meta` is for scripts of ours."""
    templates = {scheme.name.lower(): template(scheme).to_plotly_json() for scheme in ColourScheme}
    told = {"templates": templates, **(meta or {})}
    statuses = {"cmin": 0, "cmax": 2 * len(Status), "showscale": False}
    worn = go.Layout(template=template(ColourScheme.LIGHT), meta=told, coloraxis=statuses, **layout)
    return go.Figure(data=list(traces), layout=worn)


@cache
def template(scheme: ColourScheme) -> go.layout.Template:
    """What all figures have in common on one kind of ground: letters, lines, numbers as 1.234,5 and how they zoom."""
    token = tokens(scheme)
    lines = {"gridcolor": token["chart-grid"], "zerolinecolor": token["chart-grid"], "automargin": True}
    return go.layout.Template(
        layout=go.Layout(
            separators=",.",
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            font={"family": token["typeface"], "size": 16, "color": token["ink-2"]},
            colorway=[token[colour] for colour in ChartColour][:4],
            margin={"l": 24, "r": 24, "t": 36, "b": 40},
            dragmode="zoom",
            hoverdistance=40,
            hoverlabel={
                "bgcolor": token["ink"],
                "bordercolor": token["ink"],
                "font": {"size": 15, "color": token["sheet"]},
                "align": "left",
            },
            legend={"orientation": "h", "yref": "container", "y": 0, "yanchor": "bottom"},
            modebar={"bgcolor": "rgba(0,0,0,0)", "color": token["ink-3"], "activecolor": token["accent"]},
            coloraxis={"colorscale": status_colours(token)},
            xaxis={**lines, "type": "date", "tickformat": "%Y", "hoverformat": "%d/%m/%Y"},
            yaxis={**lines, "nticks": STEPS + 1, "tickformat": ",~r", "fixedrange": True},
        )
    )


def status_colours(token: Mapping[str, str]) -> list[list[object]]:
    """Steps of one colour a status, worst first: the full hues, then from their middle on the soft grounds."""
    hues = [MARKS[status][0] for status in Status]
    steps = [*(token[hue] for hue in hues), *(token[f"{hue}-bg"] for hue in hues)]
    edges = [index / len(steps) for index in range(len(steps) + 1)]
    return [[edge, colour] for index, colour in enumerate(steps) for edge in edges[index : index + 2]]


def _band(band: ChartBand) -> go.Scatter:
    """Its edges say nothing and have no name in the legend."""
    return go.Scatter(
        name=band.name,
        x=[*band.days, *reversed(band.days)],
        y=[*band.high, *reversed(band.low)],
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=tokens(ColourScheme.LIGHT)[band.colour],
        hoverinfo="skip",
        showlegend=False,
    )


def _line(line: ChartLine) -> go.Scatter:
    colour = tokens(ColourScheme.LIGHT)[line.colour]
    points, labels = line.points, [point.label for point in line.points]
    parts = (("lines", line.style), ("markers", line.symbol), ("text", any(labels)))
    symbol = line.symbol and line.symbol.value
    return go.Scatter(
        name="<br>".join(wrap(line.name, NAME_LETTERS)),
        cliponaxis=False,
        x=[point.on for point in points],
        y=[point.value for point in points],
        mode="+".join(part for part, is_there in parts if is_there),
        line={"color": colour, "width": LINE, "dash": line.style.value} if line.style else None,
        marker={
            "symbol": [f"{symbol}-open" if point.is_estimate else symbol for point in points],
            "size": MARK if line.style else MARK_ALONE,
            "color": colour,
            "line": {"color": colour, "width": LINE},
        }
        if symbol
        else None,
        text=labels if any(labels) else None,
        textposition="top center" if line.style else "top left",
        hovertext=[point.says for point in points] if points[0].says else None,
        hoverinfo="text" if points[0].says else "skip",
        showlegend=True,
    )
