"""Where each promise started, stands now and must come to: one line a promise, the largest gap first."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.explore.data.explored import differing, worst_first
from dashboard.explore.parts.marks import SIGNS, hue, nothing, signed_status, told_promise, wrapped
from dashboard.ui import words
from dashboard.ui.live_figure import dressed
from dashboard.ui.style_sheet import ColourScheme, tokens
from models.places.place import COUNTRY

MOST, ROW, NARROW_ROW, HEAD = 60, 50, 74, 110
LETTERS = 34
NOW = 4  # which of the traces is today's value
UNRANKED = "Cách tính khác nhau giữa các nơi: xếp theo tên, không xếp hạng"


def goal_bars(promises: pd.DataFrame, series: pd.DataFrame, place: str = "", indicator: str = "") -> go.Figure:
    """`series` are the values beside promises; the first of each promise is its start.

    One indicator of provinces is drawn in its own unit, others in percent of their promises. Where one is counted by
    different definitions the places stand by name, not by gap, and the figure says so. A promise without a value is a
    goal with "chưa có số liệu".
    """
    if promises.empty:
        return nothing("Không nơi nào trong các nơi đã chọn có cam kết bằng con số cho chỉ tiêu đã chọn.", dressed)
    is_one = promises["indicator"].nunique() == 1 and promises["unit"].nunique() == 1
    is_mixed = COUNTRY in set(promises["place"]) and promises["place"].nunique() > 1
    unranked = is_one and bool(differing(promises))
    rows = _rows(promises, series, in_units=is_one and not is_mixed, unranked=unranked)
    unit = str(promises["unit"].iloc[0]) if is_one and not is_mixed else "% của cam kết"
    ticks = {"tickmode": "array", "tickvals": rows["at"], "ticktext": rows["label"], "range": [len(rows) - 0.4, -0.6]}
    return dressed(
        [*_ways(rows), _starts(rows), _goals(rows), _now(rows), _without(rows)],
        xaxis={"type": "linear", "tickformat": ",~r", "range": _span(rows), "title": {"text": unit}, "side": "top"},
        yaxis={"type": "linear", "zeroline": False, **ticks},
        height=HEAD + ROW * len(rows),
        margin={"t": 100 if unranked else 70, "l": 8, "r": 16, "b": 60},
        meta={"narrow": _narrow(rows, [_note(UNRANKED)] if unranked else [])},
        hovermode="closest",
        annotations=[_note(UNRANKED)] if unranked else [],
        shapes=[_picked(at) for at in rows[_is_picked(rows, place, indicator)]["at"]],
    )


def _span(rows: pd.DataFrame) -> list[float]:
    """From zero, with room for the words at both ends."""
    ends = pd.concat([pd.to_numeric(rows[name]) for name in ("now", "start", "goal_at")]).dropna()
    low, high = min(0.0, ends.min()), max(0.0, ends.max())
    return [low - 0.02 * (high - low), high + 0.2 * (high - low)] if high > low else [0, 1]


def _rows(promises: pd.DataFrame, series: pd.DataFrame, *, in_units: bool, unranked: bool) -> pd.DataFrame:
    of = ["place", "indicator", "programme"]
    began = series[series["is_latest"].notna()].sort_values("period_end").drop_duplicates(of)
    begun = began.set_index(of)["value"].to_dict()
    ordered = promises.sort_values("place") if unranked else worst_first(promises)
    ordered = ordered.sort_values("value", key=lambda values: values.isna(), kind="stable")  # without one at the end
    rows = ordered.head(MOST).reset_index(drop=True)
    scale = [1.0 if in_units else _hundredth(goal) for goal in rows["goal"]]
    start = [begun.get((row.place, row.indicator, row.programme)) for row in rows.itertuples()]
    label = (
        rows["place_name"] if promises["indicator"].nunique() == 1 else rows["short_name"] + ", " + rows["place_name"]
    )
    unequal = differing(promises)
    ends = [" ≠" if code in unequal else "" for code in rows["indicator"]]
    return rows.assign(
        at=range(len(rows)),
        now=[_scaled(value, by) for value, by in zip(rows["value"], scale, strict=True)],
        start=[_scaled(value, by) for value, by in zip(start, scale, strict=True)],
        goal_at=[_scaled(value, by) for value, by in zip(rows["goal"], scale, strict=True)],
        label=[wrapped(text, LETTERS) + end for text, end in zip(label, ends, strict=True)],
        told=[told_promise(row) for row in rows.to_dict("records")],
        key=rows[["place", "indicator"]].to_numpy().tolist(),
    )


def _hundredth(goal: Any) -> float | None:
    return goal / 100 if goal else None


def _scaled(value: Any, by: float | None) -> float | None:
    return None if value is None or pd.isna(value) or by is None else value / by


def _ways(rows: pd.DataFrame) -> list[go.Scatter]:
    """What was gone, and what is still to go (dashed)."""
    is_short = pd.to_numeric(rows["gap"]).fillna(-1) < 0
    gone = rows[["start", "now", "at"]].to_numpy().tolist()
    ahead = rows[is_short][["now", "goal_at", "at"]].to_numpy().tolist()
    looks = (("Đã đi", gone, "chart-actual", "solid", 5), ("Còn phải đi", ahead, "chart-needed", "dot", 2))
    return [
        go.Scatter(
            name=name,
            x=[end for first, last, _ in lines for end in (first, last, None)],
            y=[at for *_, at in lines for at in (at, at, None)],
            mode="lines",
            line={"color": _light(colour), "width": width, "dash": dash},
            hoverinfo="skip",
        )
        for name, lines, colour, dash, width in looks
    ]


def _starts(rows: pd.DataFrame) -> go.Scatter:
    moved = rows[rows["start"].notna() & (rows["start"] != rows["now"])]
    return _marks(moved, "start", "Số đầu chuỗi", symbol="circle-open", size=11, color=_light("chart-actual"))


def _goals(rows: pd.DataFrame) -> go.Scatter:
    return _marks(
        rows[rows["goal_at"].notna()], "goal_at", "Cam kết", symbol="diamond", size=12, color=_light("chart-promise")
    )


def _now(rows: pd.DataFrame) -> go.Scatter:
    """Today's value in the colour of its status, with sign and words; an older or estimated one is hollow."""
    known = rows[rows["now"].notna()]
    middle = sum(_span(rows)) / 2
    drawn = _marks(known, "now", "Số mới nhất", size=15, color=[hue(status) for status in known["status"]])
    hollow = [bool({"stale", "estimate"} & set(flags)) for flags in known["flags"]]
    said = [f"{signed_status(row['status'], row['flags'])}, {words.number(row['value'])}, {row['period_text']}"
            for row in known.to_dict("records")]  # fmt: skip
    return drawn.update(
        mode="markers+text",
        text=said,
        textposition=["bottom left" if at > middle else "bottom right" for at in known["now"]],
        textfont={"size": 14},
        cliponaxis=False,
        marker={"coloraxis": "coloraxis", "symbol": ["circle-open" if is_old else "circle" for is_old in hollow],
                "line": {"width": 3}},
    )  # fmt: skip


