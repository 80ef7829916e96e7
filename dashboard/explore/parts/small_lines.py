"""Values over time, a small figure an indicator in its own unit: what may be joined is a line, the rest are marks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import cycle
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.explore.parts.marks import nothing, told_promise, told_value, wrapped
from dashboard.targets.parts.history import OF_PLACES
from dashboard.ui.live_figure import dressed
from dashboard.ui.style_sheet import ColourScheme, tokens

MOST, ACROSS, MOST_PLACES = 12, 3, 8
ROW, HEAD, FOOT = 250, 40, 90
OTHER = "Cách tính khác hoặc không nối được: chỉ là điểm"


def small_lines(values: pd.DataFrame, promises: pd.DataFrame, place: str = "", indicator: str = "") -> go.Figure:
    """At most MOST indicators and MOST_PLACES places; the path that a promise needs is dashed, a range is a band.

    Only values of a promise's own series are joined: others are crosses, for they may be counted otherwise. A picked
    indicator is drawn alone, of a picked place the line is wide.
    """
    wanted = [indicator] if indicator and indicator in set(values["indicator"]) else _most_told(values, promises)
    shown = values[values["indicator"].isin(wanted)]
    if shown.empty:
        return nothing("Chưa có số liệu nào của các nơi và chỉ tiêu đã chọn trong những năm đã chọn.", dressed)
    places = places_shown(shown)
    looks = dict(zip(places, cycle(OF_PLACES), strict=False))
    traces: list[go.Scatter] = []
    for number, code in enumerate(wanted, 1):
        own, goals = shown[shown["indicator"] == code], promises[promises["indicator"] == code]
        for slug in places:
            wide = not place or place == slug
            drawn = _of_place(own[own["place"] == slug], goals[goals["place"] == slug], looks[slug], wide)
            axes = {"xaxis": f"x{number}", "yaxis": f"y{number}"} if number > 1 else {}
            traces += [trace.update(axes) for trace in drawn]
    return _laid_out(_named_once(traces), shown, promises[promises["indicator"].isin(wanted)], wanted)


def places_shown(values: pd.DataFrame) -> list[str]:
    """The places that are drawn: those with the most values first where there are too many."""
    counts = values["place"].value_counts(sort=True)
    kept = set(counts.index[:MOST_PLACES])
    return [slug for slug in dict.fromkeys(values["place"]) if slug in kept]


def _most_told(values: pd.DataFrame, promises: pd.DataFrame) -> list[str]:
    """The indicators with the most days first: a line of one value tells little."""
    counts = values.groupby("indicator")["period_end"].nunique()
    held = set(promises["indicator"])
    return sorted(counts.index, key=lambda code: (code not in held, -counts[code]))[:MOST]


def _of_place(values: pd.DataFrame, goals: pd.DataFrame, look: Any, is_wide: bool) -> Iterator[go.Scatter]:
    """The joined line of a promise, crosses for other values, and the way to the promise."""
    colour, style, symbol = look
    paint = tokens(ColourScheme.LIGHT)[colour]
    name = str(values["place_name"].iloc[0] if len(values) else goals["place_name"].iloc[0] if len(goals) else "")
    joined = values[values["is_latest"].notna()]
    width = 3 if is_wide else 1.5
    for _, own in joined.groupby("programme", sort=False):
        line = {"color": paint, "dash": style.value, "width": width}
        yield _points(own, name, mode="lines+markers", line=line, marker=_hollow(own, symbol.value, paint))
    others = values[values["is_latest"].isna()]
    if len(others):
        marker = {"symbol": "x-thin", "size": 9, "color": paint, "line": {"color": paint, "width": 2}}
        yield _points(others, name, mode="markers", marker=marker)
    for row in goals.to_dict("records"):
        yield from _way(row, paint)


def _points(rows: pd.DataFrame, name: str, **look: Any) -> go.Scatter:
    ordered = rows.sort_values("period_end")
    return go.Scatter(
        name=wrapped(name),
        legendgroup=name,
        x=ordered["period_end"],
        y=ordered["value"],
        hovertext=[f"<b>{row['place_name']}</b><br>{told_value(row)}" for row in ordered.to_dict("records")],
        hoverinfo="text",
        customdata=ordered[["place", "indicator"]].to_numpy().tolist(),
        **look,
    )


def _hollow(rows: pd.DataFrame, symbol: str, paint: str) -> dict[str, Any]:
    kinds = rows.sort_values("period_end")["value_kind"]
    symbols = [f"{symbol}-open" if kind == "estimate" else symbol for kind in kinds]
    return {"symbol": symbols, "size": 9, "color": paint, "line": {"color": paint, "width": 2}}


def _way(row: dict[str, Any], paint: str) -> Iterator[go.Scatter]:
    """The mark of a promise, its range as a bar, and the dashed path from the latest value."""
    end, key = date(int(row["horizon"]), 12, 31), [row["place"], row["indicator"]]
    common: dict[str, Any] = {"legendgroup": row["place_name"], "showlegend": False}
    if row["value"] is not None and (row["gap"] is None or row["gap"] < 0):
        dashed = {"color": paint, "width": 1.5, "dash": "dash"}
        ends = [row["period_end"], end], [row["value"], row["goal"]]
        yield go.Scatter(x=ends[0], y=ends[1], mode="lines", line=dashed, opacity=0.7, hoverinfo="skip", **common)
    if row["comparator"] == "range":
        bar = {"color": paint, "width": 9}
        yield go.Scatter(x=[end, end], y=[row["low"], row["high"]], mode="lines", line=bar, opacity=0.35,
                         hoverinfo="skip", **common)  # fmt: skip
    yield go.Scatter(
        x=[end],
        y=[row["goal"]],
        mode="markers",
        marker={"symbol": "diamond", "size": 11, "color": paint},
        hovertext=[told_promise(row)],
        hoverinfo="text",
        customdata=[key],
        **common,
    )


def _named_once(traces: list[go.Scatter]) -> list[go.Scatter]:
    """One entry a place in the legend; a click on it hides the place everywhere."""
    named: set[str] = set()
    for trace in traces:
        if trace.showlegend is None:
            trace.showlegend = trace.legendgroup not in named
            named.add(str(trace.legendgroup))
    return traces


def _laid_out(traces: list[go.Scatter], values: pd.DataFrame, promises: pd.DataFrame, wanted: list[str]) -> go.Figure:
    told = pd.concat([values, promises]).drop_duplicates("indicator").set_index("indicator")
    titles = [wrapped(f"{told['short_name'][code]} ({told['unit'][code]})", 40) for code in wanted]
    days = [*values["period_end"], *(date(int(year), 12, 31) for year in promises["horizon"].dropna())]
    first, last = date(min(days).year - 1, 9, 1), date(max(days).year + 1, 4, 1)
    step = max(1, round((last.year - first.year) / 5))
    axis = {
        "range": [first.isoformat(), last.isoformat()],
        "tick0": f"{last.year - 1}-12-31",
        "dtick": f"M{12 * step}",
        "tickangle": 0,
    }
    layout: dict[str, Any] = {}
    for number in range(1, len(wanted) + 1):
        end = "" if number == 1 else str(number)
        layout[f"xaxis{end}"] = {**axis, "anchor": f"y{end}", **({"matches": "x"} if end else {})}
        layout[f"yaxis{end}"] = {"anchor": f"x{end}", "rangemode": "tozero"}
    wide = arrangement(titles, min(ACROSS, len(wanted)))
    layout = {name: layout.get(name, {}) | part if isinstance(part, dict) else part for name, part in wide.items()} | {
        name: {**layout[name], **wide.get(name, {})} for name in layout
    }
    return dressed(
        traces,
        meta={"narrow": {"layout": flattened(arrangement(titles, 1))}},
        margin={"t": HEAD, "l": 8, "r": 8, "b": FOOT},
        hovermode="closest",
        **layout,
    )


def arrangement(titles: list[str], across: int) -> dict[str, Any]:
    """Where each small figure stands with `across` beside each other: domains, titles and the whole height."""
    down = -(-len(titles) // across)
    gap_x, gap_y = 0.07, 70 / (ROW * down)
    width, height = (1 - gap_x * (across - 1)) / across, (1 - gap_y * (down - 1)) / down
    found: dict[str, Any] = {"height": HEAD + FOOT + ROW * down, "annotations": []}
    for index, title in enumerate(titles):
        end = "" if index == 0 else str(index + 1)
        left, top = (index % across) * (width + gap_x), 1 - (index // across) * (height + gap_y)
        found[f"xaxis{end}"] = {"domain": [left, left + width]}
        found[f"yaxis{end}"] = {"domain": [max(0.0, top - height), top]}
        place = {"x": left, "y": top, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "bottom"}
        found["annotations"].append({"text": f"<b>{title}</b>", "showarrow": False, "align": "left", **place})
    return found


def flattened(layout: dict[str, Any]) -> dict[str, Any]:
    """A layout as plotly's relayout takes it: no part is replaced that is not named."""
    axes = {f"{name}.domain": part["domain"] for name, part in layout.items() if isinstance(part, dict)}
    return axes | {"xaxis.nticks": 4, "height": layout["height"], "annotations": layout["annotations"]}
