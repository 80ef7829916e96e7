"""Decisions are read into drafts: promises as printed, tasks as printed, and never a figure that is no promise."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import docx
import pytest
import yaml

from dashboard.reports.pdf import print_pdf
from etl.commands.cli import main
from etl.documents.annex import AnnexRow, read_annex
from etl.documents.decision_draft import draft_columns, read_decision
from etl.documents.document_facts import NamedDocument, read_facts_of
from etl.documents.document_text import read_document_text
from etl.documents.promises import DraftPromise, read_promises
from etl.parsing.issues import LoadError
from models.base.text import fold
from models.config.settings import ROOT

SHARED = ROOT.parent / "shared" / "documents"
PROGRAMMES = {
    "ninh_thuan_2023": "ninh-thuan-2023",
    "thanh_hoa_922_2023": "thanh-hoa-922-2023",
    "dong_nai_01_2023": "dong-nai-01-2023",
    "gia_lai_2020": "gia-lai-2020",
}
WHOLE, DAMAGED = 0.95, 0.8
DECISION = """ỦY BAN NHÂN DÂN TỈNH MẪU SƠN
Số: 15/QĐ-UBND
Mẫu Sơn, ngày 05 tháng 4 năm 2024
QUYẾT ĐỊNH
Ban hành Kế hoạch phát triển kinh tế tập thể
Căn cứ Luật Hợp tác xã ngày 20/6/2023;
Căn cứ Nghị quyết số 20-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương;
Điều 2. Kế hoạch này thay thế Kế hoạch số 77/KH-UBND ngày 01/02/2022 thực hiện Kế hoạch số 12-KH/TU ngày 03/01/2022.
II. MỤC TIÊU
1. Thực trạng
Hiện nay toàn tỉnh có 412 hợp tác xã với 9.000 thành viên.
2. Mục tiêu cụ thể
a) Đến năm 2030:
- Toàn tỉnh có khoảng 310 tổ hợp tác với 4.200 thành viên, 520-560 hợp tác xã (gồm: 400 hợp tác xã nông nghiệp);
có 03 liên hiệp hợp tác xã.
- Bình quân mỗi năm thành lập mới 25 hợp tác xã; hằng năm có trên 55% hợp tác xã xếp loại tốt, khá.
- Ít nhất 40% hợp tác xã nông nghiệp liên kết với doanh nghiệp theo chuỗi giá trị; 12% sản phẩm có mã vạch.
b) Tầm nhìn đến năm 2045:
Tối thiểu 22% dân số tham gia. Bảo đảm 91% tổ chức kinh tế tập thể hoạt động hiệu quả, trong đó có khoảng 70% tham gia
các chuỗi liên kết. Không còn hợp tác xã yếu kém.
III. NHIỆM VỤ
Xây dựng Đề án phát triển 15.000 hợp tác xã đến năm 2030 theo Quyết định số 461/QĐ-TTg ngày 27/4/2018.
"""
ANNEX = [
    ["STT", "Nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian thực hiện"],
    ["I", "Tuyên truyền", "", "", "", ""],
    ["1", "Mở lớp", "Sở Nội vụ", "- Sở Tài chính; - UBND cấp xã.", "Báo cáo (đã hoàn thành)", "Hằng quý"],
    ["2", "Lập kế hoạch", "", "", "", ""],
    ["2.1", "Bước một", "Liên minh HTX tỉnh", "", "", "Quý II/2024"],
]


def parts(promise: DraftPromise) -> tuple[object, ...]:
    return (
        promise.indicator,
        promise.horizon,
        str(promise.comparator),
        str(promise.kind),
        promise.low,
        promise.high,
        promise.nested_in,
    )


@pytest.fixture(params=PROGRAMMES)
def printed(request: pytest.FixtureRequest) -> tuple[str, dict[str, object], str]:
    path = SHARED / f"{request.param}.txt"
    if not path.is_file():
        pytest.skip("the texts of the four programmes are not shipped")
    facts = yaml.safe_load((ROOT / "data" / "programmes" / f"{PROGRAMMES[request.param]}.yaml").read_text("utf-8"))
    return path.read_text("utf-8"), facts, request.param


def test_the_promises_of_the_four_programmes_are_found_as_they_were_entered(
    printed: tuple[str, dict[str, list[dict[str, object]]], str],
) -> None:
    text, facts, _ = printed
    found = read_decision(text).promises
    names = ("indicator", "horizon", "comparator", "kind", "low", "high", "nested_in")
    wanted = {tuple(target[name] for name in names) for target in facts["targets"]}
    right = {parts(promise) for promise in found} & wanted
    assert len(right) >= WHOLE * len(wanted)
    assert len(found) - len(right) <= (1 - WHOLE) * 2 * len(found)
    assert all(text[promise.start : promise.end] == promise.wording for promise in found)


def test_the_rows_of_the_annexes_are_found_as_printed(
    printed: tuple[str, dict[str, dict[str, list[dict[str, str]]]], str],
) -> None:
    text, facts, name = printed
    rows = {(row.section, row.number): row for row in read_annex(text)}
    entered = facts["tasks"]["rows"]
    same = [row for row in entered if _is_same(rows.get((row["section"], row["number"])), row)]
    assert len(same) >= (DAMAGED if name == "dong_nai_01_2023" else WHOLE) * len(entered)
    assert set(rows) <= {(row["section"], row["number"]) for row in entered}


def _is_same(found: AnnexRow | None, entered: dict[str, str]) -> bool:
    def plain(text: str) -> str:
        return fold(text).replace(";", ",").strip(". ")

    wanted = (entered["leads_text"], entered["deadline_text"])
    return found is not None and tuple(map(plain, (found.leads_text, found.deadline_text))) == tuple(map(plain, wanted))


def test_a_document_says_what_it_is() -> None:
    facts = read_facts_of(DECISION)
    assert (facts.number, facts.issued_on, facts.issued_precision) == ("15/QĐ-UBND", date(2024, 4, 5), "day")
    assert facts.issuer_text == "ỦY BAN NHÂN DÂN TỈNH MẪU SƠN"
    assert facts.bases == (NamedDocument("20-NQ/TW", date(2022, 6, 16)),)
    assert facts.replaces == (NamedDocument("77/KH-UBND", date(2022, 2, 1)),)


def test_promises_keep_their_words_and_facts_and_tasks_are_none() -> None:
    found = [parts(promise) for promise in read_promises(DECISION, 2024)]
    assert found == [
        ("tht_count", 2030, "about", "by", 310, None, None),
        ("tht_member_count", 2030, "about", "by", 4200, None, None),
        ("htx_count", 2030, "range", "by", 520, 560, None),
        ("htx_agri_count", 2030, "range", "by", 400, None, None),
        ("lhhtx_count", 2030, "equal", "by", 3, 3, None),
        ("htx_new_count", 2030, "equal", "annual_average", 25, 25, None),
        ("htx_good_fair_share", 2030, "more_than", "annual", 55, None, None),
        ("htx_agri_linked_share", 2030, "at_least", "by", 40, None, None),
        (None, 2030, "equal", "by", 12, 12, None),
        ("population_participation_share", 2045, "at_least", "by", 22, None, None),
        ("effective_share", 2045, "equal", "by", 91, 91, None),
        ("effective_linked_share", 2045, "about", "by", 70, None, "effective_share"),
        ("htx_weak_count", 2045, "equal", "by", 0, 0, None),
    ]


def test_every_promise_opens_its_sentence_and_its_clause() -> None:
    for promise in read_promises(DECISION):
        assert DECISION[promise.start : promise.end] == promise.wording
        assert " ".join(promise.wording.split()) in promise.sentence
    assert read_promises(DECISION)[0].clause == "II.2.a, 2030, gạch 1"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Đến năm 2030, tỉnh có khoảng 1.400 tổ hợp tác. Không còn HTX yếu kém.",
            ["tht_count", "htx_weak_count"],
        ),
        ("Tổng số thành viên hợp tác xã đạt 50.000 người trở lên vào năm 2030.", ["htx_member_count"]),
        ("Đến năm 2030, doanh thu bình quân của hợp tác xã tăng ít nhất 7%/năm.", ["htx_revenue_growth"]),
        ("Đến cuối năm 2022, tỉnh đã có 300 hợp tác xã.", []),
        ("Căn cứ Quyết định số 461/QĐ-TTg về phát triển 15.000 hợp tác xã đến năm 2030.", []),
        ("Tỉnh có 300 hợp tác xã.", []),
    ],
)
def test_short_texts_without_headings(text: str, expected: list[str]) -> None:
    assert [promise.indicator for promise in read_promises(text, 2023)] == expected


@pytest.mark.parametrize(
    ("figure", "low", "note"),
    [
        ("1.280", 1280, None),
        ("1.234,5", 1234.5, None),
        ("1,234.5", 1234.5, None),
        ("1,28 triệu", 1_280_000, None),
        ("1.28 triệu", 1_280_000, None),
        ("50 nghìn", 50_000, None),
        ("1,280", None, "đọc được hai cách: 1,28 hoặc 1.280"),
    ],
)
def test_a_figure_has_one_reading_or_both_are_said(figure: str, low: float | None, note: str | None) -> None:
    (promise,) = read_promises(f"Đến năm 2030, tỉnh có {figure} tổ hợp tác.")
    assert (promise.indicator, promise.low, promise.note) == ("tht_count", low, note)


def test_figures_of_no_known_measure_stay_for_a_person_to_name() -> None:
    text = "Đến năm 2030, xây dựng 15 mô hình; thu nhập bình quân của thành viên là 90 triệu đồng/năm."
    found = [(promise.indicator, promise.low, promise.wording) for promise in read_promises(text)]
    assert found == [(None, 15, "15 mô hình"), (None, 90, "90 triệu đồng/năm")]


def _word_file(folder: Path) -> Path:
    document = docx.Document()
    for line in DECISION.split("\n"):
        document.add_paragraph(line)
    table = document.add_table(rows=len(ANNEX), cols=len(ANNEX[0]))
    for row, cells in zip(table.rows, ANNEX, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    path = folder / "quyet-dinh.docx"
    document.save(str(path))
    return path


def test_a_word_file_gives_the_same_promises_and_its_table(tmp_path: Path) -> None:
    draft = read_decision(read_document_text(_word_file(tmp_path)))
    assert [parts(promise) for promise in draft.promises] == [parts(promise) for promise in read_promises(DECISION)]
    assert [(row.section, row.number, row.leads_text, row.deadline_text) for row in draft.tasks] == [
        ("I", "1", "Sở Nội vụ", "Hằng quý"),
        ("I", "2", "", ""),
        ("I", "2.1", "Liên minh HTX tỉnh", "Quý II/2024"),
    ]
    assert draft.tasks[0].coordinators_text == "Sở Tài chính; UBND cấp xã"
    assert (draft.tasks[0].product, draft.tasks[0].is_done_in_document) == ("Báo cáo", True)
    assert [row.is_heading for row in draft.tasks] == [False, True, False]
    columns = draft_columns(draft)
    assert [row["deadline_kind"] for row in columns["tasks"]] == ["quarterly", "none", "quarter"]
    assert json.loads(json.dumps(columns))["document"]["issued_on"] == "2024-04-05"


def test_a_page_of_the_web_is_read_like_a_text(tmp_path: Path) -> None:
    path = tmp_path / "trang.html"
    lines = "".join(f"<p>{line}</p>" for line in DECISION.split("\n"))
    path.write_text(f"<html><body><script>var a = 1</script><div>{lines}</div></body></html>", encoding="utf-8")
    assert len(read_promises(read_document_text(path))) == len(read_promises(DECISION))


def test_a_pdf_with_text_gives_its_promises_and_a_scan_is_refused(tmp_path: Path) -> None:
    lines = "".join(f"<p>{line}</p>" for line in DECISION.split("\n"))
    path = tmp_path / "quyet-dinh.pdf"
    path.write_bytes(print_pdf(f"<!doctype html><html lang='vi'><meta charset='utf-8'><body>{lines}</body></html>"))
    assert {parts(promise)[:3] for promise in read_promises(read_document_text(path))} >= {
        ("tht_count", 2030, "about"),
        ("htx_count", 2030, "range"),
        ("effective_share", 2045, "equal"),
    }
    path.write_bytes(
        print_pdf("<!doctype html><html><body><div style='height:9cm;background:#ccc'></div></body></html>")
    )
    with pytest.raises(LoadError, match="bản quét"):
        read_document_text(path)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("anh.png", b"\x89PNG", "Không đọc tệp"),
        ("hong.pdf", b"%PDF-1.7", "không phải tệp PDF"),
        ("trong.txt", b"so 12", "gần như không có chữ"),
        ("hong.docx", b"khong phai", "không phải tệp Word"),
        ("la.txt", b"\xff\x00\xff", "Unicode"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LoadError, match=words):
        read_document_text(path)


def test_the_command_prints_a_draft_and_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "qd.txt"
    path.write_text(DECISION, encoding="utf-8")
    assert main(["read-decision", str(path), "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"document", "targets", "tasks"} and len(found["targets"]) == 13
    assert {"sentence", "start", "end"} <= set(found["targets"][0])
    path.write_text("Báo cáo tình hình thời tiết. " * 20, encoding="utf-8")
    assert main(["read-decision", str(path)]) == 1
