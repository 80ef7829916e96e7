"""Short ways to load files in tests and to look at what is current."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from etl.demo.sample import tax_code
from etl.loading.recipe import ImportRequest, ImportResult, ImportSettings, carry_out
from etl.loading.runs import fact_models
from etl.questions.question import SKIP, ImportAnswer
from models.config.settings import ROOT
from models.places.commune import Commune, CommuneSuccession
from models.register.organization import Organization
from models.registry import metadata

TODAY = date(2026, 11, 21)
GOOD = ROOT / "tests" / "files" / "good"
BAD = ROOT / "tests" / "files" / "with_problems"
SAMPLE = GOOD / "so-dang-ky-gia-lai-2023-mo-phong.xlsx"
FORM = GOOD / "bieu-1-gia-lai-2023.xlsx"
HEAD = ["TT", "Tên HTX", "Mã số HTX", "Xã, phường", "Tình trạng hoạt động", "Số thành viên"]
CODES = [tax_code(number) for number in range(900, 910)]
FORGETTABLE = {"id", "recorded_at", "superseded_at", "superseded_by", "run_id", "known_on"}


class Desk:
    """Short ways to load files and to look at what is current."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self.engine = engine
        self.folder = folder
        self.import_settings = ImportSettings(engine, ROOT / "data", TODAY)

    def load(
        self, path: Path, kind: str = "register", place: str | None = "gia-lai", year: int | None = 2023, **options: Any
    ) -> ImportResult:
        """Load one file; options go to the order, commit and leave_out to the recipe."""
        commit, leave_out = options.pop("commit", True), options.pop("leave_out", False)
        order = ImportRequest(kind, place, year, "test", path.name, "0" * 64, **options)
        return carry_out(self.import_settings, order, path, commit=commit, leave_out=leave_out)

    def book(self, rows: Sequence[Sequence[object]], name: str = "list.xlsx", sheet: str = "HTX") -> Path:
        """A workbook with these rows from A1 on."""
        path = self.folder / name
        book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, list(row))
        book.close()
        return path

    def register(self, *rows: Sequence[object], head: Sequence[str] = HEAD, name: str = "list.xlsx") -> Path:
        """A register with rows of name, code, commune, state, members."""
        return self.book([head, *([number, *row] for number, row in enumerate(rows, start=1))], name)

    def current(self) -> dict[str, list[str]]:
        """Everything that is current, without what only tells how it came there."""
        found: dict[str, list[str]] = {}
        with Session(self.engine) as session:
            for model in fact_models():
                rows = session.execute(select(model.__table__).where(model.__table__.c.superseded_at.is_(None)))
                found[model.__tablename__] = self._lines(rows.mappings())
            for model in (Commune, CommuneSuccession):
                found[model.__tablename__] = self._lines(session.execute(select(model.__table__)).mappings())
            kept = select(Organization.__table__).where(~Organization.__table__.c.is_withdrawn)
            found["organization"] = self._lines(session.execute(kept).mappings())
        return found

    def everything(self) -> dict[str, int]:
        """How many rows every table holds."""
        with self.engine.connect() as connection:
            return {t.name: len(connection.execute(select(t)).all()) for t in metadata.sorted_tables}

    def all(self, model: Any) -> list[Any]:
        """Current rows of one table."""
        with Session(self.engine) as session:
            statement = select(model)
            if hasattr(model, "superseded_at"):
                statement = statement.where(model.superseded_at.is_(None))
            rows = list(session.scalars(statement))
            session.expunge_all()
            return rows

    @staticmethod
    def _lines(rows: Any) -> list[str]:
        return sorted(str({k: v for k, v in row.items() if k not in FORGETTABLE}) for row in rows)


def first_proposals(outcome: ImportResult, **otherwise: str) -> tuple[ImportAnswer, ...]:
    """The answers of an officer who says `otherwise` by field, else takes the first proposal, else skips."""
    return tuple(
        ImportAnswer(question.kind, question.field, question.text, value, question.words_of(value))
        for question in outcome.questions
        for first in [question.proposals[0].value if question.proposals else SKIP]
        for value in [otherwise.get(question.field, first)]
    )
