"""Published values in a workbook with the columns of data/figures.csv, Vietnamese headings accepted."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from etl.files.spool import Spool
from etl.importers.draft import Content, Context, Draft
from etl.importers.observation_rows import observation
from etl.importers.stated.parts_of_wholes import CellReference, StatedValues
from etl.importers.stated.stated_period import period_of
from etl.importers.stated_values import UNIT_RULES, indicator_value, table_marks
from etl.parsing.parse import PlainDate, Problem
from etl.parsing.text import folded_key, name_key, nearest
from etl.tables.cells import CellReader, each_line
from etl.tables.tables import Table
from models.base.day_text import day_text
from models.places.place_life import is_told_ahead, life_text, places_instead
from models.targets.indicator import Indicator
from models.targets.observation import Observation
from models.targets.value_rules import value_problem

_KIND = re.compile(r"^(?:tỉnh|thành phố|tp\.?)\s+", re.IGNORECASE)
REQUIRED = ("indicator", "value", "period_end", "publisher")


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One observation a row; codes and reviewed names are accepted for places and indicators."""
    rows = _Rows(StatedValues(context))
    by_name = {folded_key(row.name): row for row in context.indicators.values()}
    for table in map(partial(_unpivoted, context), tables):
        reader = CellReader(table, context.findings)
        reader.marks = table_marks(reader, "unit", [c.index for c in table.header.columns if c.name == "value"])
        each_line(reader, lambda reader=reader: _line(reader, context, by_name, rows))  # type: ignore[misc]
    above = rows.stated.stop_parts(context.findings)
    return Draft(facts={Observation: _without(rows.found, above) if above else rows.found})


def _unpivoted(context: Context, table: Table) -> Table:
    """A table laid across with a line a value; pandas is loaded for such a table only."""
    if not table.is_across:
        return table
    from etl.importers.cross.figure_table import values_across

    return values_across(table, context)


def _without(rows: Spool[Content], keys: Collection[str]) -> Spool[Content]:
    kept: Spool[Content] = Spool()
    for row in rows:
        if row["key"] not in keys:
            kept.append(row)
    return kept


@dataclass(slots=True)
class _Rows:
    """The values read so far; only their keys lie in memory."""

    stated: StatedValues
    found: Spool[Content] = field(default_factory=Spool)
    keys: set[str] = field(default_factory=set)

    def add(self, row: Content, spot: CellReference) -> bool:
        """Take a value unless its key is known; tells whether it was taken."""
        if row["key"] in self.keys:
            return False
        self.keys.add(row["key"])
        self.found.append(row)
        self.stated.add(row, spot)
        return True


def _line(reader: CellReader, context: Context, by_name: dict[str, Indicator], rows: _Rows) -> None:
    indicator = _indicator(reader, context, by_name)
    end = reader.date("period_end")
    if end is None and not reader.is_stopped:
        reader.stop("period_end", Problem("figure.no_period", "thiếu ngày của số liệu", "Ghi ngày hoặc năm"))
    if indicator is None or end is None:
        return
    place = _place(reader, context, end.last)
    value = _value(reader, indicator)
    publisher = reader.text("publisher")
    if not publisher:
        reader.stop("publisher", Problem("figure.no_publisher", "thiếu nơi công bố", "Ghi cơ quan hoặc tờ báo"))
    row = _row(reader, context, indicator, place or "", value or 0.0, (end, publisher))
    if reader.is_stopped or value is None or row is None:
        return
    if not rows.add(row, CellReference(reader.table.sheet, reader.line_key, reader.where("value"))):
        what = "số liệu này đã có ở dòng trên"
        reader.stop("indicator", Problem("row.repeated", what, "Giữ một dòng, xóa dòng kia"))


