"""What the register's pages show, as plain values: what its data hand to its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from dashboard.register.address import RegisterFilter

if TYPE_CHECKING:
    from models.base.source import Run
    from models.register.organization import OrganizationDetail, OrganizationState, Rating, WorklistStep, YearReport
    from models.register.unread import UnreadValue
from models.register.organization import LegalStatus, OperatingState

FACETS = ("place", "kind", "sector", "operating", "legal", "rating")
KEPT_SUMS = 256


class GroupCount(NamedTuple):
    """What organisations say about themselves; "none" stands for what nobody said.

    Tens of thousands are kept as plain tuples of these: the garbage collector passes over those, not over classes.
    """

    place: str
    kind: str
    sector: str
    operating: str
    legal: str
    rating: str
    is_demo: bool


Row = tuple[Any, ...]
IS_DEMO = GroupCount._fields.index("is_demo")


@dataclass(frozen=True, slots=True)
class Cube:
    """The register counted by everything one may filter by; filters are then sums over its groups.

    `counts` says of each group how many organisations are in it. The groups of all cubes are the same tuples: of a
    whole country a search has ten thousand. Sums that were asked for are kept.
    """

    groups: tuple[Row, ...] = ()
    counts: Sequence[int] = ()
    _kept: dict[tuple[str, ...], Counter[str]] = field(default_factory=dict, compare=False, repr=False)

    def within(self, place: str) -> Cube:
        """Of one place."""
        found = [(group, count) for group, count in zip(self.groups, self.counts, strict=True) if group[0] == place]
        return Cube(tuple(group for group, _ in found), tuple(count for _, count in found))

    def total(self, chosen: RegisterFilter) -> int:
        """How many organisations match."""
        facet = next((name for name in FACETS if getattr(chosen, name)), FACETS[0])
        counts, wanted = self.by(facet, chosen), getattr(chosen, facet)
        return counts[wanted] if wanted else sum(counts.values())

    def by(self, facet: str, chosen: RegisterFilter) -> Counter[str]:
        """How many match for each value of a facet, whatever is chosen for the facet itself."""
        others = chosen.but(**{facet: ""})
        key = (facet, *(getattr(others, name) for name in FACETS))
        if key not in self._kept:
            if len(self._kept) >= KEPT_SUMS:
                self._kept.clear()
            found: Counter[str] = Counter()
            place = GroupCount._fields.index(facet)
            for group, count in self._matching(others):
                found[group[place]] += count
            self._kept[key] = found
        return self._kept[key].copy()

    def _matching(self, chosen: RegisterFilter) -> Iterable[tuple[Row, int]]:
        found: Iterable[tuple[Row, int]] = zip(self.groups, self.counts, strict=True)
        for index, name in enumerate(FACETS):
            wanted = getattr(chosen, name)
            if wanted:
                found = [pair for pair in found if pair[0][index] == wanted]
        return found

    @property
    def holds_demo(self) -> bool:
        """Whether any row is invented."""
        return any(group[IS_DEMO] for group in self.groups)


@dataclass(frozen=True, slots=True)
class OrganizationLine:
    """One organisation in a list: its present picture, no persons."""

    id: int
    name: str
    kind: str
    tax_code: str | None
    tax_code_is_valid: bool | None
    legacy_number: str | None
    sector: str | None
    place: str
    commune_name: str | None
    founded_on: date | None
    operating_state: str | None
    operating_state_on: date | None
    legal_status: str | None
    legal_status_on: date | None
    is_law_compliant: bool | None
    union_name: str | None
    rating_class: str | None
    rating_year: int | None
    member_count: int | None
    report_year: int | None
    is_demo: bool


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """One page of the filtered register; `cube` counts what matches words and flag, `whole` the whole register."""

    chosen: RegisterFilter
    whole: Cube
    cube: Cube
    lines: tuple[OrganizationLine, ...]
    has_before: bool
    has_after: bool

    @property
    def is_loaded(self) -> bool:
        """Whether the register holds anything at all."""
        return bool(self.whole.groups)

    @property
    def total(self) -> int:
        """How many organisations match."""
        return self.cube.total(self.chosen)


@dataclass(frozen=True, slots=True)
class RecordedStatement:
    """One thing said earlier or now: what, from when to when we held it true, and the run that brought it."""

    subject: str
    field: str
    before: object
    after: object
    recorded_at: datetime
    run_id: int
    is_withdrawal: bool = False


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    """Everything the register may show of one organisation; of persons only which roles are stored."""

    line: OrganizationLine
    is_withdrawn: bool
    detail: OrganizationDetail | None
    states: tuple[OrganizationState, ...]
    reports: tuple[YearReport, ...]
    ratings: tuple[Rating, ...]
    step: WorklistStep | None
    withheld_roles: tuple[str, ...]
    history: tuple[RecordedStatement, ...]
    runs: tuple[Run, ...]
    unread: tuple[UnreadValue, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One organisation to be settled: why, since when, who acts, what next and until when."""

    line: OrganizationLine
    reasons: tuple[str, ...]
    since: date | None
    responsible: str
    next_step: str
    due_on: date | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Worklist:
    """The organisations to be settled, oldest first; those of unknown date come last."""

    lines: tuple[WorkLine, ...]
    places: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[str, int], ...]
    is_loaded: bool
    holds_demo: bool


STOPPED, DISSOLVING, NOT_CONVERTED = "ngung", "cho-giai-the", "chua-chuyen-doi"
REASONS = (STOPPED, DISSOLVING, NOT_CONVERTED)


def reasons_of(line: OrganizationLine) -> list[tuple[str, date | None]]:
    """Why an organisation is to be settled, and since when each reason is known to hold."""
    found: dict[str, date | None] = {}
    state, legal = line.operating_state, line.legal_status
    if state == OperatingState.STOPPED:
        found[STOPPED] = line.operating_state_on
    if state == OperatingState.AWAITING_DISSOLUTION:
        found[DISSOLVING] = line.operating_state_on
    if legal in (LegalStatus.DISSOLVING, LegalStatus.BANKRUPTCY):
        days = [day for day in (found.get(DISSOLVING), line.legal_status_on) if day is not None]
        found[DISSOLVING] = min(days, default=None)
    if state == OperatingState.NOT_CONVERTED or line.is_law_compliant is False:
        found[NOT_CONVERTED] = line.operating_state_on if state == OperatingState.NOT_CONVERTED else None
    return list(found.items())


def is_told(line: OrganizationLine, reason: str) -> bool:
    """Whether the reported state already says this reason, so that it need not be said twice."""
    told = {
        OperatingState.STOPPED: STOPPED,
        OperatingState.AWAITING_DISSOLUTION: DISSOLVING,
        OperatingState.NOT_CONVERTED: NOT_CONVERTED,
    }
    return line.operating_state is not None and told.get(OperatingState(line.operating_state)) == reason
