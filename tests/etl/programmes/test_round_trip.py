"""The programmes that ship go out as workbooks and come back equal: facts, not only counts."""

from __future__ import annotations

import pytest
from pydantic import BaseModel
from sqlalchemy.orm import Session

from etl.facts import programme_schema as shapes
from etl.facts.facts_reader import read_facts
from etl.facts.schema import AgencyRow, IndicatorEntry
from etl.facts.stored import read_stored
from etl.parsing.issues import LoadError
from etl.programmes import sheets
from etl.programmes.finding import find_programme
from etl.writing.programme_written import says
from models.config.settings import ROOT
from models.targets.programme import Programme
from tests.etl.loading.desk import Desk
from tests.etl.programmes.books import SLUGS, exported, load, said, set_cells


def reviewed(slug: str) -> dict[str, object]:
    """What data/programmes says of a programme."""
    facts = read_facts(ROOT / "data")
    return says(next(row for row in facts.programmes if row.head.value.slug == slug))


def test_the_database_gives_back_what_the_reviewed_files_say(desk: Desk) -> None:
    with Session(desk.engine) as session:
        back = {row.head.value.slug: says(row) for row in read_stored(session)}
    assert back == {slug: reviewed(slug) for slug in SLUGS}


@pytest.mark.parametrize("slug", SLUGS)
def test_a_programme_that_was_just_exported_changes_nothing(desk: Desk, slug: str) -> None:
    before = desk.everything()
    outcome = load(desk, exported(desk, slug))
    assert outcome.run_id is None and outcome.written.is_empty and outcome.written.untouched, outcome.findings
    assert not outcome.findings and desk.everything() == before


@pytest.mark.parametrize("slug", SLUGS)
def test_a_workbook_says_what_the_reviewed_file_says(desk: Desk, slug: str) -> None:
    """Loaded under the same code after one change and the change back, every field is as reviewed."""
    book = set_cells(exported(desk, slug), {(sheets.DOCUMENT, "B21"): "Một nhận xét khác"})
    assert load(desk, book).run_id
    assert said(desk, slug) != reviewed(slug)
    remark = reviewed(slug)["head"]["remark"]  # type: ignore[index]
    again = load(desk, set_cells(exported(desk, slug), {(sheets.DOCUMENT, "B21"): remark}))
    assert again.run_id and said(desk, slug) == reviewed(slug)


def fields(shape: type[BaseModel]) -> set[str]:
    """The names of the fields of a shape."""
    return set(shape.model_fields)


def test_every_field_of_the_shapes_has_a_column() -> None:
    """A field without one would be lost on the way out."""
    document = {line.field for line in sheets.DOCUMENT_LINES} | {"document.issued_precision"}
    assert {f"document.{name}" for name in fields(shapes.DocumentHead)} == {n for n in document if "document." in n}
    heads = {line.field.split(".")[0] for line in sheets.DOCUMENT_LINES} | set(sheets.NAMED_DOCUMENT.values())
    assert heads == fields(shapes.ProgrammeHead)
    assert {f"entered.{name}" for name in fields(shapes.Entered)} <= document
    reporting = {name.split(".")[1] for name in document if name.startswith("reporting.")}
    assert reporting - {"day"} == fields(shapes.ReportingRule) - {"month", "last_day"}
    assert {column.field for column in sheets.TARGET_COLUMNS} == fields(shapes.TargetEntry)
    assert {column.field for column in sheets.PROMISE_COLUMNS} == fields(shapes.PromiseEntry)
    of_tasks = fields(shapes.TaskEntry) | fields(shapes.DutyEntry)
    assert {column.field for column in sheets.TASK_COLUMNS} == of_tasks - {"heading", "origin"} | {"line"}
    assert {column.field for column in sheets.AGENCY_COLUMNS} == fields(AgencyRow) - {"code", "name"} | {
        "printed",
        "agency",
    }
    assert {column.field for column in sheets.INDICATOR_COLUMNS} <= fields(IndicatorEntry)


def test_a_programme_is_named_by_its_code_or_by_its_place(desk: Desk) -> None:
    with Session(desk.engine) as session:
        assert find_programme(session, "thanh-hoa").slug == find_programme(session, "thanh-hoa-922-2023").slug
        with pytest.raises(LoadError, match=r"Không có chương trình.*ca-mau.*dong-nai-01-2023"):
            find_programme(session, "ca-mau")
        session.add(Programme(**session.get_one(Programme, "gia-lai-2020").model_dump() | {"slug": "gia-lai-2026"}))
        session.flush()
        with pytest.raises(LoadError, match=r"có 2 chương trình\. Chọn một trong: gia-lai-2020, gia-lai-2026"):
            find_programme(session, "gia-lai")
