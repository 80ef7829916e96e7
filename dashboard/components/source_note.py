"""Where a figure comes from: date, definition, publisher, and how exactly it was said."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard.components.table import Column, data_table
from models.indicator import Indicator
from models.observation import Observation
from models.reading import point_of
from models.series import Point

QUALIFIERS = {"exact": "chính xác", "approx": "làm tròn", "at_least": "ít nhất"}
VALUE_KINDS = {"actual": "thực hiện", "estimate": "ước thực hiện", "plan": "kế hoạch"}


def definition_name(indicator: Indicator, code: str | None) -> str:
    """What a definition is called; an unknown code is shown as it is."""
    return next((item["name"] for item in indicator.definitions if item["code"] == code), code or words.NONE)


def source_link(point: Point) -> Component:
    """The publisher, with a link to the published page where there is one."""
    name = point.publisher or words.NONE
    if not point.source_url:
        return html.Span(name, title=point.source_title)
    return html.A(name, href=point.source_url, title=point.source_title, target="_blank", rel="noopener noreferrer")


def source_line(point: Point, indicator: Indicator) -> Component:
    """One line under a figure: date, definition, publisher, when it became known."""
    return html.P(
        [
            f"Số liệu {words.when(point)} ({definition_name(indicator, point.definition)}). Nguồn: ",
            source_link(point),
            f", biết từ {words.day(point.known_on)}." if point.known_on else ".",
        ],
        className="source",
    )


def observation_table(
    observations: Sequence[Observation],
    indicator: Indicator,
    place_names: dict[str, str],
    *,
    caption: str,
    show_place: bool = False,
) -> Component:
    """Every published value with date, definition, publisher and remark: the table behind a chart."""
    columns = [
        Column("Thời điểm"),
        *([Column("Địa bàn")] if show_place else []),
        Column(indicator.unit[0].upper() + indicator.unit[1:], is_number=True),
        Column("Cách nói"),
        Column("Cách tính"),
        Column("Đơn vị công bố"),
        Column("Biết từ"),
        Column("Ghi chú", kind="wide"),
    ]
    rows = [
        [
            words.when(point_of(row)),
            *([place_names[row.place]] if show_place else []),
            words.value_text(point_of(row)),
            f"{VALUE_KINDS[row.value_kind]}, {QUALIFIERS[row.qualifier]}",
            definition_name(indicator, row.definition),
            source_link(point_of(row)),
            words.day(row.known_on) + (" (ngày nạp)" if row.known_on_is_load_date else ""),
            row.note or words.NONE,
        ]
        for row in observations
    ]
    return data_table(columns, rows, caption=caption, kind="dense")
