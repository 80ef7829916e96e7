"""How this installation is doing, for its administrator."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from dashboard.db.import_file import kind_name
from dashboard.db.read_session import repository
from models.operation.operation import read_operation
from models.operation.operation_lines import StatusGroup, operation_groups


def build_operation() -> tuple[StatusGroup, ...]:
    """The groups of the page, read now; raises what the database raises when it is away."""
    with repository().session() as session:
        found = read_operation(session, repository().settings, os.environ, datetime.now(UTC))
    return operation_groups(found, kind_name)
