"""Published values and the register's own counts side by side, with their difference."""

from __future__ import annotations

from collections.abc import Callable

from dashboard.db.snapshot_values import Snapshot
from dashboard.reconciliation.values import ReconciliationLine
from dashboard.targets.parts.source_note import definition_name, source_link
from dashboard.ui import html, words
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import mark
from dashboard.ui.table import TableColumn, data_table, figures, wide
from models.register.measures import Measure
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.reading import point_of

COLUMNS = (
    TableColumn("Chỉ tiêu", "what"),
    wide("Đã công bố"),
    figures("Sổ đăng ký tính ra"),
    figures("Sổ đăng ký so với công bố"),
    TableColumn("Số chính thức", "state"),
)


def sources_table(
    lines: tuple[ReconciliationLine, ...],
    snapshot: Snapshot,
    settle_link: Callable[[ReconciliationLine], Element | None],
    *,
    caption: str,
) -> Element:
    """One row an indicator; `settle_link` gives the way to decide, or None where one may not."""
    rows = [_row(line, snapshot.indicators[line.indicator], settle_link(line)) for line in lines]
    return data_table(COLUMNS, rows, caption=caption, kind="dense sources")


def _row(line: ReconciliationLine, indicator: Indicator, link: Element | None) -> list[Content]:
    return [
        [
            html.A(indicator.short_name, href=f"/chi-tieu/{indicator.code}", className="strong"),
            html.Small(indicator.unit, className="sub"),
            mark("slow", "unequal", "lệch") if line.differs else None,
        ],
        html.Ul([_said(row, indicator) for row in line.published], className="said") if line.published else words.NONE,
        _counted(line.measure, indicator),
        [html.Div(difference(row, line.measure), className="apart") for row in line.published] or words.NONE,
        [*_decided(line), link] if line.official or link else html.Small("chưa chốt"),
    ]


def _said(row: Observation, indicator: Indicator) -> Element:
    point = point_of(row)
    return html.Li(
        [
            html.Strong(words.value_text(point)),
            f" · {words.when(point)} · {definition_name(indicator, row.definition)} · ",
            source_link(point),
        ]
    )


def _counted(measure: Measure | None, indicator: Indicator) -> Content:
    if measure is None or measure.value is None:
        return words.NONE
    parts: list[Piece] = [html.Strong(words.number(measure.value))]
    if measure.denominator is not None and indicator.unit == "%":
        text = f"{words.number(measure.numerator)}/{words.number(measure.denominator)}"
        parts.append(html.Small(text, className="sub"))
    if measure.note:
        parts.append(html.Small(measure.note, className="sub note"))
    return parts


def difference(row: Observation, measure: Measure | None) -> Content:
    """The register less the published value; only for the register's own day."""
    if measure is None or measure.value is None:
        return words.NONE
    if row.period_end != measure.period_end:
        return html.Small("khác ngày")
    apart = measure.value - row.value
    if abs(apart) < 1e-9:
        return html.Small("khớp")
    share = f" ({words.signed(100 * apart / row.value, 1)}%)" if row.value else ""
    return [html.Strong(words.signed(apart)), html.Small(share)]


def _decided(line: ReconciliationLine) -> list[Element]:
    row = line.official
    if row is None:
        return []
    source = "sổ đăng ký" if row.observation_key is None else "số công bố"
    text = f"{row.reason} ({row.actor}, {words.day(row.decided_on)})"
    return [
        mark("reached", "check", f"Đã chốt {words.number(row.value)}"),
        html.Small(f"theo {source}. {text}", className="sub"),
    ]
