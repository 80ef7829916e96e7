"""How each indicator is counted from groups of organisations: pure arithmetic, no session, no clock.

What nobody reported is never zero: a figure that cannot be counted is None with the reason, and a figure
that rests on a part of the organisations says how large that part is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from models.register.measure_tally import Answer, Groups, Question, Tally, tally
from models.register.organization import OperatingState, OrganizationKind, RatingClass

GOOD_OR_FAIR = frozenset({RatingClass.GOOD, RatingClass.FAIR})
STOPPED = frozenset({OperatingState.STOPPED, OperatingState.AWAITING_DISSOLUTION})
HTX, LHHTX, THT, FUND = OrganizationKind.COOPERATIVE, OrganizationKind.UNION, OrganizationKind.GROUP, "qtdnd"


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


Tell = Callable[[Tally, Tally], Counted]


@dataclass(frozen=True, slots=True)
class MeasureRule:
    """How one indicator is told from the answers to its questions; those of `before` are asked of the year before."""

    questions: tuple[Question, ...]
    tell: Tell
    before: tuple[Question, ...] = ()

    def count(self, groups: Groups, before: Groups = ()) -> Counted:
        """The figure of these groups and of those of the year before."""
        return self.tell(tally(self.questions, groups), tally(self.before, before))


def count_of(base: Answer, said: Answer, nothing: str) -> MeasureRule:
    """Count the organisations of the base that say yes; `nothing` explains when nobody said anything."""
    asked = Question(base, said)

    def tell(now: Tally, _before: Tally) -> Counted:
        yes, no, silent = now[asked]
        if not yes + no:
            return Counted(total=silent, reason=nothing)
        return Counted(yes, covered=int(yes + no), total=int(yes + no + silent))

    return MeasureRule((asked,), tell)


def share_of(base: Answer, said: Answer, nothing: str, *, ticks: bool = False) -> MeasureRule:
    """The share of yes among those that answered; mere `ticks` without a single "no" have no denominator."""
    asked = Question(base, said)

    def tell(now: Tally, _before: Tally) -> Counted:
        yes, no, silent = now[asked]
        total = int(yes + no + silent)
        if not yes + no:
            return Counted(total=total, reason=nothing)
        if ticks and not no and silent:
            return Counted(
                None, yes, None, int(yes), total, f"Mới ghi {yes} “có”, {silent} để trống: chưa biết mẫu số."
            )
        return Counted(100 * yes / (yes + no), yes, yes + no, int(yes + no), total)

    return MeasureRule((asked,), tell)


def total_of(base: Answer, name: str, nothing: str, factor: float = 1) -> MeasureRule:
    """The sum of a reported figure over those that reported it."""
    return _reported(base, name, nothing, lambda total, known, all_: Counted(total * factor, covered=known, total=all_))


def average_of(base: Answer, name: str, nothing: str) -> MeasureRule:
    """The mean of a reported figure over those that reported it."""
    return _reported(base, name, nothing, lambda total, known, all_: Counted(total / known, total, known, known, all_))


def _reported(base: Answer, name: str, nothing: str, told: Callable[[float, int, int], Counted]) -> MeasureRule:
    """`told` of the sum, how many reported it and how many there are; `nothing` where nobody did."""
    asked = Question(base, name)

    def tell(now: Tally, _before: Tally) -> Counted:
        total, known, all_ = now[asked]
        return told(total, known, all_) if known else Counted(total=all_, reason=nothing)

    return MeasureRule((asked,), tell)


def part_of(base: Answer, part: str, whole: str, nothing: str) -> MeasureRule:
    """The share that one reported figure has in another, over those that reported both."""
    asked = (Question(base, part), Question(base, whole))

    def tell(now: Tally, _before: Tally) -> Counted:
        (above, known, all_), (below, _, _) = (now[each] for each in asked)
        if not known or not below:
            return Counted(total=all_, reason=nothing)
        return Counted(100 * above / below, above, below, known, all_)

    return MeasureRule(asked, tell)


def growth_of(base: Answer, name: str, nothing: str) -> MeasureRule:
    """The growth of a mean against the year before, in percent; none from a base that is not positive."""
    asked = Question(base, name)

    def tell(now: Tally, before: Tally) -> Counted:
        total, known, all_ = now[asked]
        earlier, earlier_known, _ = before[asked]
        if not known or not earlier_known:
            when = "năm nay" if not known else "năm trước"
            return Counted(total=all_, reason=f"{nothing} ({when})")
        if earlier <= 0:
            return Counted(total=all_, reason="Năm trước bình quân không lớn hơn 0 nên không tính được tốc độ tăng.")
        mean, then = total / known, earlier / earlier_known
        return Counted(100 * (mean / then - 1), mean, then, min(known, earlier_known), all_)

    return MeasureRule((asked,), tell, (asked,))


def sum_of_rules(*rules: MeasureRule) -> MeasureRule:
    """The sum of figures of one year that must all be there."""

    def tell(now: Tally, before: Tally) -> Counted:
        parts = [part.tell(now, before) for part in rules]
        covered, total = sum(p.covered for p in parts), sum(p.total for p in parts)
        missing = next((p.reason for p in parts if p.value is None), "")
        if missing:
            return Counted(covered=covered, total=total, reason=missing)
        return Counted(sum(p.value or 0 for p in parts), covered=covered, total=total)

    return MeasureRule(tuple(each for rule in rules for each in rule.questions), tell)


@cache
def standing(*kinds: str) -> Answer:
    """Organisations of these kinds that still exist."""
    return lambda group: group.kind in kinds and group.is_standing


@cache
def agricultural(*kinds: str) -> Answer:
    """Standing organisations of these kinds known to be agricultural."""
    return lambda group: group.kind in kinds and group.is_standing and group.is_agricultural


@cache
def active(*kinds: str) -> Answer:
    """Standing organisations of these kinds reported as active."""
    return lambda group: group.kind in kinds and group.operating_state == OperatingState.ACTIVE


@cache
def in_sector(is_agricultural: bool) -> Answer:
    """Whether the sector is agriculture (or another one); None while the sector is not known."""
    return lambda group: None if group.is_agricultural is None else group.is_agricultural is is_agricultural


@cache
def in_state(*states: str) -> Answer:
    """Whether the reported operating state is one of these; None while none is reported."""
    return lambda group: None if group.operating_state is None else group.operating_state in states


@cache
def in_class(*classes: str) -> Answer:
    """Whether the class is one of these; None while there is no class (not rated counts as none)."""
    silent = (None, RatingClass.NOT_RATED)
    return lambda group: None if group.rating_class in silent else group.rating_class in classes
