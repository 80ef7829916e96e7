"""Reads data/ into checked objects that know their line; nothing here opens a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from etl.facts import programme_schema, schema
from etl.facts.files import FolderReader
from etl.facts.shape import Located
from etl.parsing.issues import Issue

PROGRAMMES = "programmes"


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """One decision with everything it promises and orders, in printed order."""

    head: Located[programme_schema.ProgrammeHead]
    targets: list[Located[programme_schema.TargetEntry]]
    promises: list[Located[programme_schema.PromiseEntry]]
    sections: list[Located[programme_schema.SectionEntry]]
    tasks: list[Located[programme_schema.TaskEntry]]
    duties: list[Located[programme_schema.DutyEntry]] = field(default_factory=list)


@dataclass(slots=True)
class Facts:
    """Everything in data/. Rows of a wrong shape are left out and stand in `issues`."""

    checksum: str = ""
    agencies: list[Located[schema.AgencyRow]] = field(default_factory=list)
    agency_successions: list[Located[schema.AgencySuccessionRow]] = field(default_factory=list)
    provinces: list[Located[schema.ProvinceRow]] = field(default_factory=list)
    indicators: list[Located[schema.IndicatorEntry]] = field(default_factory=list)
    thresholds: Located[schema.ThresholdsFile] | None = None
    figures: list[Located[schema.FigureRow]] = field(default_factory=list)
    corrections: list[Located[schema.CorrectionRow]] = field(default_factory=list)
    breaks: list[Located[schema.BreakEntry]] = field(default_factory=list)
    judgements: list[Located[schema.JudgementEntry]] = field(default_factory=list)
    relations: list[Located[schema.RelationEntry]] = field(default_factory=list)
    steps: list[Located[schema.StepEntry]] = field(default_factory=list)
    programmes: list[ProgrammeFacts] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)

    @property
    def broken_files(self) -> frozenset[str]:
        """Files with a problem of shape: what they define is not fully known."""
        return frozenset(issue.file for issue in self.issues)


def read_facts(folder: Path) -> Facts:
    """Read every reviewed file; a missing or unreadable file is an issue, never an exception."""
    facts = Facts()
    reader = FolderReader(folder, facts.issues)
    facts.agencies = reader.csv_rows("agencies.csv", schema.AgencyRow)
    facts.agency_successions = reader.csv_rows("agency_successions.csv", schema.AgencySuccessionRow)
    facts.provinces = reader.csv_rows("provinces.csv", schema.ProvinceRow)
    facts.figures = reader.csv_rows("figures.csv", schema.FigureRow)
    facts.corrections = reader.csv_rows("corrections.csv", schema.CorrectionRow)
    (facts.indicators,) = reader.lists("indicators.yaml", {"indicators": schema.IndicatorEntry})
    facts.breaks, facts.judgements = reader.lists(
        "series.yaml", {"breaks": schema.BreakEntry, "judgements": schema.JudgementEntry}
    )
    facts.relations, facts.steps = reader.lists(
        "relations.yaml", {"relations": schema.RelationEntry, "steps": schema.StepEntry}
    )
    _read_thresholds(reader, facts)
    for name in _programme_files(folder, facts.issues):
        programme = _read_programme(reader, name)
        facts.programmes += [programme] if programme is not None else []
    facts.checksum = reader.checksum()
    return facts


def _programme_files(folder: Path, issues: list[Issue]) -> list[str]:
    """Name the files of decisions; a file that would be passed over in silence is an issue."""
    inside = folder / PROGRAMMES
    names = sorted(path.name for path in inside.iterdir() if path.name[0] != ".") if inside.is_dir() else []
    files = [f"{PROGRAMMES}/{name}" for name in names if name.endswith(".yaml")]
    for name in names:
        if not name.endswith(".yaml"):
            remedy = "Đổi đuôi tệp hoặc chuyển đi nơi khác"
            issues.append(Issue(f"{PROGRAMMES}/{name}", 1, "không phải tệp .yaml", remedy))
    if not files:
        issues.append(Issue(PROGRAMMES, 1, "không có tệp chương trình nào", "Thêm ít nhất một tệp .yaml"))
    return files


def _read_thresholds(reader: FolderReader, facts: Facts) -> None:
    name = "thresholds.yaml"
    document = reader.document(name, list(schema.ThresholdsFile.model_fields))
    if document is not None:
        facts.thresholds = reader.item(name, document, (), document.content, schema.ThresholdsFile)


def _read_programme(reader: FolderReader, name: str) -> ProgrammeFacts | None:
    """One decision; None when not even its head can be read."""
    document = reader.document(name, ("programme", "targets", "promises", "tasks"))
    if document is None:
        return None
    head = reader.item(name, document, ("programme",), document.content["programme"], programme_schema.ProgrammeHead)
    targets = reader.items(name, document, ("targets",), programme_schema.TargetEntry)
    promises = reader.items(name, document, ("promises",), programme_schema.PromiseEntry)
    sections = reader.items(name, document, ("tasks", "sections"), programme_schema.SectionEntry)
    tasks = reader.items(name, document, ("tasks", "rows"), programme_schema.TaskEntry)
    body = document.content["tasks"]
    has_duties = not isinstance(body, dict) or "duties" in body  # a decision may set none beside its annex
    duties = reader.items(name, document, ("tasks", "duties"), programme_schema.DutyEntry) if has_duties else []
    return ProgrammeFacts(head, targets, promises, sections, tasks, duties) if head is not None else None
