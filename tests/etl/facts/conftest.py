"""A copy of the reviewed data that a test may change, and short ways to load and check it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl.facts.checks import check_facts
from etl.facts.facts_reader import read_facts
from etl.facts.load import Loaded, load_facts
from etl.parsing.issues import Issue
from models.config.settings import ROOT


@dataclass(frozen=True)
class DataCopy:
    """A copy of data/. `replace` insists that the text is there, so that a test cannot pass by accident."""

    folder: Path

    def replace(self, name: str, old: str, new: str, count: int = 1) -> int:
        """Replace the first `count` places; gives the line of the first one."""
        path = self.folder / name
        before = path.read_text(encoding="utf-8")
        assert old in before, f"{old!r} is not in {name}"
        path.write_text(before.replace(old, new, count), encoding="utf-8")
        return before[: before.index(old)].count("\n") + 1

    def line_of(self, name: str, text: str) -> int:
        """The line on which `text` first stands."""
        before = (self.folder / name).read_text(encoding="utf-8")
        return before[: before.index(text)].count("\n") + 1

    def figures(self) -> list[dict[str, str]]:
        """The published values as text."""
        with (self.folder / "figures.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write_figures(self, rows: list[dict[str, str]]) -> None:
        """Write the published values back, sorted as the check demands."""
        with (self.folder / "figures.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(sorted(rows, key=lambda row: row["key"]))

    def change_figure(self, key: str, **cells: str) -> None:
        """Change cells of one published value."""
        self.write_figures([row | cells if row["key"] == key else row for row in self.figures()])

    def issues(self) -> list[Issue]:
        """Everything that is wrong."""
        return check_facts(read_facts(self.folder))

    def load(self, engine: Engine, load_date: date = date(2026, 11, 21)) -> Loaded:
        """Check and load."""
        facts = read_facts(self.folder)
        assert check_facts(facts) == []
        return load_facts(engine, facts, load_date=load_date, actor="test")


@pytest.fixture
def data(tmp_path: Path) -> DataCopy:
    """A copy of the reviewed data."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    return DataCopy(folder)


@pytest.fixture
def rejects(data: DataCopy) -> Callable[..., None]:
    """Check that a change is refused at that file and line, in these words."""

    def check(name: str, old: str, new: str, *, says: str, at: str | None = None) -> None:
        line = data.replace(name, old, new)
        if at is not None:
            line = data.line_of(name, at)
        found = data.issues()
        assert any(i.file == name and i.line == line and says in i.what for i in found), "\n".join(map(str, found))

    return check
