"""The docs cannot lie: what they name exists, and what exists is named."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from dashboard import __main__ as papers
from dashboard.ui.words import GROUP_WORDS
from dashboard.web.api import FILTERS
from etl.commands.arguments import make_parser
from etl.export.organizations import COLUMNS as ORGANIZATION_COLUMNS
from etl.facts.schema import FigureRow, IndicatorEntry
from etl.loading.recipe import KINDS
from models.base.source import Run
from models.config.settings import ROOT, Settings
from models.gaps.answer import WORST_FIRST, Flag
from models.gaps.gap_level import FINAL_VALUE_FROM_MONTH
from models.gaps.promise import Comparator, PromiseKind
from models.registry import metadata
from models.rows import EXPORTS
from models.targets.reading import Moment
from models.tasks.follow_up import ExplanationRequest, Petition, TaskProduct
from models.tasks.task import Task
from models.tasks.task_state import TaskState

DOCS = ROOT / "docs"
PAPERS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted(DOCS.rglob("*.md"))]
READ = r"env(?:iron)?(?:\.get\(|\[)[\"']([A-Z_]+)[\"']"
LOOKED_AT = Moment(as_of=date(2026, 11, 21), known_on=date(2026, 11, 21))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def section(paper: str, heading: str) -> str:
    """What stands under a heading of docs/<paper>, up to the next heading of the same or a higher level."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text(DOCS / paper), re.MULTILINE | re.DOTALL)
    assert found, f"docs/{paper} has no section {heading!r}"
    return found[1]


def first_column(table: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def shell_lines(paper: Path) -> Iterator[str]:
    """Commands in the fenced shell blocks, without their remarks."""
    for block in re.findall(r"^```sh\n(.*?)^```", text(paper), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if command := line.split(" #")[0].strip():
                yield command


def environment_names() -> set[str]:
    """Every variable that our code reads: os.environ.get("X"), env.get("X"), os.environ["X"]."""
    return {name for file in reads_environment() for name in re.findall(READ, text(ROOT / file))}


def reads_environment() -> list[str]:
    rooms = [path for room in ("models", "etl", "dashboard") for path in sorted((ROOT / room).rglob("*.py"))]
    return [path.relative_to(ROOT).as_posix() for path in rooms if re.search(r"os\.environ|getenv", text(path))]


def add_examples(session: Session) -> None:
    """One row in each table that the reviewed data leave empty; never committed."""
    task, run = session.scalars(select(Task)).first(), session.scalars(select(Run)).first()
    assert task and run
    day, place, task_key = date(2026, 11, 1), task.place, task.key
    about = {"fingerprint": "-", "recorded_at": datetime(2026, 11, 1, tzinfo=UTC), "run_id": run.id, "actor": "a"}
    counted = {"task": task_key, "year": 2025, "name": "n", "value": 1, "unit": "u", "source": "s"}
    asked = {"subject_kind": "task", "subject": task_key, "agency": str(task.leads[0]), "question": "q"}
    asked |= {"asked_by": "b", "asked_on": day, "due_on": day}
    raised = {"raised_by_kind": "commune", "raised_by": "b", "raised_on": day, "topic": "t", "text": "t"}
    session.add(TaskProduct(key="p", **counted, **about))
    session.add(ExplanationRequest(key="gt-0001", place=place, **asked, **about))
    session.add(Petition(key="kn-0001", place=place, **raised, **about))


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.MULTILINE))


def test_every_setting_is_described_and_every_described_setting_is_read() -> None:
    assert set(first_column(text(DOCS / "settings.md"))) == environment_names()


def test_every_field_of_the_settings_comes_from_a_variable() -> None:
    read = re.findall(READ, text(ROOT / "models" / "config" / "settings.py"))
    assert len(Settings.__dataclass_fields__) == len(set(read))


def test_the_example_file_names_every_setting() -> None:
    assert set(re.findall(r"^# ([A-Z_]+)=", text(ROOT / ".env.example"), re.MULTILINE)) == environment_names()


@pytest.mark.parametrize("table", EXPORTS)
def test_every_column_of_an_exported_table_is_described(table: str, loaded: Engine) -> None:
    with Session(loaded) as session:
        add_examples(session)
        rows = EXPORTS[table](session, LOOKED_AT)
        session.rollback()
    assert first_column(section("api.md", table)) == list(rows[0])


def test_the_api_paper_describes_every_table_and_filter_and_no_other() -> None:
    paper = text(DOCS / "api.md")
    assert re.findall(r"^## (.+)$", paper, re.MULTILINE) == list(EXPORTS)
    assert set(re.findall(r"`(\w+)`", paper.split("**Filters**")[1].split("A filter")[0])) == set(FILTERS)


def test_the_export_of_the_register_is_described() -> None:
    columns = re.search(r"^### organizations\n(.*?)(?=^##)", text(DOCS / "api.md"), re.MULTILINE | re.DOTALL)
    assert columns and first_column(columns[1]) == [*ORGANIZATION_COLUMNS, "label"]


def test_the_states_of_tasks_are_described_in_order() -> None:
    assert first_column(section("method.md", "Tasks")) == [state.value for state in TaskState]


def test_the_month_from_which_a_final_value_counts_is_the_one_of_the_code() -> None:
    assert FINAL_VALUE_FROM_MONTH == 11 and "from 1 November" in section("method.md", "The arithmetic of a level")


