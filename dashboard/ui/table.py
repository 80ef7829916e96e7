"""Tables with header cells and a caption; on a phone each figure keeps its label."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from dashboard.ui import html
from dashboard.ui.html import Content, Element
from dashboard.ui.markup import spoken

Row = Sequence[Content]
OnPhone = TypedDict("OnPhone", {"data-label": str})


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its header (units belong here) and an optional class, `num` for numbers."""

    header: Content
    kind: str = ""
    label: str = ""  # what stands for the header on a phone, where that is no plain text


Column = TableColumn | str  # of a plain one the header says all


def figures(header: str) -> TableColumn:
    """A column of numbers."""
    return TableColumn(header, "num")


def wide(header: str) -> TableColumn:
    """A column that gets the room others leave."""
    return TableColumn(header, "wide")


def data_table(columns: Sequence[Column], rows: Sequence[Row], *, caption: str, kind: str = "") -> Element:
    """A table whose first column heads its row; on a phone rows are labelled blocks."""
    named = [TableColumn(column) if isinstance(column, str) else column for column in columns]
    head = html.Tr([html.Th(c.header, scope="col", className=c.kind) for c in named])
    body = [
        html.Tr([_cell(c, value, index == 0) for index, (c, value) in enumerate(zip(named, row, strict=True))])
        for row in rows
    ]
    table = html.Table(
        [html.Caption(caption, className="unseen"), html.Thead(head), html.Tbody(body)],
        className=f"table stacked {kind}".rstrip(),
    )
    return html.Div(table, className="table-frame", tabIndex="0", role="region", **spoken(caption))


def _cell(column: TableColumn, value: Content, is_head: bool) -> Element:
    on_phone: OnPhone = {"data-label": column.label or str(column.header)}
    if is_head:
        return html.Th(value, scope="row", className=column.kind, **on_phone)
    return html.Td(value, className=column.kind, **on_phone)
