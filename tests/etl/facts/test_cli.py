"""The commands as an administrator types them."""

import csv
import io
import json
from pathlib import Path

import pytest

from etl.commands.cli import main


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch, data, tmp_path: Path) -> Path:
    """An installation with its own data folder; gives the path of its (absent) database."""
    database = tmp_path / "instance" / "db.sqlite3"
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{database}")
    monkeypatch.setenv("DATA_DIR", str(data.folder))
    monkeypatch.setenv("AS_OF", "2026-11-21")
    return database


def test_init_says_what_it_loaded_and_the_second_time_that_nothing_changed(office, capsys) -> None:
    assert main(["init"]) == 0
    first = capsys.readouterr()
    assert "87 địa bàn" in first.out
    assert "226 nhiệm vụ" in first.out
    assert "Nạp task: 226" in first.err
    assert main(["init"]) == 0
    assert capsys.readouterr().out.startswith("Không có gì thay đổi")


def test_init_runs_on_both_databases(office, database_url, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    assert main(["init"]) == 0
    assert main(["init"]) == 0
    assert "Không có gì thay đổi" in capsys.readouterr().out
    assert main(["export", "gaps"]) == 0
    assert "thanh-hoa" in capsys.readouterr().out


def test_init_refuses_wrong_data_before_anything_is_written(office, data, capsys) -> None:
    line = data.replace("programmes/ninh-thuan-2023.yaml", "definition: with_enterprises_chain", "definition: chain")
    assert main(["init"]) == 1
    said = capsys.readouterr()
    assert f"programmes/ninh-thuan-2023.yaml, dòng {line}:" in said.err
    assert "chưa ghi gì" in said.err
    assert "Traceback" not in said.err
    assert not office.exists()


def test_check_touches_no_database(office, capsys) -> None:
    assert main(["check"]) == 0
    assert "Dữ liệu hợp lệ" in capsys.readouterr().out
    assert not office.exists()


def test_check_prints_every_problem_and_leaves_with_1(office, data, capsys) -> None:
    data.replace("programmes/ninh-thuan-2023.yaml", "horizon: 2030", "horizon: 2022")
    data.replace("figures.csv", ",actual,", ",real,")
    assert main(["check"]) == 1
    said = capsys.readouterr().err
    assert "figures.csv, dòng" in said
    assert "mốc 2022" in said


@pytest.mark.parametrize("table", ["places", "programmes", "targets", "gaps", "tasks", "observations"])
def test_an_export_has_the_same_rows_as_csv_and_json(office, capsys, table: str) -> None:
    main(["init"])
    capsys.readouterr()
    assert main(["export", table]) == 0
    text = capsys.readouterr().out
    assert not text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert main(["export", table, "--format", "json"]) == 0
    objects = json.loads(capsys.readouterr().out)
    assert len(rows) == len(objects) > 0
    assert list(rows[0]) == list(objects[0])
    assert {"place", "place_name"} & set(rows[0])


def _tasks(capsys, *arguments: str) -> list[dict[str, str]]:
    main(["init"])
    capsys.readouterr()
    main(["export", "tasks", *arguments])
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_an_export_of_tasks_has_the_120_rows_as_printed(office, capsys) -> None:
    rows = _tasks(capsys)
    assert len(rows) == 120
    assert {"programme", "number", "title", "leads", "deadline_kind", "due_on", "year", "state"} <= set(rows[0])
    recurring = [row for row in rows if row["deadline_kind"] in ("yearly", "continuous", "conditional")]
    assert recurring
    assert not any(row["due_on"] or row["year"] for row in recurring)


def test_an_export_of_tasks_for_a_day_has_one_row_an_instance(office, capsys) -> None:
    rows = _tasks(capsys, "--as-of", "2026-11-21")
    assert len({row["task"] for row in rows}) == 120
    assert len(rows) == 75 + 45 * 4
    assert all(row["state"] for row in rows if row["is_heading"] == "false")


def test_an_export_knows_only_what_was_known_by_the_day(office, capsys) -> None:
    main(["init"])
    capsys.readouterr()
    main(["export", "observations", "--as-of", "2024-01-01"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert rows
    assert all(row["known_on"] <= "2024-01-01" for row in rows)


def test_an_export_can_be_written_to_a_file(office, capsys, tmp_path: Path) -> None:
    main(["init"])
    assert main(["export", "places", "--out", str(tmp_path / "places.csv")]) == 0
    assert len((tmp_path / "places.csv").read_text(encoding="utf-8").splitlines()) == 88
    assert main(["export", "places", "--out", str(tmp_path / "absent" / "places.csv")]) == 1
    assert "Không đọc hoặc ghi được" in capsys.readouterr().err


def test_an_export_without_a_database_says_to_run_init_and_makes_none(office, capsys) -> None:
    assert main(["export", "gaps"]) == 1
    assert "python -m etl init" in capsys.readouterr().err
    assert not office.exists()


def test_an_export_from_an_empty_database_says_to_run_init(office, capsys) -> None:
    office.parent.mkdir()
    office.touch()
    assert main(["export", "gaps"]) == 1
    assert "python -m etl init" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["load"], ["export"], ["export", "gap"], ["export", "gaps", "--as-of", "21/11/2026"], ["init", "--fast"]],
)
def test_wrong_usage_leaves_with_2_and_vietnamese_words(office, capsys, arguments: list[str]) -> None:
    assert main(arguments) == 2
    said = capsys.readouterr().err
    assert said.startswith("Lệnh sai:")
    assert "Cách gọi:" in said


@pytest.mark.parametrize(("name", "value"), [("AS_OF", "hôm nay"), ("DATABASE_URL", "mysql://a/b")])
def test_a_wrong_setting_leaves_with_2_and_names_the_setting(office, monkeypatch, capsys, name, value) -> None:
    monkeypatch.setenv(name, value)
    assert main(["init"]) == 2
    assert name in capsys.readouterr().err


def test_a_database_that_does_not_answer_is_said_without_a_traceback(office, monkeypatch, capsys) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert main(["init"]) == 1
    assert "Cơ sở dữ liệu báo lỗi" in capsys.readouterr().err


def test_days_in_the_future_count_as_today_and_this_is_said(office, capsys) -> None:
    assert main(["init"]) == 0
    capsys.readouterr()
    told = {}
    for day in ("2026-11-21", "9999-12-31"):
        assert main(["export", "tasks", "--as-of", day, "--known-on", day]) == 0
        said = capsys.readouterr()
        told[day] = said.out
        assert ("Ngày sau hôm nay được tính như hôm nay (21/11/2026)" in said.err) is (day > "2026-11-21")
    assert told["2026-11-21"] == told["9999-12-31"] and len(told["2026-11-21"]) > 1000