def test_every_kind_of_received_file_is_described() -> None:
    assert first_column(section("adding-a-file.md", "Kinds of file")) == list(KINDS)


def test_every_database_table_is_described() -> None:
    tables = re.findall(
        r"^\| `([a-z_]+)` \| (?:reference|fact|record|derived)", text(DOCS / "data-model.md"), re.MULTILINE
    )
    assert sorted(tables) == sorted(metadata.tables)


def test_every_reviewed_file_is_described() -> None:
    described = first_column(section("data-model.md", "What lies in `data/`"))
    present = {p.relative_to(ROOT).as_posix() for p in (ROOT / "data").iterdir() if p.is_file()}
    assert {name for name in described if "*" not in name} == present
    assert all(list(ROOT.glob(name)) for name in described)


def test_every_column_of_the_figures_and_field_of_an_indicator_is_described() -> None:
    assert first_column(text(DOCS / "adding-a-figure.md")) == list(FigureRow.model_fields)
    assert set(first_column(text(DOCS / "adding-an-indicator.md"))) == set(IndicatorEntry.model_fields)


def test_every_group_of_indicators_has_a_name_on_screen_and_in_the_docs() -> None:
    entries = yaml.safe_load(text(ROOT / "data" / "indicators.yaml"))["indicators"]
    listed = re.search(r"^Groups: (.*?)\.", text(DOCS / "adding-an-indicator.md"), re.MULTILINE | re.DOTALL)
    assert {entry["group"] for entry in entries} <= set(GROUP_WORDS)
    assert listed and re.findall(r"`(\w+)`", listed[1]) == list(GROUP_WORDS)


def test_the_thresholds_of_the_method_are_those_of_the_data() -> None:
    content = yaml.safe_load(text(ROOT / "data" / "thresholds.yaml"))
    paper = section("method.md", "Thresholds")
    printed = {name: float(value) for name, value in re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", paper, re.MULTILINE)}
    assert printed == {
        name: item["value"] for name, item in content.items() if isinstance(item, dict) and "value" in item
    }
    assert f"`{content['version']}`" in paper and content["valid_from"].isoformat() in paper
    assert f"`{content['population_base']['choice']}`" in paper


def test_the_method_names_every_status_flag_comparator_and_kind_in_order() -> None:
    assert first_column(section("method.md", "Statuses, worst first")) == [status.value for status in WORST_FIRST]
    assert set(first_column(section("method.md", "Flags"))) == {flag.value for flag in Flag}
    assert set(first_column(section("method.md", "Comparators"))) == {comparator.value for comparator in Comparator}
    assert set(first_column(section("method.md", "Kinds"))) == {kind.value for kind in PromiseKind}


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_make_target_and_command_that_a_paper_names_exists(paper: Path) -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text(paper), re.MULTILINE))
    assert named <= make_targets()
    for command in shell_lines(paper):
        if match := re.search(r"python -m etl (.+)$", command):
            make_parser().parse_args(shlex.split(match[1]))
        if match := re.search(r"python -m dashboard (.+)$", command):
            papers.make_parser().parse_args(shlex.split(match[1]))


def test_the_readme_names_every_command() -> None:
    commands = {line.split("-m etl ")[1].split()[0] for line in shell_lines(ROOT / "README.md") if "-m etl " in line}
    choices = next(action for action in make_parser()._actions if action.dest == "command").choices
    assert choices and commands == set(choices)


def test_the_readme_names_every_make_target_but_help() -> None:
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", text(ROOT / "README.md"), re.MULTILINE))
    assert named == make_targets() - {"help"}


def test_the_commands_without_make_are_those_of_make_and_of_the_procfile() -> None:
    readme, makefile, procfile = (text(ROOT / name) for name in ("README.md", "Makefile", "Procfile"))
    serve = re.search(r"^web: (.+)$", procfile, re.MULTILINE)
    assert serve and f".venv/bin/{serve[1]}" in readme and serve[1] in makefile
    install = "-m pip install --require-hashes --no-deps -r"
    for command in (f"{install} requirements.lock", f"{install} requirements-dev.lock", "-m etl init", "-m pytest"):
        assert f".venv/bin/python {command}" in readme and f"$(BIN)/python {command}" in makefile
    assert '"$bin"/python -m pytest' in text(ROOT / ".ci" / "run")


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_inside_the_project_leads_somewhere(paper: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#|/)([^)#]+)", text(paper))  # addresses of pages: tests/dashboard/guide
    assert [link for link in links if not (paper.parent / link).exists()] == []


def test_decisions_are_numbered_without_gaps_and_say_what_and_why() -> None:
    papers = sorted((DOCS / "decisions").glob("0*.md"))
    assert [paper.name[:4] for paper in papers] == [f"{number:04d}" for number in range(1, len(papers) + 1)]
    for paper in papers:
        assert text(paper).startswith(f"# {paper.name[:4]} ")
        for part in ("**Question.**", "**Decision.**", "**Why.**", "**What follows.**"):
            assert part in text(paper), f"{paper.name} lacks {part}"


def test_every_decision_stands_once_in_the_index() -> None:
    index = re.findall(r"\]\((\d{4}-[^)]+\.md)\)", text(DOCS / "decisions" / "README.md"))
    papers = {paper.name for paper in (DOCS / "decisions").glob("0*.md")}
    assert sorted(index) == sorted(papers)
