"""What a checked file wants written, before anything is written: rows of organisations, facts, communes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from etl.facts.facts_reader import ProgrammeFacts
from etl.facts.rating_schemes import Scheme
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.files.spool import Spool
from etl.questions.questions import ImportQuestions
from etl.tables.columns import Words
from etl.tables.findings import Findings
from etl.tables.tables import Progress
from models.base.facts import Fact
from models.targets.indicator import Indicator
from models.targets.reading import PlaceView

Content = dict[str, Any]
ELSEWHERE = "elsewhere"  # rows of other places that say nothing new
NOT_PART_OF_THE_FACT = frozenset({"source", "known_on"})


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the officer decided: pairs (same or different) by "left=right", communes by spelling.

    `reasons` says why, by pair; a pair without one is kept with the words of `etl.writing.pairs`.
    """

    same: frozenset[str] = frozenset()
    different: frozenset[str] = frozenset()
    communes: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Context:
    """What every importer may look at while it reads. `places` and `words` are reviewed lists."""

    session: Session
    data_dir: Path
    findings: Findings
    place: PlaceView
    places: Mapping[str, PlaceView]
    indicators: Mapping[str, Indicator]
    year: int
    load_date: date
    is_demo: bool
    label: str
    words: Mapping[str, Words]
    schemes: Mapping[str, Scheme]
    decisions: Decisions = field(default_factory=Decisions)
    progress: Progress = lambda _line: None

    @property
    def questions(self) -> ImportQuestions:
        """What the file leaves open, and what was answered."""
        return self.findings.questions


@dataclass(slots=True)
class OrganizationRow:
    """One organisation of a file: known (`organization_id`) or new, and what the file says of it.

    `identity` makes the row of a new one. The keys of `facts` are what follows the id in the fact's key.
    """

    sheet: str
    number: int
    name: str
    organization_id: int | None
    identity: Content
    facts: list[tuple[type[Fact], str, Content]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entries that may be one organisation, with the evidence; `key` is what the decision is kept under.

    `is_decided`: this very load brings the decision (`is_same`, `reason`); it is shown and told, not asked again.
    """

    key: str
    left: str
    right: str
    evidence: str
    is_decided: bool = False
    is_same: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DraftProgramme:
    """A programme as its workbook says it, checked, with the indicators and agencies that it brings."""

    facts: ProgrammeFacts
    indicators: Sequence[IndicatorEntry] = ()
    agencies: Sequence[AgencyRow] = ()


@dataclass(slots=True)
class Draft:
    """Everything one file wants written; what may be many lies outside memory. `on` is the day a list speaks of.

    Only a list (`is_list`) names organisations; values read again later do not.
    """

    rows: Spool[OrganizationRow] = field(default_factory=Spool)
    facts: dict[type[Fact], list[Content] | Spool[Content]] = field(default_factory=dict)
    communes: list[Content] = field(default_factory=list)
    successions: list[Content] = field(default_factory=list)
    spellings: list[Content] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    seen: Counter[str] = field(default_factory=Counter)
    on: date | None = None
    is_list: bool = True
    programme: DraftProgramme | None = None

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        return not (self.rows or any(self.facts.values()) or self.communes or self.programme or self.seen[ELSEWHERE])
