"""Values of a line that could not be read: kept as they were written, beside the field that stays unknown."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from decimal import Decimal

from etl.importers.draft import Content
from etl.importers.rating_fields import NAMES as RATING
from etl.importers.report_fields import COUNTS, LINKAGE, MARKS, MONEY
from etl.parsing.units import Unit, UnitMeasure
from etl.tables.cells import CellReader
from models.base.facts import Fact
from models.register.unread import UnreadValue

STOPS = frozenset(("name", "tax_code", "legacy_number", "commune", "district", "province"))  # whom a line is of
STATES = ("operating_state", "legal_status")
DETAIL = {  # what the register says of an organisation, by the columns of a list
    "kind": "kind",
    "sector": "sector",
    "vsic_code": "vsic_code",
    "founded": "founded_on",
    "law_compliant": "is_law_compliant",
    "union_name": "union_name",
}
REPORT = frozenset((*COUNTS, *MONEY, *MARKS, *LINKAGE))
OF_YEAR = REPORT | frozenset(RATING)
LONGEST = 300


def unread_facts(
    reader: CellReader, wanted: Collection[str], *, on: date, year: int, source: str
) -> Iterator[tuple[type[Fact], str, Content]]:
    """A fact for each unread value of the line in one of the columns that this kind of file keeps."""
    for name, problem in reader.unread.items():
        column, text = reader.column(name), reader.written(name)
        if name not in wanted or not text or column is None:
            continue
        of = of_what(name, on, year)
        content = {"field": name, "of": of, "on": on, "year": year, "text": text[:LONGEST], "why": problem.what}
        content |= {"heading": column.heading, "unit": plain_unit(column.unit), "marks": str(reader.marks)}
        where = f'{source}, trang "{reader.table.sheet}", ô {reader.where(name)}'
        yield UnreadValue, unread_suffix(name, of), content | {"source": where}


def of_what(name: str, on: date, year: int) -> str:
    """The year or day that a value of this field belongs to; empty where the newest list says it."""
    return str(year) if name in OF_YEAR else on.isoformat() if name in STATES else ""


def unread_suffix(name: str, of: str) -> str:
    """What follows the organisation's id in the key of an unread value."""
    return f"/{name}/{of}" if of else f"/{name}"


def plain_unit(unit: Unit | None) -> str:
    """A unit as text; `unit_of` reads it again."""
    return f"{unit.measure}:{unit.factor}" if unit else ""


def unit_of(text: str) -> Unit | None:
    """The unit that `plain_unit` wrote."""
    measure, _mark, factor = text.partition(":")
    return Unit(UnitMeasure(measure), Decimal(factor)) if factor else None
