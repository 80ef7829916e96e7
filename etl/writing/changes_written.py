"""What a load did, as it is told to the officer: rows by fate, tables by change, the first of the changed values."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from etl.importers.draft import NOT_PART_OF_THE_FACT, Content, OrganizationRow
from models.base.day_text import day_text
from models.base.facts import Changes, Fact
from models.register.register_words import CODED, FIELD_WORDS
from models.tasks.field_words import FACT_CODES, FACT_WORDS

KEPT_CHANGES = 2000
OF_FACTS = ("observation", "task", "task_report")
_NOT_SAID = NOT_PART_OF_THE_FACT | {"key", "organization_id"}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One value that a load changes; `old` is empty for something said for the first time."""

    name: str
    sheet: str
    row: int
    table: str
    field: str
    old: str
    new: str

    @property
    def words(self) -> str:
        """What the field is called."""
        return field_words(self.table, self.field)


@dataclass(slots=True)
class Written:
    """What a load did: rows by fate, changes by table, changed values (the first of very many)."""

    new: int = 0
    changed: int = 0
    untouched: int = 0
    tables: dict[str, Changes] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    change_count: int = 0
    new_names: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether the database already said all of it."""
        return self.new == 0 and all(changes.is_empty for changes in self.tables.values())

    def join(self, other: Written) -> None:
        """Add what another part of the same work did."""
        self.changed += other.changed
        self.change_count += other.change_count
        self.changes += other.changes[: max(0, KEPT_CHANGES - len(self.changes))]
        for name, changes in other.tables.items():
            self.tables[name] = self.tables.get(name, Changes()) + changes

    def add(self, model: type[Fact], changes: Changes) -> None:
        """Add what happened to one table."""
        name = str(model.__tablename__)
        self.tables[name] = self.tables.get(name, Changes()) + changes

    def count(self, row: OrganizationRow, *, is_new: bool, is_changed: bool) -> None:
        """Count one row of the file by its fate."""
        if is_new:
            self.new += 1
            if len(self.new_names) < KEPT_CHANGES:
                self.new_names.append(row.name)
        elif is_changed:
            self.changed += 1
        else:
            self.untouched += 1

    def note(self, row: OrganizationRow, model: type[Fact], before: Content | None, content: Content) -> bool:
        """Note the values that differ; tells whether any does."""
        old = before or {}
        differing = [name for name, value in content.items() if name not in _NOT_SAID and old.get(name) != value]
        self.change_count += len(differing)
        for name in differing[: max(0, KEPT_CHANGES - len(self.changes))]:
            texts = (worded(name, old.get(name)), worded(name, content[name]))
            self.changes.append(FieldChange(row.name, row.sheet, row.number, str(model.__tablename__), name, *texts))
        return bool(differing)

    def note_communes(self, tables: dict[str, Changes]) -> None:
        """Communes and successions count as rows; one line of a conversion table brings two communes and a link."""
        self.tables |= tables
        for changes in tables.values():
            self.new += changes.added
            self.changed += changes.changed
            self.untouched += changes.untouched


def worded(field: str, value: Any) -> str:
    """A stored value of a field as an officer reads it, coded values in their official words."""
    codes = CODED.get(field) or FACT_CODES.get(field, {})
    return codes.get(value, value) if isinstance(value, str) else plain(value)


def field_words(table: str, field: str) -> str:
    """What a changed field is called: of values and tasks in their words, else as the register names it."""
    own = FACT_WORDS if table in OF_FACTS else FIELD_WORDS
    return own.get(field) or FIELD_WORDS.get(field) or FACT_WORDS.get(field, field)


def plain(value: Any) -> str:
    """A stored value as an officer reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return f"{value:.12g}".replace(".", ",")
    return str(value)
