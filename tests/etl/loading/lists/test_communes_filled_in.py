"""Words of communes that nobody knew become communes once their table is loaded or the word is answered."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from etl.loading.reread import reread
from etl.loading.runs import undo_run
from etl.questions.question import ImportAnswer, QuestionKind
from etl.writing.answers import write_answers
from models.accounts.changing import ChangeSession
from models.accounts.trail import Deed
from models.register.organization import OrganizationDetail
from tests.etl.loading.desk import CODES, Desk

HEAD = "old_code,old_name,old_district,old_province,new_code,new_name,new_province_code,new_province,remark"
AREA = "gia-lai-truoc-2025-07"


def table(desk: Desk) -> Path:
    rows = [
        "23563,Phường Tây Sơn,Thành phố Pleiku (622),Tỉnh Gia Lai (64),23563,Phường Pleiku,52,Gia Lai,Nhập toàn bộ",
        "23700,Xã Hòa Phú,Huyện Chư Păh (627),Tỉnh Gia Lai (64),23722,Xã Chư Păh,52,Tỉnh Gia Lai,Nhập toàn bộ",
    ]
    path = desk.folder / "communes.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding="utf-8")
    return path


def listed(desk: Desk, year: int = 2023) -> None:
    rows = [["HTX Một", CODES[0], "xã Hoà Phú"], ["HTX Hai", CODES[1], "Hòa Phú mới"], ["HTX Ba", CODES[2], "Chư Păh"]]
    assert desk.load(desk.register(*rows), "register", "gia-lai", year, leave_out=True).run_id


def codes(desk: Desk) -> dict[str, str | None]:
    return {row.name.split()[-1]: row.commune_code for row in desk.all(OrganizationDetail)}


def test_loading_the_table_fills_in_what_it_knows_and_undoing_it_takes_it_back(any_desk: Desk) -> None:
    listed(any_desk)
    assert set(codes(any_desk).values()) == {None}
    before = any_desk.current()
    outcome = any_desk.load(table(any_desk), "communes", None, None)
    assert outcome.run_id and codes(any_desk) == {"Một": "23700", "Hai": None, "Ba": None}
    undo_run(any_desk.engine, outcome.run_id, "test")
    assert any_desk.current() == before


def test_a_list_of_after_the_merger_is_filled_in_by_its_own_boundaries(desk: Desk) -> None:
    listed(desk, 2025)
    desk.load(table(desk), "communes", None, None)
    assert codes(desk) == {"Một": "23722", "Hai": None, "Ba": "23722"}


def test_an_answer_fills_in_what_earlier_files_said(desk: Desk) -> None:
    desk.load(table(desk), "communes", None, None)
    listed(desk)
    assert codes(desk)["Hai"] is None and reread(desk.import_settings, AREA, "test") is None
    with ChangeSession(desk.engine) as session:
        answer = ImportAnswer(QuestionKind.COMMUNE, "commune", "Hòa Phú mới", "23700", "Xã Hòa Phú")
        write_answers(session, [answer], AREA, "chi", datetime.now(UTC))
        session.finish(Deed("update", "chi"))
    run = reread(desk.import_settings, AREA, "chi")
    assert run and codes(desk)["Hai"] == "23700"
    undo_run(desk.engine, run, "chi")
    assert codes(desk)["Hai"] is None
