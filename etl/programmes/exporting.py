"""A programme of the database as a workbook."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from etl.facts.facts_reader import ProgrammeFacts, read_facts
from etl.facts.shape import Located
from etl.facts.stored import brought_agencies, brought_indicators, read_stored
from etl.programmes.book_out import programme_book
from etl.programmes.catalogue import catalogue_of
from etl.programmes.finding import find_programme


def export_book(session: Session, data_dir: Path, slug: str | None = None) -> bytes:
    """The workbook of a programme in force, or an empty one to fill in. Raises LoadError for an unknown one."""
    facts = read_facts(data_dir)
    facts.programmes = read_stored(session)
    agencies, indicators = brought_agencies(session), brought_indicators(session)
    names = catalogue_of(facts, agencies, indicators)
    if slug is None:
        return programme_book(None, names)
    meant = find_programme(session, slug).slug
    programme = next(row for row in facts.programmes if row.head.value.slug == meant)
    named = _named(programme)
    return programme_book(
        programme,
        names,
        agencies=[row for row in agencies if row.code in named],
        indicators=[row for row in indicators if row.code in named],
    )


def empty_book(data_dir: Path) -> bytes:
    """The workbook to fill in where there is no database yet."""
    return programme_book(None, catalogue_of(read_facts(data_dir)))


def _named(programme: ProgrammeFacts) -> set[str]:
    """The codes that a programme names, so that only what it needs goes out with it."""
    head = programme.head.value
    found = {head.document.issuer or "", head.reporting.to if head.reporting else ""}
    for target in programme.targets:
        found |= {target.value.indicator, target.value.nested_in or ""}
    works: list[Located[Any]] = [*programme.tasks, *programme.duties]
    for work in works:
        found |= {*work.value.leads, *work.value.coordinators, *work.value.indicators}
    return found
