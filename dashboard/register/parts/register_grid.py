"""The grid of the register: AG Grid community with rows fed by the server, words in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from dash import html as dash_elements
from dash_ag_grid import AgGrid

from dashboard.register import words as register
from dashboard.register.address import RegisterFilter
from dashboard.register.values import OrganizationLine, RegisterPage
from dashboard.ui import html, words
from dashboard.ui.html import Element
from dashboard.ui.markup import spoken
from models.register.organization import RatingClass

PATH = "/htx"
GRID_ID = "register-grid"
BLOCK_ROWS = 100
LOCALE = {
    "loadingOoo": "Đang tải",
    "noRowsToShow": "Không có tổ chức nào khớp. Thử ít chữ hơn hoặc bỏ bớt bộ lọc.",
    "ariaSortableColumn": "Nhấn Enter để sắp xếp",
    "ariaSearchFilterValues": "Tìm",
    "loadingError": "Không tải được",
}
TWO_LINES = {"wrapText": True, "cellClass": "two-lines"}  # names are long, and every column must fit 1366 pixels
COLUMNS: tuple[dict[str, Any], ...] = (
    {
        "field": "name",
        "tooltipField": "name",
        "headerName": "Tên",
        "cellRenderer": "RegisterName",
        "flex": 3,
        "minWidth": 260,
        **TWO_LINES,
        "sortable": True,
        "filter": "agTextColumnFilter",
    },
    {"field": "code", "headerName": "Mã số", "width": 124},
    {"field": "kind", "headerName": "Loại", "width": 76},
    {"field": "place", "tooltipField": "place", "headerName": "Địa bàn", "flex": 1, "minWidth": 138, **TWO_LINES},
    {
        "field": "commune",
        "tooltipField": "commune",
        "headerName": "Xã, phường",
        "flex": 1,
        "minWidth": 124,
        **TWO_LINES,
    },
    {"field": "sector", "tooltipField": "sector", "headerName": "Lĩnh vực", "flex": 1, "minWidth": 116, **TWO_LINES},
    {"field": "state", "headerName": "Tình trạng", "cellRenderer": "RegisterMark", "width": 182},
    {"field": "rating", "headerName": "Xếp loại", "cellRenderer": "RegisterMark", "width": 166},
    {"field": "member_count", "headerName": "Thành viên", "width": 112, "sortable": True, "type": "rightAligned"},
)


def register_grid(chosen: RegisterFilter) -> dash_elements.Div:
    """The grid for a filter; it asks the server for its rows and never holds the whole list."""
    grid = AgGrid(
        id=GRID_ID,
        rowModelType="infinite",
        columnDefs=[dict(column) for column in COLUMNS],
        defaultColDef={"sortable": False, "resizable": True, "suppressHeaderMenuButton": True,
                       "suppressHeaderFilterButton": True},
        dashGridOptions={
            "cacheBlockSize": BLOCK_ROWS,
            "maxBlocksInCache": 20,
            "infiniteInitialRowCount": 1,
            "blockLoadDebounceMillis": 60,
            "rowHeight": 52,
            "headerHeight": 38,
            "context": asdict(chosen),
            "localeText": LOCALE,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "suppressCellFocus": False,
            "animateRows": False,
        },
        getRowId="params.data.id",
        className="ag-register",
        style={"height": "100%", "width": "100%"},
    )  # fmt: skip
    box = html.Div(className="grid-box", role="region", **spoken("Danh sách tổ chức"))
    return dash_elements.Div(grid, **box.attributes)


def pager(found: RegisterPage, link: Callable[..., str]) -> Element | None:
    """First, previous, next and last page as plain links: each leads on from a row, not from a number of rows."""

    def way(label: str, name: str, value: object) -> Element:
        address = link(PATH, found.chosen)
        return html.A(label, href=f"{address}{'&' if '?' in address else '?'}{name}={value}")

    start = [html.A("Trang đầu", href=link(PATH, found.chosen))]
    before = [*start, way("Trang trước", "truoc", found.lines[0].id)] if found.has_before and found.lines else []
    after = [way("Trang sau", "sau", found.lines[-1].id), way("Trang cuối", "cuoi", 1)] if found.has_after else []
    links = [*before, *after]
    return html.Nav(links, className="pager", **spoken("Trang của danh sách")) if links else None


def grid_rows(lines: Sequence[OrganizationLine], places: dict[str, str], query: str) -> list[dict[str, Any]]:
    """Rows as the grid shows them: words, not codes; `query` is kept in each link."""
    return [
        {
            "id": str(line.id),
            "href": f"/htx/{line.id}{query}",
            "name": line.name,
            "code": line.tax_code or line.legacy_number or words.NONE,
            "kind": register.KIND_SHORT.get(line.kind, line.kind),
            "place": places.get(line.place, line.place),
            "commune": line.commune_name or words.NONE,
            "sector": register.word(register.SECTOR_WORDS, line.sector),
            "state": _mark(register.OPERATING_WORDS, register.OPERATING_MARKS, line.operating_state),
            "rating": _mark(register.RATING_WORDS, register.RATING_MARKS, line.rating_class, _class_year(line))
            if line.rating_class
            else None,
            "member_count": words.number(line.member_count),
        }
        for line in lines
    ]


def _class_year(line: OrganizationLine) -> int | None:
    return None if line.rating_class == RatingClass.NOT_RATED else line.rating_year


def _mark(
    table: dict[str, str], marks: dict[str, tuple[str, str]], code: str | None, year: int | None = None
) -> dict[str, str]:
    hue, icon = marks.get(code or register.UNKNOWN, ("unknown", "empty"))
    return {"word": register.word(table, code) + (f" {year}" if year and code else ""), "hue": hue, "icon": icon}
