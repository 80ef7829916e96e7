"""A wrong published figure is mended beside its row, says so, and the correction goes when the publisher mends it."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from models.targets.observation import Observation

HEAD = "key,source_says,we_use,reason,corrected_by,corrected_on,source_title,source_url\n"


def first_figure(data) -> dict[str, str]:
    return next(row for row in data.figures() if row["indicator"] == "htx_count")


def correct(data, key: str, says: str, use: str) -> None:
    line = f"{key},{says},{use},Bài báo in thiếu một chữ số,Sở Tài chính,2026-11-01,Công văn đính chính,\n"
    (data.folder / "corrections.csv").write_text(HEAD + line, encoding="utf-8")


def test_the_corrected_value_stands_and_its_note_tells_both(data, engine: Engine) -> None:
    figure = first_figure(data)
    correct(data, figure["key"], figure["value"], "77")
    assert data.issues() == []
    data.load(engine)
    with Session(engine) as session:
        row = session.scalars(select(Observation).where(Observation.key == figure["key"])).one()
    assert row.value == 77
    assert f"Nguồn ghi {figure['value']}, ở đây dùng 77: Bài báo in thiếu một chữ số" in row.note
    assert "Sở Tài chính, 01/11/2026; Công văn đính chính" in row.note


def test_a_correction_is_refused_once_the_publisher_has_mended_the_figure(data) -> None:
    figure = first_figure(data)
    correct(data, figure["key"], figure["value"], "77")
    data.change_figure(figure["key"], value="77")
    (issue,) = data.issues()
    assert (issue.file, issue.line) == ("corrections.csv", 2)
    assert "nguồn nay ghi 77" in issue.what
    assert "xóa dòng sửa số" in issue.remedy


@pytest.mark.parametrize(
    ("key", "use", "says"), [("khong-co", "77", "không có số liệu nào"), ("", "same", "không sửa gì")]
)
def test_a_correction_of_nothing_is_refused(data, key: str, use: str, says: str) -> None:
    figure = first_figure(data)
    correct(data, key or figure["key"], figure["value"], figure["value"] if use == "same" else use)
    assert any(says in issue.what for issue in data.issues())


def test_the_reviewed_corrections_hold(data) -> None:
    assert not [issue for issue in data.issues() if issue.file == "corrections.csv"]
