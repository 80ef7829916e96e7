"""The frame of a choice in AG Grid: sorted, moved and pinned by the reader, numbers and words as on the pages."""

from __future__ import annotations

from typing import Any

from dash import html as dash_elements
from dash_ag_grid import AgGrid

from dashboard.explore.data.explored import Explored
from dashboard.register.parts.register_grid import LOCALE
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.marks import MARKS
from dashboard.ui.markup import spoken
from models.gaps.answer import Flag, Status

GRID_ID = "explore-grid"
UNKNOWN_LAST = {"comparator": {"function": "exploreOrder"}}
NUMBER = {**UNKNOWN_LAST, "type": "rightAligned", "cellRenderer": "ExploreNumber", "width": 120}
COLUMNS: tuple[dict[str, Any], ...] = (
    {"field": "place", "headerName": "Địa bàn", "pinned": "left", "width": 190},
    {"field": "indicator", "headerName": "Chỉ tiêu", "pinned": "left", "width": 250, "cellRenderer": "ExploreLink"},
    {"field": "day", "headerName": "Ngày số liệu", "width": 130, "cellRenderer": "ExploreDay"},
    {"field": "value", "headerName": "Thực tế", **NUMBER},
    {"field": "unit", "headerName": "Đơn vị", "width": 110},
    {"field": "goal", "headerName": "Cam kết", **NUMBER},
    {"field": "gap", "headerName": "Chênh lệch", **NUMBER},
    {"field": "percent", "headerName": "% cam kết", **NUMBER},
    {"field": "rank", "headerName": "Tình trạng", "width": 210, "cellRenderer": "ExploreMark", **UNKNOWN_LAST},
    {"field": "needed", "headerName": "Cần mỗi năm", **NUMBER},
    {"field": "actual", "headerName": "Đang đạt mỗi năm", **NUMBER},
    {"field": "definition", "headerName": "Cách tính", "width": 220},
    {"field": "publisher", "headerName": "Nguồn", "width": 220},
)
HOW = (
    "Bấm tiêu đề để sắp xếp; kéo tiêu đề để đổi chỗ, ra mép trái hoặc phải để ghim, ra ngoài bảng để bỏ cột. "
    "Chọn lại cột ở Cột hiện."
)
ORDER = tuple(Status)


def frame_grid(found: Explored, view: View) -> Any:
    """All rows of the choice: values within the chosen years, and promises that have none yet."""
    grid = AgGrid(
        id=GRID_ID,
        rowData=grid_rows(found, view),
        columnDefs=[dict(column) for column in COLUMNS],
        defaultColDef={"sortable": True, "resizable": True, "suppressHeaderMenuButton": True},
        dashGridOptions={
            "rowHeight": 40,
            "headerHeight": 40,
            "localeText": LOCALE,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "animateRows": False,
        },
        className="ag-register",
        style={"height": "100%", "width": "100%"},
    )
    box = html.Div(className="grid-box", role="region", **spoken("Bảng số liệu của lựa chọn"))
    how = html.dash_html([html.P(HOW, className="source")])
    columns = dash_elements.Details(
        [dash_elements.Summary("Cột hiện"), dash_elements.Div(id="explore-columns", className="tick-columns")]
    )
    return dash_elements.Div([*how, columns, dash_elements.Div(grid, **box.attributes)])  # fmt: skip


def grid_rows(found: Explored, view: View) -> list[dict[str, Any]]:
    """Rows as the grid shows them: numbers stay numbers so that they sort, words stand for codes."""
    frame = found.frame[found.frame["value"].isna() | found.frame.index.isin(found.values.index)]
    return [
        {
            "place": row["place_name"],
            "indicator": row["short_name"],
            "href": found.choice.picking(row["place"], row["indicator"]).link(view),
            "day": row["period_end"].isoformat() if row["period_end"] else None,
            "value": row["value"],
            "unit": row["unit"],
            "goal": row["goal"],
            "goal_text": row["goal_text"],
            "gap": row["gap"],
            "percent": row["percent"],
            "rank": ORDER.index(Status(row["status"])) if row["status"] else None,
            "status": _mark(row),
            "needed": row["needed_per_year"],
            "actual": row["actual_per_year"],
            "definition": row["definition_name"],
            "publisher": row["publisher"] or words.NONE,
        }
        for row in frame.to_dict("records")
    ]


def _mark(row: dict[Any, Any]) -> dict[str, str] | None:
    if not row["status"]:
        return None
    status = Status(row["status"])
    hue, icon = MARKS[status]
    return {"word": words.status_text(status, tuple(map(Flag, row["flags"]))), "hue": hue, "icon": icon}
