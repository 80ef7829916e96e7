"""The one picture of everything: places across, indicators down, each cell a status by sign, words and colour."""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from dashboard.explore.data.explored import differing, worst_first
from dashboard.explore.parts.marks import (
    COLUMN_LETTERS,
    SIGNS,
    SOFT,
    hue,
    nothing,
    signed_status,
    told_promise,
    wrapped,
)
from dashboard.ui import words
from dashboard.ui.live_figure import dressed

WORDS_FIT, NARROW_LETTERS = 7, 16  # columns in which a status has room for its words
ROW, HEAD = 46, 110  # pixels


def matrix(promises: pd.DataFrame, place: str = "", indicator: str = "") -> go.Figure:
    """One column a place, one row an indicator, the worst first; of several promises in a cell the worst is drawn.

    The row and the column that were picked are framed. "≠" behind an indicator: values of different definitions.
    """
    if promises.empty:
        return nothing("Không nơi nào trong các nơi đã chọn có cam kết bằng con số cho chỉ tiêu đã chọn.", dressed)
    ordered = worst_first(promises)
    cells = ordered.groupby(["indicator", "place"], sort=False).agg(list)
    rows, columns = list(dict.fromkeys(ordered["indicator"])), list(dict.fromkeys(promises["place"]))
    grid = [[_cell(cells.loc[(row, column)]) if (row, column) in cells.index else None for column in columns]
            for row in rows]  # fmt: skip
    has_words, unequal = len(columns) <= WORDS_FIT, differing(promises)
    names = promises.drop_duplicates("indicator").set_index("indicator")["short_name"]
    heads = promises.drop_duplicates("place").set_index("place")["place_name"]
    signs = [[SIGNS[cell["status"]] if cell else "" for cell in line] for line in grid]
    narrow = {"yaxis.ticktext": [wrapped(names[code], NARROW_LETTERS) for code in rows], "xaxis.tickangle": -70}
    narrow |= {"xaxis.ticktext": [heads[slug] for slug in columns], "height": 2 * HEAD + ROW * len(rows)}
    across = _axis(columns, [wrapped(heads[slug], COLUMN_LETTERS) for slug in columns])
    down = _axis(rows, [wrapped(names[code]) + (" ≠" if code in unequal else "") for code in rows])
    return dressed(
        [_heatmap(grid, rows, columns, has_words=has_words)],
        meta={"narrow": {"layout": narrow, "trace": {"text": [signs]}, "index": 0}},
        xaxis=across | {"side": "top", "tickangle": 0 if has_words else -60},
        yaxis=down | {"autorange": "reversed"},
        height=HEAD + ROW * len(rows) + (0 if has_words else 60),
        margin={"t": 20, "l": 8, "r": 8, "b": 12},
        shapes=_frames(rows, columns, place, indicator),
    )


def _axis(codes: list[str], names: list[str]) -> dict[str, Any]:
    common = {"type": "category", "showgrid": False, "fixedrange": True, "tickmode": "array", "ticks": ""}
    return {**common, "tickvals": codes, "ticktext": names}


def _heatmap(
    grid: list[list[dict[str, Any] | None]], rows: list[str], columns: list[str], *, has_words: bool
) -> go.Heatmap:
    return go.Heatmap(
        z=[[cell and hue(cell["status"]) + SOFT for cell in line] for line in grid],
        text=[[_written(cell, has_words) if cell else "" for cell in line] for line in grid],
        hovertext=[[cell["told"] if cell else "" for cell in line] for line in grid],
        customdata=[[[column, row] for column in columns] for row in rows],
        x=columns,
        y=rows,
        coloraxis="coloraxis",
        texttemplate="%{text}",
        textfont={"size": 14},
        hoverinfo="text",
        hoverongaps=False,
        xgap=3,
        ygap=3,
    )


def width(promises: pd.DataFrame) -> int:
    """How many pixels the cells need for what is written in them."""
    columns = int(promises["place"].nunique())
    return 190 + columns * (165 if columns <= WORDS_FIT else 34)


def _cell(found: Any) -> dict[str, Any]:
    """The worst of the promises in one cell, with how many there are."""
    cell = {name: values[0] for name, values in found.items()}
    cell |= {"count": len(found["status"]), "place": "", "indicator": ""}
    cell["told"] = told_promise(cell) + (
        f"<br>{cell['count']} cam kết, đây là cam kết xấu nhất" if cell["count"] > 1 else ""
    )
    return cell


def _written(cell: dict[str, Any], has_words: bool) -> str:
    if not has_words:
        return SIGNS[cell["status"]]
    said = wrapped(signed_status(cell["status"], cell["flags"]), 26)
    share = f"<br>{words.number(cell['value'])} / {cell['goal_text']}" if cell["value"] is not None else ""
    return said + (share if "<br>" not in said else "")


def _frames(rows: list[str], columns: list[str], place: str, indicator: str) -> list[dict[str, Any]]:
    """A frame around what was picked: a cell, a row or a column."""
    if (place and place not in columns) or (indicator and indicator not in rows) or not (place or indicator):
        return []
    left, right = (columns.index(place), columns.index(place)) if place else (0, len(columns) - 1)
    top, bottom = (rows.index(indicator), rows.index(indicator)) if indicator else (0, len(rows) - 1)
    line = {"width": 3, "color": "#d0542f"}
    return [{"type": "rect", "x0": left - 0.5, "x1": right + 0.5, "y0": top - 0.5, "y1": bottom + 0.5, "line": line}]
