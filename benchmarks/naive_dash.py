"""The plain Dash way to the same pages: a DataFrame in memory, one go.Figure a promise, everything by callback."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash import Dash, Input, Output, dcc, html

with sqlite3.connect(os.environ.get("PEER_TABLE", ":memory:")) as link:
    GAPS = pd.read_sql("SELECT * FROM gaps WHERE horizon = 2030", link)
    POINTS = pd.read_sql("SELECT * FROM points", link, parse_dates=["period_end"])

app = Dash("naive", compress=True)
app.layout = html.Div([dcc.Location(id="address"), html.Div(id="page")])


@app.callback(Output("page", "children"), Input("address", "pathname"))
def draw(path: str | None) -> list[Any]:
    """The overview as a table, or the charts of a province."""
    place = (path or "/").strip("/")
    if not place:
        head = html.Tr([html.Th(name) for name in GAPS.columns[:12]])
        rows = [html.Tr([html.Td(str(cell)) for cell in row[:12]]) for row in GAPS.itertuples(index=False)]
        return [html.H1("Cam kết"), html.Table([html.Thead(head), html.Tbody(rows)])]
    graphs = [
        dcc.Graph(
            figure=go.Figure(go.Scatter(x=line["period_end"], y=line["value"], mode="lines+markers"), {"height": 250})
        )
        for _, line in POINTS[POINTS["place"] == place].groupby("promise")
    ]
    return [html.H1(place), *graphs]


server = app.server
