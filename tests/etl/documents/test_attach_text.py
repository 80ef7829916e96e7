"""The document of a programme is attached, replaced and removed by command, on both databases, with a trail."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.commands.cli import main
from etl.documents.text_process import read_text_apart
from etl.files.storage import instance_of
from etl.loading.import_file import ImportService
from etl.parsing.issues import LoadError
from models.accounts.trail import TrailEntry
from models.base.source import SourceFile
from models.config.settings import ROOT
from models.targets.programme_text import ProgrammeText
from tests.conftest import load_reviewed
from tests.etl.documents.test_read_decision import DECISION, _word_file

SLUG = "ninh-thuan-2023"
TEXT = DECISION.replace("520-560 hợp tác xã", "180-200 hợp tác xã")


@pytest.fixture
def office(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Engine:
    load_reviewed(engine)
    monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("DATA_DIR", str(ROOT / "data"))
    return engine


def rows(engine: Engine) -> list[ProgrammeText]:
    with Session(engine) as session:
        return list(session.scalars(select(ProgrammeText).order_by(col(ProgrammeText.id))))


def test_a_document_is_attached_replaced_and_removed(
    office: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "qđ số 15.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["attach-text", SLUG, str(path)]) == 0
    said = capsys.readouterr().out
    assert "Đã gắn qđ số 15.txt" in said and "/14 cam kết có số" in said
    assert "không tìm thấy câu: khoảng 1.200-1.400 THT" in said and "180-200" not in said
    assert main(["attach-text", SLUG, str(path)]) == 0
    assert "Không có gì thay đổi" in capsys.readouterr().out and len(rows(office)) == 1
    assert main(["attach-text", SLUG, str(_word_file(tmp_path))]) == 0
    first, second = rows(office)
    assert first.removed_by == "dòng lệnh" and second.removed_at is None and second.name == "quyet-dinh.docx"
    assert (instance_of(office) / "files" / second.checksum).is_file()
    assert main(["attach-text", SLUG, "--remove"]) == 0
    assert main(["attach-text", SLUG, "--remove"]) == 1
    assert all(row.removed_at for row in rows(office))
    with Session(office) as session:
        told = [
            entry.subject.split(":")[0] for entry in session.scalars(select(TrailEntry).order_by(col(TrailEntry.id)))
        ]
    assert told[-3:] == ["Gắn văn bản của chương trình"] * 2 + ["Gỡ văn bản của chương trình"]


def test_what_cannot_be_attached_is_refused_and_not_kept(
    office: Engine, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "quet.txt"
    path.write_text("12", encoding="utf-8")
    for arguments, words in (
        ([SLUG, str(path)], "gần như không có chữ"),
        ([SLUG, str(tmp_path / "khong.txt")], "Không có tệp"),
        (["la-2023", str(path)], "Chọn một trong: dong-nai-01-2023"),
        ([SLUG], "Ghi tên tệp văn bản"),
        ([SLUG, str(path), "--remove"], "Ghi tên tệp văn bản"),
    ):
        assert main(["attach-text", *arguments]) == 1
        assert words in capsys.readouterr().err
    with Session(office) as session:
        assert not list(session.scalars(select(SourceFile))) and rows(office) == []


def test_the_file_stays_while_it_was_ever_attached(office: Engine, tmp_path: Path) -> None:
    path = tmp_path / "qd.txt"
    path.write_text(TEXT, encoding="utf-8")
    main(["attach-text", SLUG, str(path)])
    (row,) = rows(office)
    ImportService(office, ROOT / "data").let_go(row.checksum)
    assert (instance_of(office) / "files" / row.checksum).read_text("utf-8") == TEXT


def test_a_document_is_read_in_a_process_of_its_own_under_the_name_it_came_with(tmp_path: Path) -> None:
    kept = _word_file(tmp_path).rename(tmp_path / "0a1b")
    assert "Toàn tỉnh có khoảng 310 tổ hợp tác" in read_text_apart(kept, "QĐ 15.DOCX")
    with pytest.raises(LoadError, match="Không đọc tệp"):
        read_text_apart(kept, "QĐ 15.xlsx")
    with pytest.raises(LoadError, match="không phải tệp PDF"):
        read_text_apart(kept, "QĐ 15.pdf")
