"""The states of tasks and when each holds, for the page of the method."""

from __future__ import annotations

from dashboard.tasks.words import STATE_MEANINGS
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.marks import task_mark
from dashboard.ui.table import Row, TableColumn, data_table

SHARES = (
    "Hai tỷ lệ hoàn thành tính trên những việc đã có báo cáo hoặc chưa đến hạn. Việc giao nhiều đơn vị, hoặc phải có "
    "nhiều sản phẩm, mà mới có báo cáo của một đơn vị thì nằm trong số đó nhưng không tính là hoàn thành."
)


def task_states() -> Element:
    """Every state with its meaning, and what the shares of finished work are counted from."""
    rows: list[Row] = [[task_mark(state), meaning] for state, meaning in STATE_MEANINGS.items()]
    columns = (TableColumn("Tình trạng", "state"), TableColumn("Khi nào", "wide bare"))
    return html.Div([data_table(columns, rows, caption="Tình trạng nhiệm vụ", kind="in-lines"), html.P(SHARES)])
