"""What is wrong with a file, in words its author understands: where, what, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Issue:
    """One problem. `line` counts from 1; `what` and `remedy` are Vietnamese sentences without a full stop."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, dòng {self.line}: {self.what}. {self.remedy}."


class DataError(Exception):
    """The reviewed data cannot be loaded; `issues` names every problem found."""

    def __init__(self, issues: Sequence[Issue]) -> None:
        self.issues = tuple(sorted(issues))
        super().__init__("\n".join(str(issue) for issue in self.issues))


class LoadError(Exception):
    """The database refuses the load; the message is a Vietnamese sentence with the remedy."""
