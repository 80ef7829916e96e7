"""What the first migrations share: columns by what they hold, and tables with their keys, references and indexes.

They have run everywhere: a change here must leave the statements that they send as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

IN_FORCE = "superseded_at IS NULL"
RUNS = {"run_id": "run.id", "superseded_by": "run.id"}


def columns(kind: Any, names: str, *, null: bool = False) -> list[sa.Column[Any]]:
    """Columns of one type by their names; with `null` they may stay empty."""
    return [sa.Column(name, kind, nullable=null) for name in names.split()]


texts, wholes = partial(columns, sa.String()), partial(columns, sa.Integer())
numbers, yes_no = partial(columns, sa.Float()), partial(columns, sa.Boolean())
days, instants = partial(columns, sa.Date()), partial(columns, sa.DateTime(timezone=True))
documents = partial(columns, sa.JSON())


def create_table(
    name: str,
    *held: list[sa.Column[Any]],
    key: str = "id",
    to: Mapping[str, str] | None = None,
    indexed: str = "",
    unique: Sequence[sa.UniqueConstraint] = (),
) -> None:
    """Make a table; `to` says which column refers to which, `indexed` which columns have an index of their own."""
    there = [column for group in held for column in group]
    refers = [sa.ForeignKeyConstraint([column], [other]) for column, other in (to or {}).items()]
    op.create_table(name, *there, *refers, sa.PrimaryKeyConstraint(*key.split()), *unique)
    for column in indexed.split():
        op.create_index(f"ix_{name}_{column}", name, [column])


def create_fact_table(
    name: str,
    *held: list[sa.Column[Any]],
    to: Mapping[str, str] | None = None,
    indexed: str = "",
    by_hand: bool = False,
) -> None:
    """Make the table of a kind of fact: it has the columns of every fact, and one row of a key is in force.

    One told `by_hand` says first who told it and why.
    """
    about = [*texts("actor"), *yes_no("is_actor_verified"), *texts("reason")] if by_hand else []
    about += [*wholes("id"), *texts("key fingerprint"), *instants("recorded_at"), *instants("superseded_at", null=True)]
    about += [*wholes("run_id"), *wholes("superseded_by", null=True)]
    create_table(name, about, *held, to={**(to or {}), **RUNS}, indexed=f"{indexed} key run_id superseded_by")
    where = sa.text(IN_FORCE)
    op.create_index(f"ux_{name}_current", name, ["key"], unique=True, sqlite_where=where, postgresql_where=where)


def drop_tables(names: str) -> None:
    """Take tables away with their indexes, in this order."""
    for name in names.split():
        op.drop_table(name)
