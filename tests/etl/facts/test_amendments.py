"""A later decision may amend an older promise; both stay visible."""

from datetime import date

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.targets.programme import Target

HTX_2030 = "thanh-hoa-922-2023/htx_count/2030"
AMENDING = """programme:
  slug: thanh-hoa-thu-2026
  place: thanh-hoa
  title: "Chương trình thử"
  document: {number: "1/KH", issued_on: 2026-05-04, issued_precision: day, issued_text: "04/5/2026", issuer: ubnd-tinh,
    issuer_text: "UBND tỉnh Thanh Hóa", signed_note: null}
  implements: []
  replaces: []
  reporting: null
  entered: {annex: true, body: true}
  checked: true
  remark: null
targets:
  - {indicator: htx_count, definition: unstated, horizon: 2030, comparator: at_least, kind: by, low: 1500, high: null,
     unit: HTX, clause: "I", wording: "1.500 HTX trở lên", nested_in: null,
     amends: thanh-hoa-922-2023/htx_count/2030}
promises: []
tasks: {sections: [], rows: []}
"""


def test_an_amended_promise_stays_and_names_the_decision_that_amended_it(engine: Engine, data) -> None:
    data.load(engine)
    (data.folder / "programmes" / "thanh-hoa-thu-2026.yaml").write_text(AMENDING, encoding="utf-8")
    changes = data.load(engine).tables["target"]
    assert (changes.added, changes.changed) == (1, 1)
    with Session(engine) as session:
        current = col(Target.superseded_at).is_(None)
        old = session.scalars(select(Target).where(col(Target.key) == HTX_2030, current)).one()
        new = session.scalars(select(Target).where(col(Target.programme) == "thanh-hoa-thu-2026")).one()
    assert (old.low, old.amended_on, old.amended_by) == (1280, date(2026, 5, 4), "thanh-hoa-thu-2026")
    assert (new.low, new.amended_on) == (1500, None)


def test_a_promise_cannot_amend_itself_or_one_that_does_not_exist(data) -> None:
    path = data.folder / "programmes" / "thanh-hoa-thu-2026.yaml"
    path.write_text(AMENDING.replace("thanh-hoa-922-2023/htx_count/2030", "thanh-hoa-922-2023/htx_count/2031"))
    assert any(issue.what == 'không có cam kết "thanh-hoa-922-2023/htx_count/2031"' for issue in data.issues())
    path.write_text(AMENDING.replace("thanh-hoa-922-2023/htx_count/2030", "thanh-hoa-thu-2026/htx_count/2030"))
    assert any("không cũ hơn" in issue.what for issue in data.issues())
