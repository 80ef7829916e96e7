"""Organisations of a place and year in groups, and what rules ask of them: answers of parts add up to the whole.

Pure arithmetic, no session, no clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.register.organization import LegalStatus, OperatingState


@dataclass(frozen=True, slots=True)
class TallyGroup:
    """Organisations that say the same about themselves in one year; None is "not reported".

    `sums` holds for each figure that somebody reported its total, and under "<name>:known" how many did.
    """

    kind: str
    count: int
    is_agricultural: bool | None = None
    operating_state: str | None = None
    legal_status: str | None = None
    is_law_compliant: bool | None = None
    rating_class: str | None = None
    is_high_tech: bool | None = None
    is_linked: bool | None = None
    has_ocop: bool | None = None
    is_director_female: bool | None = None
    is_new: bool | None = None
    is_stated_this_year: bool = True
    is_estimate: bool = False
    sums: Mapping[str, float] = field(default_factory=dict)

    @property
    def is_standing(self) -> bool:
        """Whether it still exists at the end of the year."""
        return self.operating_state != OperatingState.DISSOLVED and self.legal_status != LegalStatus.DISSOLVED


Answer = Callable[[TallyGroup], bool | None]
Groups = Sequence[TallyGroup]
Told = tuple[float, int, int]


@dataclass(frozen=True, slots=True)
class Question:
    """What a rule asks of the organisations of a base.

    Where `said` tells yes, no or nothing (None) of a group, the answer is how many say each. Where it is the name of
    a reported figure, the answer is its sum, how many reported it and how many there are.
    """

    base: Answer
    said: Answer | str


Tally = Mapping[Question, Told]


def tally(questions: Iterable[Question], groups: Groups) -> Tally:
    """The answer to each question."""
    found, of_base = {}, {}
    for question in questions:
        base = question.base
        if base not in of_base:
            of_base[base] = [group for group in groups if base(group)]
        said, chosen = question.said, of_base[base]
        found[question] = _summed(chosen, said) if isinstance(said, str) else _answers(chosen, said)
    return found


def joined(questions: Iterable[Question], parts: Sequence[Tally]) -> Tally:
    """The answers of a whole made of parts, which are added up in their order."""
    return {question: _sum([part[question] for part in parts]) for question in questions}


def _sum(told: Sequence[Told]) -> Told:
    first, second, third = zip(*told, strict=True) if told else ((), (), ())
    return sum(first), sum(second), sum(third)


def _answers(groups: Groups, said: Answer) -> Told:
    counts = {True: 0, False: 0, None: 0}
    for group in groups:
        counts[said(group)] += group.count
    return counts[True], counts[False], counts[None]


def _summed(groups: Groups, name: str) -> Told:
    return (
        sum(group.sums.get(name, 0) for group in groups),
        int(sum(group.sums.get(f"{name}:known", 0) for group in groups)),
        sum(group.count for group in groups),
    )
