"""A newcomer enters a fifth province: what fits is taken, what would be wrong in silence is refused with a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from etl.facts.checks import check_facts
from etl.facts.facts_reader import read_facts

NAME = "programmes/binh-thuan-2021.yaml"
TH = "programmes/thanh-hoa-922-2023.yaml"
FIFTH = """programme:
  slug: binh-thuan-2021
  place: binh-thuan
  title: "Chiến lược phát triển kinh tế tập thể, hợp tác xã đến năm 2030"
  document: {number: null, issued_on: 2021-12-31, issued_precision: month, issued_text: "năm 2021", issuer: ubnd-tinh,
    issuer_text: "UBND tỉnh Bình Thuận", signed_note: null}
  implements: [{number: "340/QĐ-TTg", issued_on: 2021-03-12, title: "Chiến lược phát triển kinh tế tập thể 2021-2030"}]
  replaces: []
  reporting: {text: "trước ngày 15/12 hằng năm", month: 12, last_day: 14, to: so-ke-hoach-va-dau-tu, clause: "V"}
  entered: {annex: true, body: false}
  checked: false
  remark: null
targets:
  - {indicator: tht_count, definition: unstated, horizon: 2030, comparator: about, kind: by, low: 5412, high: null,
     unit: THT, clause: "II", wording: "khoảng 5.412 tổ hợp tác", nested_in: null}
  - {indicator: htx_count, definition: unstated, horizon: 2030, comparator: about, kind: by, low: 248, high: null,
     unit: HTX, clause: "II", wording: "248 hợp tác xã", nested_in: null}
  - {indicator: htx_good_fair_share, definition: denominator_unstated, horizon: 2030, comparator: range, kind: by,
     low: 60, high: 70, unit: "%", clause: "II", wording: "từ 60% - 70%", nested_in: null}
  - {indicator: htx_weak_count, definition: published, horizon: 2030, comparator: equal, kind: by, low: 0, high: 0,
     unit: HTX, clause: "II", wording: "không còn HTX yếu kém", nested_in: null}
promises: []
tasks:
  sections: [{number: "I", title: "Tuyên truyền"}]
  rows:
    - {section: "I", number: "1", parent: null, title: "Tuyên truyền", leads: [so-thong-tin-va-truyen-thong],
       leads_text: "Sở Thông tin và Truyền thông", coordinators: [], coordinators_text: "", product: null,
       deadline_text: "Hàng năm", deadline_kind: yearly, due_on: null, heading: false, done_in_document: false}
"""


@pytest.fixture
def fifth(data):
    (data.folder / NAME).write_text(FIFTH, encoding="utf-8")
    return data


def test_a_fifth_province_as_printed_is_taken(fifth) -> None:
    assert fifth.issues() == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("low: 5412", "low: 5.412", "đọc được hai cách: 5412 hoặc 5.4120"),
        ("low: 5412", "low: 5421", "không có con số 5421"),
        ("high: 70", "high: 75", 'không có con số 75 ghi ở "high"'),
        ("comparator: about, kind: by, low: 5412", "comparator: at_least, kind: by, low: 5412", 'khác "at_least"'),
        (
            "comparator: equal, kind: by, low: 0, high: 0",
            "comparator: at_least, kind: by, low: 0, high: null",
            "trái chiều",
        ),
        ("place: binh-thuan\n", "place: lam-dong\n", "chỉ có từ ngày 01/7/2025"),
        (
            "leads: [so-thong-tin-va-truyen-thong]",
            "leads: [so-nong-nghiep-va-moi-truong]",
            "không tồn tại vào ngày ban hành",
        ),
        ("to: so-ke-hoach-va-dau-tu", "to: so-dan-toc-va-ton-giao", "không tồn tại vào ngày ban hành"),
        ("last_day: 14", "last_day: 15", "có nghĩa là hết ngày 14/12, không phải 15/12"),
        ("  entered: {annex: true, body: false}\n", "", 'thiếu trường "entered"'),
    ],
)
def test_a_slip_in_it_is_refused_with_a_sentence(fifth, old: str, new: str, says: str) -> None:
    fifth.replace(NAME, old, new)
    found = fifth.issues()
    assert any(issue.file == NAME and says in issue.what and issue.remedy for issue in found), "\n".join(
        map(str, found)
    )


def test_a_figure_in_another_unit_than_printed_needs_a_note_that_says_how(fifth) -> None:
    fifth.replace(NAME, 'wording: "khoảng 5.412 tổ hợp tác"', 'wording: "khoảng 54,12 trăm tổ hợp tác"')
    (issue,) = fifth.issues()
    assert "không có con số 5412" in issue.what and "note" in issue.remedy
    fifth.replace(NAME, 'tổ hợp tác", nested_in: null', 'tổ hợp tác", nested_in: null, note: "54,12 x 100"')
    assert fifth.issues() == []


def test_two_decisions_that_promise_the_same_must_name_each_other(fifth) -> None:
    later = FIFTH.replace("binh-thuan-2021", "binh-thuan-2022").replace("2021-12-31", "2022-12-31")
    (fifth.folder / "programmes" / "binh-thuan-2022.yaml").write_text(later, encoding="utf-8")
    found = fifth.issues()
    assert [issue.file for issue in found] == ["programmes/binh-thuan-2022.yaml"] * 4
    assert 'amends: "binh-thuan-2021/tht_count/2030"' in found[0].remedy


def test_what_is_dated_after_today_is_refused(data) -> None:
    assert check_facts(read_facts(data.folder), date(2026, 11, 30)) == []
    data.replace(TH, "issued_on: 2023-03-21", "issued_on: 2032-03-21")
    found = check_facts(read_facts(data.folder), date(2026, 11, 30))
    assert any("ngày 21/3/2032 ở sau hôm nay, 30/11/2026" in issue.what for issue in found)
