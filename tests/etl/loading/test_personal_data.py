"""What reaches or identifies a person stands nowhere once a file is loaded, given up or refused."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from etl.commands.cli import main
from etl.export.organizations import organization_rows
from etl.files.storage import instance_of
from etl.loading.import_file import ImportService
from models.config.settings import ROOT
from models.register.organization import YearReport
from tests.etl.loading.desk import TODAY, Desk
from tests.etl.loading.personal_book import PHONES, found_in_database, found_in_files, leaks, personal_book

FILE = f"Danh sách {PHONES[3]}.xlsx"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of this test alone, whichever database it is on."""
    monkeypatch.setenv("INSTANCE_DIR", str(tmp_path / "instance"))


def _prepared(desk: Desk, content: bytes) -> tuple[ImportService, str, str]:
    door = ImportService(desk.engine, ROOT / "data")
    received = door.receive(FILE, content)
    return door, received.checksum, door.prepare(received.checksum, "register", "gia-lai", 2023).token


def _found(desk: Desk) -> list[str]:
    folder = instance_of(desk.engine)
    return [*found_in_database(desk.engine), *found_in_files(folder, folder / "test.sqlite3")]


def test_a_loaded_file_leaves_nothing_of_a_person_behind(any_desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    door, checksum, first = _prepared(any_desk, personal_book())
    values = door.prepared(first).values
    assert values["has_personal"] and leaks(json.dumps(values, ensure_ascii=False)) == []
    given = {question["id"]: "-" for question in values["questions"]["asked"]}
    door.keep_answers(first, given, "test", False, None)
    token = door.prepare(checksum, "register", "gia-lai", 2023, earlier=first).token
    assert door.prepared(token).values["rows"]["new"] == 12
    run_id = door.commit(token, "test", True)
    assert _found(any_desk) == []
    with Session(any_desk.engine) as session:
        assert leaks(str(organization_rows(session, with_persons=True))) == []
    door.undo(run_id, "test")
    assert _found(any_desk) == [] and leaks(caplog.text) == []


@pytest.mark.parametrize("is_refused", [False, True])
def test_a_file_given_up_is_gone_with_its_preview(any_desk: Desk, is_refused: bool) -> None:
    door, _checksum, token = _prepared(any_desk, personal_book(is_refused=is_refused))
    assert door.prepared(token).values["stops_file"] == is_refused
    waiting = _found(any_desk)
    assert len(waiting) == 1 and waiting[0].endswith("a workbook")
    door.cancel(token)
    assert _found(any_desk) == []


def test_a_loaded_file_without_data_of_persons_stays_as_evidence(desk: Desk) -> None:
    content = desk.register(("HTX Chứng Cứ", "", "", "Đang hoạt động", 20)).read_bytes()
    door, checksum, token = _prepared(desk, content)
    door.commit(token, "test", True)
    assert (instance_of(desk.engine) / "files" / checksum).read_bytes() == content


@pytest.mark.parametrize("more", [[], ["--dry-run"], ["--yes"]])
def test_the_command_leaves_nothing_behind(
    desk: Desk, more: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = desk.folder / FILE
    path.write_bytes(personal_book())
    monkeypatch.setenv("DATABASE_URL", desk.engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("AS_OF", TODAY.isoformat())
    assert main(["load", str(path), "--as", "register", "--place", "gia-lai", "--year", "2023", *more]) == 0
    path.unlink()
    told = capsys.readouterr()
    assert "12" in told.out and leaks(told.out) == [] == leaks(told.err) and _found(desk) == []


def test_numbers_of_persons_are_no_counts(desk: Desk) -> None:
    outcome = desk.load(desk.register(("HTX Đếm", "", "", "Đang hoạt động", 912345678)), leave_out=True)
    assert outcome.run_id and "number.too_large" in {finding.rule for finding in outcome.findings}
    assert [report.member_count for report in desk.all(YearReport)] in ([], [None])
