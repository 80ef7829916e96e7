"""Yearly reports of organisations that the register already knows."""

from __future__ import annotations

from collections.abc import Sequence

from etl.importers.draft import Context, Draft
from etl.importers.organizations import OrganizationReader
from etl.importers.register_row import RowFacts
from etl.importers.source_of_table import source_of, titles_of
from etl.importers.stated.title_period import yearly_problems
from etl.tables.day_of_table import date_of
from etl.tables.findings import Severity
from etl.tables.tables import Table

REQUIRED = ("name",)


def read(tables: Sequence[Table], context: Context) -> Draft:
    """One report a known organisation; an unknown one stops its row."""
    for table in tables:
        for problem in yearly_problems(titles_of(table, context)):
            context.findings.add(Severity.STOPS_FILE, problem, sheet=table.sheet)
    on = date_of(tables, context.year, context.findings)
    facts = RowFacts(on, source_of(tables, context), wants_report=True)
    return OrganizationReader(context, on, facts, adds_new=False).read(tables)
