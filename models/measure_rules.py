"""How each indicator is counted from groups of organisations: pure arithmetic, no session, no clock.

What nobody reported is never zero: a figure that cannot be counted is None with the reason, and a figure
that rests on a part of the organisations says how large that part is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from models.organization import LegalStatus, OperatingState, OrganizationKind, RatingClass

AGRICULTURE = frozenset({"agriculture"})
GOOD_OR_FAIR = frozenset({RatingClass.GOOD, RatingClass.FAIR})
STOPPED = frozenset({OperatingState.STOPPED, OperatingState.AWAITING_DISSOLUTION})
HTX, LHHTX, THT, FUND = OrganizationKind.COOPERATIVE, OrganizationKind.UNION, OrganizationKind.GROUP, "qtdnd"


@dataclass(frozen=True, slots=True)
class Group:
    """Organisations that say the same about themselves in one year; None is "not reported".

    `sums` holds for each reported figure its total, and under "<name>:known" how many reported it.
    """

    kind: str
    count: int
    sector: str | None = None
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


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure with what it rests on: `covered` of `total` organisations answered; `reason` where there is none."""

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    covered: int = 0
    total: int = 0
    reason: str = ""

    @property
    def coverage(self) -> float | None:
        """The part of the organisations that the figure rests on, 0 to 100."""
        return 100 * self.covered / self.total if self.total else None


Answer = Callable[[Group], bool | None]
Groups = Sequence[Group]
Rule = Callable[[Groups, Groups], Counted]


def answers(groups: Groups, base: Answer, said: Answer) -> tuple[int, int, int]:
    """How many of the base say yes, no and nothing."""
    counts = {True: 0, False: 0, None: 0}
    for group in groups:
        if base(group):
            counts[said(group)] += group.count
    return counts[True], counts[False], counts[None]


def count_of(base: Answer, said: Answer, nothing: str) -> Rule:
    """Count the organisations of the base that say yes; `nothing` explains when nobody said anything."""

    def rule(groups: Groups, _before: Groups) -> Counted:
        yes, no, silent = answers(groups, base, said)
        if not yes + no:
            return Counted(total=silent, reason=nothing)
        return Counted(yes, covered=yes + no, total=yes + no + silent)

    return rule


def share_of(base: Answer, said: Answer, nothing: str, *, ticks: bool = False) -> Rule:
    """The share of yes among those that answered; mere `ticks` without a single "no" have no denominator."""

    def rule(groups: Groups, _before: Groups) -> Counted:
        yes, no, silent = answers(groups, base, said)
        total = yes + no + silent
        if not yes + no:
            return Counted(total=total, reason=nothing)
        if ticks and not no and silent:
            return Counted(None, yes, None, yes, total, f"Mới ghi {yes} “có”, {silent} để trống: chưa biết mẫu số.")
        return Counted(100 * yes / (yes + no), yes, yes + no, yes + no, total)

    return rule


def total_of(base: Answer, name: str, nothing: str, factor: float = 1) -> Rule:
    """The sum of a reported figure over those that reported it."""

    def rule(groups: Groups, _before: Groups) -> Counted:
        total, known, all_ = _summed(groups, base, name)
        if not known:
            return Counted(total=all_, reason=nothing)
        return Counted(total * factor, covered=known, total=all_)

    return rule


def average_of(base: Answer, name: str, nothing: str) -> Rule:
    """The mean of a reported figure over those that reported it."""

    def rule(groups: Groups, _before: Groups) -> Counted:
        total, known, all_ = _summed(groups, base, name)
        if not known:
            return Counted(total=all_, reason=nothing)
        return Counted(total / known, total, known, known, all_)

    return rule


def part_of(base: Answer, part: str, whole: str, nothing: str) -> Rule:
    """The share that one reported figure has in another, over those that reported both."""

    def rule(groups: Groups, _before: Groups) -> Counted:
        above, known, all_ = _summed(groups, base, part)
        below, _, _ = _summed(groups, base, whole)
        if not known or not below:
            return Counted(total=all_, reason=nothing)
        return Counted(100 * above / below, above, below, known, all_)

    return rule


def growth_of(base: Answer, name: str, nothing: str) -> Rule:
    """The growth of a mean against the year before, in percent; none from a base that is not positive."""

    def rule(groups: Groups, before: Groups) -> Counted:
        total, known, all_ = _summed(groups, base, name)
        earlier, earlier_known, _ = _summed(before, base, name)
        if not known or not earlier_known:
            when = "năm nay" if not known else "năm trước"
            return Counted(total=all_, reason=f"{nothing} ({when})")
        if earlier <= 0:
            return Counted(total=all_, reason="Năm trước bình quân không lớn hơn 0 nên không tính được tốc độ tăng.")
        now, then = total / known, earlier / earlier_known
        return Counted(100 * (now / then - 1), now, then, min(known, earlier_known), all_)

    return rule


def sum_of_rules(*rules: Rule) -> Rule:
    """The sum of figures that must all be there."""

    def rule(groups: Groups, before: Groups) -> Counted:
        parts = [part(groups, before) for part in rules]
        covered, total = sum(p.covered for p in parts), sum(p.total for p in parts)
        missing = next((p.reason for p in parts if p.value is None), "")
        if missing:
            return Counted(covered=covered, total=total, reason=missing)
        return Counted(sum(p.value or 0 for p in parts), covered=covered, total=total)

    return rule


def _summed(groups: Groups, base: Answer, name: str) -> tuple[float, int, int]:
    chosen = [group for group in groups if base(group)]
    return (
        sum(group.sums.get(name, 0) for group in chosen),
        int(sum(group.sums.get(f"{name}:known", 0) for group in chosen)),
        sum(group.count for group in chosen),
    )


def standing(*kinds: str) -> Answer:
    """Organisations of these kinds that still exist."""
    return lambda group: group.kind in kinds and group.is_standing


def agricultural(*kinds: str) -> Answer:
    """Standing organisations of these kinds known to be agricultural."""
    return lambda group: group.kind in kinds and group.is_standing and group.sector in AGRICULTURE


def active(*kinds: str) -> Answer:
    """Standing organisations of these kinds reported as active."""
    return lambda group: group.kind in kinds and group.operating_state == OperatingState.ACTIVE


def in_sector(is_agricultural: bool) -> Answer:
    """Whether the sector is agriculture (or another one); None while the sector is not known."""
    return lambda group: None if group.sector is None else (group.sector in AGRICULTURE) is is_agricultural


def in_state(*states: str) -> Answer:
    """Whether the reported operating state is one of these; None while none is reported."""
    return lambda group: None if group.operating_state is None else group.operating_state in states


def in_class(*classes: str) -> Answer:
    """Whether the class is one of these; None while there is no class (not rated counts as none)."""
    silent = (None, RatingClass.NOT_RATED)
    return lambda group: None if group.rating_class in silent else group.rating_class in classes


def evaluate(rules: Mapping[str, Rule], groups: Groups, before: Groups) -> Iterable[tuple[str, Counted]]:
    """Every rule over the groups of a year and of the year before."""
    for code, rule in rules.items():
        yield code, rule(groups, before)
