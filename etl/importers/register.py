"""The register: who exists, where, in which state, and what the same list says of the year."""

from __future__ import annotations

from collections.abc import Sequence

from etl.importers.draft import Context, Draft
from etl.importers.organizations import OrganizationReader
from etl.importers.register_row import RowFacts
from etl.importers.source_of_table import source_of
from etl.tables.day_of_table import date_of
from etl.tables.tables import Table

REQUIRED = ("name",)


def read(tables: Sequence[Table], context: Context) -> Draft:
    """Rows of known and of new organisations with all their facts."""
    on = date_of(tables, context.year, context.findings)
    facts = RowFacts(on, source_of(tables, context), wants_register=True, wants_report=True, wants_rating=True)
    return OrganizationReader(context, on, facts, adds_new=True).read(tables)