def _row(
    reader: CellReader, context: Context, indicator: Indicator, place: str, value: float, said: tuple[PlainDate, str]
) -> Content:
    written, publisher = said
    end = written.last
    published = reader.date("published_on")
    kind = reader.code("value_kind", context.words["value_kind"], "loại số liệu") or "actual"
    _check_life(reader, context, place, end, kind, published.last if published else None)
    if published is not None and end > published.last and kind == "actual":
        what = "ngày của số liệu sau ngày công bố mà không phải số ước"
        reader.stop("published_on", Problem("figure.published_before", what, "Sửa ngày, hoặc ghi là ước tính"))
    if published is None and end > context.load_date and kind == "actual":
        what = f"ngày của số liệu là {day_text(end)}, chưa đến, mà không phải số ước hay kế hoạch"
        reader.stop("period_end", Problem("figure.not_yet", what, "Sửa ngày, hoặc ghi là ước tính, kế hoạch"))
    return observation(
        place=place,
        indicator=indicator.code,
        definition=_definition(reader, indicator),
        period=period_of(reader, context.words["period_kind"], indicator, written),
        value=value,
        unit=indicator.unit,
        value_kind=kind,
        qualifier=reader.code("qualifier", context.words["qualifier"], "mức chính xác") or "exact",
        publisher=publisher,
        published_on=published.last if published else None,
        load_date=context.load_date,
        source_title=reader.text("source_title") or context.label,
        source_url=reader.text("source_url") if reader.text("source_url").startswith(("http://", "https://")) else "",
        note=reader.text("note"),
    )


def _indicator(reader: CellReader, context: Context, by_name: dict[str, Indicator]) -> Indicator | None:
    text = reader.text("indicator")
    found = context.indicators.get(text) or by_name.get(folded_key(text))
    if found is None:
        like = nearest(text, [row.name for row in context.indicators.values()], limit=1, cutoff=0.5)
        hint = f'. Có phải "{like[0]}"?' if like else ""
        what = f'không có chỉ tiêu "{text[:60]}"{hint}'
        reader.stop("indicator", Problem("figure.unknown_indicator", what, "Ghi đúng mã hoặc tên chỉ tiêu"))
    return found


def _place(reader: CellReader, context: Context, day: date) -> str | None:
    """A slug is taken as it stands; a name means the area that bore it on that day."""
    text = reader.text("place")
    if not text:
        return context.place.slug
    if text in context.places:
        return text
    wanted = name_key(_KIND.sub("", text))
    for place in context.places.values():
        starts = place.valid_from is None or place.valid_from <= day
        if name_key(place.name) == wanted and starts and (place.valid_to is None or day <= place.valid_to):
            return place.slug
    reader.stop("place", Problem("figure.unknown_place", f'không có địa bàn "{text[:60]}" vào ngày đó', "Sửa địa bàn"))
    return None


def _check_life(
    reader: CellReader, context: Context, slug: str, day: date, kind: str, published_on: date | None
) -> None:
    """Stop a value of a day on which the place did not exist, and propose the one that did."""
    place, instead = context.places.get(slug), places_instead(context.places, slug, day)
    if place is None or not instead:
        return
    if place.valid_to is not None and day > place.valid_to and is_told_ahead(place, kind, published_on):
        return
    choices = " hoặc ".join(f"{other.slug} ({other.full_name})" for other in instead)
    what = f"{life_text(place, day)}, số liệu là của ngày {day_text(day)}"
    reader.stop("place", Problem("figure.place_of_day", what, f"Ghi địa bàn của ngày đó: {choices}"))


def _definition(reader: CellReader, indicator: Indicator) -> str:
    codes = [item["code"] for item in indicator.definitions]
    text = reader.text("definition")
    named = {folded_key(item["name"]): item["code"] for item in indicator.definitions}
    code = text if text in codes else named.get(folded_key(text)) if text else None
    if code is None and not text:
        code = next((c for c in ("unstated", "published") if c in codes), codes[0])
    if code is None:
        what = f'chỉ tiêu này không có cách hiểu "{text[:60]}"'
        reader.stop("definition", Problem("figure.unknown_definition", what, f"Chọn một trong: {', '.join(codes)}"))
    return code or ""


def _value(reader: CellReader, indicator: Indicator) -> float | None:
    parsed = indicator_value(reader.cell("value"), indicator, reader.text("unit"), reader.marks)
    is_of_unit = parsed.problem is not None and parsed.problem.rule in UNIT_RULES and reader.has("unit")
    value = reader.take("unit" if is_of_unit else "value", parsed)
    if value is None:
        if not reader.is_stopped:
            reader.stop("value", Problem("figure.no_value", "thiếu giá trị", "Ghi số, hoặc xóa dòng"))
    elif problem := value_problem(indicator.kind, indicator.decimals, value):
        reader.stop("value", Problem("figure.impossible_value", *problem))
        return None
    return value
