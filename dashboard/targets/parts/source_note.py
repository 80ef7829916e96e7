"""Where a figure comes from: date, definition, publisher, and how exactly it was said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.markup import fold
from dashboard.ui.table import Row, TableColumn, data_table, figures, wide
from models.gaps.series import Point
from models.register.measures import REGISTER
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.reading import point_of

REPORT_WRONG = "/bao-so-lieu-sai"  # the form to say that a figure is wrong
QUALIFIERS = {"exact": "số cụ thể", "approx": "làm tròn", "at_least": "ít nhất"}
VALUE_KINDS = {"actual": "thực hiện", "estimate": "ước thực hiện", "plan": "kế hoạch"}


def definition_name(indicator: Indicator, code: str | None) -> str:
    """What a definition is called; an unknown code is shown as it is."""
    if code == REGISTER:
        return "tính từ sổ đăng ký"
    return next((item["name"] for item in indicator.definitions if item["code"] == code), code or words.NONE)


def source_link(point: Point) -> Element:
    """The publisher, with a link to the published page where there is one."""
    name = point.publisher or words.NONE
    if not point.source_url:
        return html.Span(name, title=point.source_title)
    return html.A(name, href=point.source_url, title=point.source_title, target="_blank", rel="noopener noreferrer")


def source_line(point: Point, indicator: Indicator, view: View) -> Element:
    """One line under a figure: date, definition, publisher, when it became known."""
    return html.P(
        [
            f"Số liệu {words.when(point)}, cách tính: {definition_name(indicator, point.definition)}. Nguồn: ",
            source_link(point),
            f", biết từ {words.day(point.known_on)}. " if point.known_on else ". ",
            wrong_link(point, view),
        ],
        className="source",
    )


def wrong_link(point: Point, view: View) -> Element | None:
    """The way to say that this figure is wrong: a published value by its key, a settled one by place and indicator."""
    if not point.key:
        return None
    if point.key.startswith("official/"):
        _, place, indicator, *_day = point.key.split("/")
        address = view.link(REPORT_WRONG, dia_ban=place, chi_tieu=indicator)
    else:
        address = view.link(REPORT_WRONG, so=point.key)
    return html.A("Báo số liệu sai", href=address, className="report-wrong", rel="nofollow")


def observation_table(
    observations: Sequence[Observation], indicator: Indicator, view: View, *, caption: str
) -> Element:
    """Every published value with date, definition, publisher and remark: the table behind a chart."""
    columns = (
        "Thời điểm",
        figures(indicator.unit[0].upper() + indicator.unit[1:]),
        TableColumn("Cách nói", "bare"),
        "Cách tính",
        "Đơn vị công bố",
        "Biết từ",
        wide("Ghi chú"),
    )
    rows: list[Row] = [
        [
            words.when(point_of(row)),
            words.value_text(point_of(row)),
            f"{VALUE_KINDS[row.value_kind]}, {QUALIFIERS[row.qualifier]}",
            definition_name(indicator, row.definition),
            source_link(point_of(row)),
            words.day(row.known_on) + (" (ngày nạp)" if row.known_on_is_load_date else ""),
            [row.note or words.NONE, html.Div(wrong_link(point_of(row), view))],
        ]
        for row in observations
    ]
    return data_table(columns, rows, caption=caption, kind="dense in-lines")


def value_blocks(observations: Sequence[Observation], indicators: dict[str, Indicator], view: View) -> list[Element]:
    """The published values of one place, a folded table for each indicator."""
    blocks: list[Element] = []
    for indicator in indicators.values():
        rows = [row for row in observations if row.indicator == indicator.code]
        if rows:
            caption = f"{indicator.name}: mọi số liệu đã công bố"
            table = observation_table(rows, indicator, view, caption=caption)
            blocks.append(fold(f"{indicator.name} ({len(rows)})", table))
    return blocks


def value_blocks_by_place(
    observations: Sequence[Observation], indicator: Indicator, place_names: Mapping[str, str], view: View
) -> list[Element]:
    """The published values of one indicator, a folded table for each place, by date."""
    blocks: list[Element] = []
    for slug, found in groupby(sorted(observations, key=lambda row: row.place), key=lambda row: row.place):
        rows = sorted(found, key=lambda row: row.period_end)
        caption = f"{place_names[slug]}: mọi số liệu đã công bố"
        table = observation_table(rows, indicator, view, caption=caption)
        blocks.append(fold(f"{place_names[slug]} ({len(rows)})", table))
    return blocks
