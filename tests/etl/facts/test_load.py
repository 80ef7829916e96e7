"""What `init` writes, and that it never overwrites."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session
from sqlmodel import SQLModel, col

from etl.facts.rows import programmes
from etl.parsing.issues import LoadError
from models.base.source import ReferenceChange, Run
from models.places.agency import Agency
from models.places.place import Place
from models.registry import metadata
from models.targets.indicator import Indicator, ThresholdSet
from models.targets.observation import Observation
from models.targets.programme import Target
from models.tasks.task import Task

FIRST_DAY = date(2026, 11, 21)
LATER = FIRST_DAY + timedelta(days=9)


def count(engine: Engine, model: type[SQLModel], *where: object) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0  # type: ignore[arg-type]


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: sorted(map(repr, connection.execute(select(table))))  # type: ignore[misc]
            for table in metadata.sorted_tables
        }


def test_120_tasks_are_loaded_29_45_16_and_30(loaded: Engine) -> None:
    with Session(loaded) as session:
        annex = select(col(Task.programme), func.count()).where(col(Task.origin) == "annex")
        statement = annex.group_by(col(Task.programme))
        counts = {name: number for name, number in session.execute(statement)}  # noqa: C416
    assert counts == {
        "ninh-thuan-2023": 29,
        "thanh-hoa-922-2023": 45,
        "gia-lai-2020": 16,
        "dong-nai-01-2023": 30,
    }


def test_60_promises_are_loaded_and_gia_lai_makes_none(loaded: Engine) -> None:
    with Session(loaded) as session:
        statement = select(col(Target.place), func.count()).group_by(col(Target.place))
        counts = {name: number for name, number in session.execute(statement)}  # noqa: C416
    assert counts == {"ninh-thuan": 14, "thanh-hoa": 20, "dong-nai-truoc-2025-07": 13, "viet-nam": 13}


def test_loading_writes_one_done_run_with_its_counts(engine: Engine, data) -> None:
    loaded = data.load(engine)
    with Session(engine) as session:
        (run,) = session.scalars(select(Run))
    assert (run.id, run.kind, run.status) == (loaded.run_id, "init", "done")
    assert run.finished_at is not None
    assert run.summary["task"] == {"added": 226, "changed": 0, "withdrawn": 0, "untouched": 0}


def test_loading_twice_changes_nothing_even_on_another_day(engine: Engine, data) -> None:
    data.load(engine, FIRST_DAY)
    before = content(engine)
    again = data.load(engine, LATER)
    assert again.run_id is None
    assert again.total.is_empty
    assert content(engine) == before


def test_a_changed_figure_supersedes_and_the_old_one_stays(engine: Engine, data) -> None:
    data.load(engine)
    figure = data.figures()[0]
    data.change_figure(figure["key"], value="20")
    changes = data.load(engine).tables["observation"]
    assert (changes.added, changes.changed, changes.withdrawn) == (0, 1, 0)
    old, new = versions(engine, figure["key"])
    assert old.superseded_at == new.recorded_at
    assert new.superseded_at is None
    assert (old.value, new.value) == (float(figure["value"]), 20)
    assert new.run_id > old.run_id


def versions(engine: Engine, key: str) -> list[Observation]:
    with Session(engine) as session:
        statement = select(Observation).where(col(Observation.key) == key).order_by(col(Observation.id))
        return list(session.scalars(statement))


def test_a_removed_figure_is_withdrawn_not_deleted(engine: Engine, data) -> None:
    data.load(engine)
    first, *rest = data.figures()
    data.write_figures(rest)
    assert data.load(engine).tables["observation"].withdrawn == 1
    (gone,) = versions(engine, first["key"])
    assert gone.superseded_at is not None
    assert count(engine, Observation, col(Observation.superseded_at).is_(None)) == len(rest)


def test_a_removed_figure_may_come_back(sqlite_engine: Engine, data) -> None:
    data.load(sqlite_engine)
    figures = data.figures()
    data.write_figures(figures[1:])
    data.load(sqlite_engine)
    data.write_figures(figures)
    assert data.load(sqlite_engine).tables["observation"].added == 1


def test_a_value_without_a_publication_day_is_known_since_its_first_load(sqlite_engine: Engine, data) -> None:
    figures = data.figures()
    early, late = [row["key"] for row in figures if not row["published_on"]][:2]
    data.write_figures([row for row in figures if row["key"] != late])
    data.load(sqlite_engine, FIRST_DAY)
    data.write_figures(figures)
    data.load(sqlite_engine, LATER)
    (first,), (second,) = versions(sqlite_engine, early), versions(sqlite_engine, late)
    assert (first.known_on, second.known_on) == (FIRST_DAY, LATER)
    assert first.known_on_is_load_date
    assert second.known_on_is_load_date


def test_a_corrected_value_without_a_publication_day_stays_known_since_its_first_load(
    sqlite_engine: Engine, data
) -> None:
    data.load(sqlite_engine, FIRST_DAY)
    key = next(row["key"] for row in data.figures() if not row["published_on"])
    data.change_figure(key, note="Đã đối chiếu lại")
    data.load(sqlite_engine, LATER)
    assert [row.known_on for row in versions(sqlite_engine, key)] == [FIRST_DAY, FIRST_DAY]


def test_a_publication_day_found_later_replaces_the_day_of_the_load(sqlite_engine: Engine, data) -> None:
    data.load(sqlite_engine, FIRST_DAY)
    key = next(row["key"] for row in data.figures() if not row["published_on"])
    data.change_figure(key, published_on="2026-01-02")
    data.load(sqlite_engine, LATER)
    _, new = versions(sqlite_engine, key)
    assert (new.known_on, new.known_on_is_load_date) == (date(2026, 1, 2), False)


def test_a_changed_agency_is_updated_in_place_and_its_earlier_name_kept(engine: Engine, data) -> None:
    data.load(engine)
    data.replace("agencies.csv", "Sở Tài chính,Sở Tài chính", "Sở Tài chính tỉnh,Sở Tài chính")
    changes = data.load(engine)
    assert changes.total.changed == 1
    with Session(engine) as session:
        agency = session.get(Agency, "so-tai-chinh")
        (change,) = session.scalars(select(ReferenceChange))
    assert agency is not None
    assert agency.name == "Sở Tài chính tỉnh"
    assert (change.table_name, change.row_key, change.before["name"]) == ("agency", "so-tai-chinh", "Sở Tài chính")


def test_a_changed_indicator_keeps_its_earlier_definitions(engine: Engine, data) -> None:
    data.load(engine)
    data.replace("indicators.yaml", "name: Số hợp tác xã\n", "name: Tổng số hợp tác xã\n")
    data.load(engine)
    with Session(engine) as session:
        indicator = session.get(Indicator, "htx_count")
        (change,) = session.scalars(select(ReferenceChange))
    assert indicator is not None
    assert indicator.name == "Tổng số hợp tác xã"
    assert change.before["definitions"] == indicator.definitions


def test_a_new_version_of_the_cut_offs_stands_beside_the_old_one(engine: Engine, data) -> None:
    data.load(engine)
    data.replace("thresholds.yaml", 'version: "2026-11"', 'version: "2027-01"')
    data.load(engine)
    assert count(engine, ThresholdSet) == 2


def test_an_agency_that_nothing_names_can_be_removed_and_its_content_is_kept(engine: Engine, data) -> None:
    data.replace("agencies.csv", "so-tai-chinh,", "so-thu,Sở Thử,Sở Thử,province,department,,,\nso-tai-chinh,")
    data.load(engine)
    data.replace("agencies.csv", "so-thu,Sở Thử,Sở Thử,province,department,,,\n", "")
    assert data.load(engine).tables["agency"].withdrawn == 1
    with Session(engine) as session:
        assert session.get(Agency, "so-thu") is None
        assert session.scalars(select(ReferenceChange)).one().before["name"] == "Sở Thử"


def test_a_programme_that_was_loaded_cannot_vanish(engine: Engine, data) -> None:
    data.load(engine)
    before = content(engine)
    (data.folder / "programmes" / "gia-lai-2020.yaml").unlink()
    with pytest.raises(LoadError, match="giữ lại mã cũ"):
        data.load(engine)
    assert content(engine) == before


def test_places_and_facts_of_other_imports_are_left_alone(sqlite_engine: Engine, data) -> None:
    data.load(sqlite_engine)
    with Session(sqlite_engine) as session:
        session.add(Place(slug="xa-thu", name="Xã Thử", level="commune"))
        first = session.scalars(select(Observation)).first()
        run = Run(kind="report_form", source="x", checksum="x", actor="x", started_at=first.recorded_at, status="done")
        session.add(run)
        session.flush()
        copy = first.model_dump() | {"id": None, "key": "import/1", "run_id": run.id}
        session.add(Observation.model_validate(copy))
        session.commit()
    assert data.load(sqlite_engine).run_id is None


def test_every_annex_row_and_every_duty_of_a_body_has_a_key_of_its_own(data) -> None:
    from etl.facts.facts_reader import read_facts

    rows = programmes.task_rows(read_facts(data.folder).programmes)
    assert len({row["key"] for row in rows}) == len(rows) == 120 + 106
