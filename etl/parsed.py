"""What reading one cell gives: a value, nothing, or a problem its author can act on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

ValueT = TypeVar("ValueT")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong, or worth a remark: `what` and `remedy` are Vietnamese sentences without a full stop.

    `rule` is stable and names the rule ("number.ambiguous"); where it stands (file, sheet, cell) is
    added by whoever knows it.
    """

    rule: str
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Parsed(Generic[ValueT]):
    """A cell as read. Neither value nor problem means the cell is blank: missing, which is never zero.

    A `remark` comes with a value that was taken, but that the officer should look at.
    """

    value: ValueT | None = None
    problem: Problem | None = None
    remark: Problem | None = None

    @property
    def is_missing(self) -> bool:
        """Whether the cell says nothing at all."""
        return self.value is None and self.problem is None


def refused(rule: str, what: str, remedy: str) -> Parsed[ValueT]:
    """A cell that cannot be taken."""
    return Parsed(problem=Problem(rule, what, remedy))


def shown(value: object) -> str:
    """The value in quotation marks for a message, cut when long."""
    text = str(value)
    return f'"{text if len(text) <= _SHOWN else text[:_SHOWN] + "…"}"'
