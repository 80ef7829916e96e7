"""Plain values of the reconciliation pages: what its data hand to its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dashboard.ui.html import Element
from models.register.measures import Measure
from models.targets.observation import Observation
from models.targets.official import OfficialValue
from models.targets.reading import PlaceView

Answer = tuple[str, list[Element | None]]  # a part of a page: its finding as a title, its content
SAME = 0.005  # below half a percent two figures count as one


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """One indicator of one place and year: what was published, what the register counts, what was decided."""

    indicator: str
    published: tuple[Observation, ...]
    measure: Measure | None
    official: OfficialValue | None
    spread: float | None  # None: no two values speak about one day and definition

    @property
    def voices(self) -> int:
        """How many sources say something."""
        return len(self.published) + (self.measure is not None)

    @property
    def differs(self) -> bool:
        """Whether any two of the values of one day are apart."""
        return self.spread is not None and self.spread > SAME

    @property
    def agrees(self) -> bool:
        """Whether values of one day were held against each other and none is apart."""
        return self.spread is not None and not self.differs


@dataclass(frozen=True, slots=True)
class Sources:
    """Every indicator of a place and year about which somebody says something, the widest apart first."""

    place: PlaceView | None
    year: int
    places: tuple[PlaceView, ...]
    years: tuple[int, ...]
    lines: tuple[ReconciliationLine, ...]
    register_note: str
    has_register: bool

    @property
    def name(self) -> str:
        """The place and year in words."""
        return f"{self.place.full_name}, năm {self.year}" if self.place else "Chưa có địa bàn nào"

    @property
    def apart(self) -> int:
        """How many indicators have values that differ."""
        return sum(line.differs for line in self.lines)

    @property
    def agreeing(self) -> int:
        """How many indicators have values of one day that agree."""
        return sum(line.agrees for line in self.lines)


@dataclass(frozen=True, slots=True)
class ReportingState:
    """The reports of one place for one year. `due` is None where the programme sets no date.

    `late` counts reports that arrived after the date, `days_late` how late the last of them was; for those still
    missing `days_over` counts from the date to the day one looks (0 before it).
    """

    place: PlaceView
    year: int
    due: date | None
    due_text: str
    total: int
    reported: int
    rated: int
    late: int
    days_late: int
    days_over: int
    published: int
    missing_by_commune: tuple[tuple[str, int, int], ...]
    missing: tuple[tuple[int, str, str], ...]

    @property
    def missing_count(self) -> int:
        """How many organisations have not reported."""
        return self.total - self.reported
