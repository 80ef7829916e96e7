"""Yearly ratings of organisations that the register already knows."""

from __future__ import annotations

from collections.abc import Sequence

from etl.importers.draft import Context, Draft
from etl.importers.organizations import OrganizationReader
from etl.importers.register_row import RowFacts
from etl.importers.source_of_table import source_of
from etl.tables.day_of_table import date_of
from etl.tables.tables import Table

REQUIRED = ("name",)
ONE_OF = ("points", "rating_class")


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One rating a known organisation; points or class or both must be there."""
    for table in tables:
        if all(table.header.index_of(name) is None for name in ONE_OF):
            what = 'bảng không có cột "Điểm đánh giá" và cột "Xếp loại"'
            context.findings.stop_file("header.missing_column", what, "Thêm một trong hai cột", sheet=table.sheet)
    on = date_of(tables, context.year, context.findings)
    facts = RowFacts(on, source_of(tables, context), wants_rating=True)
    return OrganizationReader(context, on, facts, adds_new=False).read(tables)