def _without(rows: pd.DataFrame) -> go.Scatter:
    """What has no place on the axis, in words at its beginning: never a zero."""
    unknown = rows[rows["now"].isna()]
    said = ["chưa có số liệu" if row["value"] is None else f"{words.number(row['value'])}, cam kết {row['goal_text']}"
            for row in unknown.to_dict("records")]  # fmt: skip
    return go.Scatter(
        x=[0.0] * len(unknown),
        y=unknown["at"],
        mode="text",
        text=said,
        textposition="middle right",
        hovertext=unknown["told"],
        hoverinfo="text",
        customdata=unknown["key"],
        showlegend=False,
    )


def _marks(rows: pd.DataFrame, column: str, name: str, **marker: Any) -> go.Scatter:
    return go.Scatter(
        name=name,
        x=rows[column],
        y=rows["at"],
        mode="markers",
        marker=marker,
        hovertext=rows["told"],
        hoverinfo="text",
        customdata=rows["key"],
    )


def _light(token: str) -> str:
    return tokens(ColourScheme.LIGHT)[token]


def _note(text: str) -> dict[str, Any]:
    return {"text": f"≠ {text}", "showarrow": False, "xref": "paper", "yref": "paper", "x": 0, "y": 1,
            "xanchor": "left", "yanchor": "bottom", "yshift": 70}  # fmt: skip


def _narrow(rows: pd.DataFrame, notes: list[dict[str, Any]]) -> dict[str, Any]:
    """On a phone the names stand over their lines: beside them they would take the whole width."""
    common = {"showarrow": False, "xref": "paper", "x": 0, "xanchor": "left", "yshift": 22}
    names = [{"text": row["label"].replace("<br>", " "), "y": row["at"], **common} for row in rows.to_dict("records")]
    known = rows[rows["now"].notna()].to_dict("records")
    said = [f"{SIGNS[row['status']]} {words.number(row['value'])}, {row['period_text']}" for row in known]
    layout = {
        "yaxis.showticklabels": False,
        "xaxis.tickangle": 0,
        "annotations": [*notes, *names],
        "height": 2 * HEAD + NARROW_ROW * len(rows),
    }
    return {"layout": layout, "trace": {"text": [said]}, "index": NOW}


def _is_picked(rows: pd.DataFrame, place: str, indicator: str) -> pd.Series:
    if not place and not indicator:
        return rows["at"] < 0
    return rows["place"].isin([place] if place else rows["place"]) & rows["indicator"].isin(
        [indicator] if indicator else rows["indicator"]
    )


def _picked(at: int) -> dict[str, Any]:
    return {"type": "rect", "xref": "paper", "x0": 0, "x1": 1, "y0": at - 0.5, "y1": at + 0.5, "layer": "below",
            "line": {"width": 0}, "fillcolor": "rgba(208,84,47,.14)"}  # fmt: skip
