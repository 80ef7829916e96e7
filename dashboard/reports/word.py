"""The report in the form of Decree 30/2020/NĐ-CP, as a Word file.

Number, signature and seal stay empty: they come from the office's own document system.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from dashboard import words
from dashboard.reports.charts import history_picture
from dashboard.reports.values import Paper, PaperRow
from models.answer import Status

FONT = "Times New Roman"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
PICTURES = 4
COLUMNS = ("Chỉ tiêu", "Cam kết", "Thực tế", "Còn thiếu", "Cần mỗi năm", "Đang đạt mỗi năm", "Tình trạng")


def report(paper: Paper, *, agency: str = "", place_of_issue: str = "") -> bytes:
    """The status report of one programme; `agency` and `place_of_issue` may stay blank to be filled by hand."""
    document = Document()
    _page(document)
    _letterhead(document, agency or paper.programme.issuer_text.upper(), place_of_issue or paper.place.name)
    _title(document, "BÁO CÁO", f"Tình hình thực hiện {paper.programme.title[0].lower()}{paper.programme.title[1:]}")
    _summary(document, paper)
    _worst(document, paper)
    _promises(document, paper)
    _sources(document, paper)
    _recipients(document)
    return _bytes(document)


def _page(document: WordDocument) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height, section.orientation = Mm(210), Mm(297), WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(number.add_run(), "PAGE")


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("end", None)):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


def _letterhead(document: WordDocument, agency: str, place: str) -> None:
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    _line(left, agency, bold=True, size=13, first=True)
    _rule(_line(left, "", size=4), 30)
    _line(right, COUNTRY, bold=True, size=13, first=True)
    _line(right, MOTTO, bold=True, size=14)
    _rule(_line(right, "", size=4), 60)
    number, day = table.rows[1].cells
    _line(number, "Số:        /BC-", size=13, first=True)
    _line(day, f"{place}, ngày      tháng      năm        ", italic=True, size=14, first=True)
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(6.2), Cm(10.3)


def _line(
    cell: _Cell, text: str, *, bold: bool = False, italic: bool = False, size: float = 14, first: bool = False
) -> Paragraph:
    paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(paragraph: Paragraph, indent_mm: float) -> None:
    """A line under the motto or the agency, narrower than its column."""
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent_mm / 2)
    border = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    paragraph._p.get_or_add_pPr().append(border)


def _title(document: WordDocument, kind: str, about: str) -> None:
    for text, size in ((kind, 14), (about, 14)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before = Pt(12 if text == kind else 0)
        run = paragraph.add_run(text)
        run.bold, run.font.size = True, Pt(size)


def _body(document: WordDocument, text: str, *, bold: bool = False) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(0 if bold else 1.27)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.add_run(text).bold = bold


def _summary(document: WordDocument, paper: Paper) -> None:
    number = paper.programme.number or "không rõ số"
    _body(
        document,
        f"Thực hiện {paper.programme.title} ({number}, {paper.programme.issued_text}), báo cáo tình hình như sau. "
        f"Số liệu tính theo những gì đã công bố, biết đến ngày {paper.known_on}; mã số liệu {paper.snapshot_id}.",
    )
    _body(document, "I. Đánh giá chung", bold=True)
    for horizon in paper.horizons:
        counted = [
            f"{paper.count(horizon, status)} {words.STATUS_COUNTED[status]}"
            for status in Status
            if paper.count(horizon, status)
        ]
        _body(document, f"Đến năm {horizon} có {len(paper.at(horizon))} chỉ tiêu: {', '.join(counted)}.")


def _worst(document: WordDocument, paper: Paper) -> None:
    if not paper.worst:
        _body(document, "Chưa chỉ tiêu nào có số liệu được công bố để đối chiếu.")
        return
    _body(document, "II. Các chỉ tiêu có số liệu, xếp từ xấu nhất", bold=True)
    for index, row in enumerate(paper.worst, start=1):
        _body(document, f"{index}. {row.finding}. Tình trạng: {row.status.lower()}. Nguồn: {row.source}.")
        picture = history_picture(row) if index <= PICTURES else None
        if picture is not None:
            document.add_picture(io.BytesIO(picture), width=Cm(15.5))
            document.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER


def _promises(document: WordDocument, paper: Paper) -> None:
    _body(document, "III. Toàn bộ chỉ tiêu", bold=True)
    for horizon in paper.horizons:
        _body(document, f"Đến năm {horizon}:")
        _table(document, paper.at(horizon))


def _table(document: WordDocument, rows: Sequence[PaperRow]) -> None:
    table = document.add_table(rows=1, cols=len(COLUMNS))
    table.style = "Table Grid"
    _repeat_header(table)
    for cell, text in zip(table.rows[0].cells, COLUMNS, strict=True):
        _cell(cell, text, bold=True)
    for row in rows:
        actual = f"{row.value} ({row.when})" if row.gap.latest else row.value
        status = f"{row.status} ({row.flags})" if row.flags else row.status
        texts = (row.name, row.goal, actual, row.missing, row.needed, row.actual, status)
        line = table.add_row()
        _keep_together(line._tr)
        for index, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            _cell(cell, text, right=3 <= index <= 5)


def _cell(cell: _Cell, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _repeat_header(table: Table) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(mark)


def _keep_together(row: object) -> None:
    row.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # type: ignore[attr-defined]


def _sources(document: WordDocument, paper: Paper) -> None:
    _body(document, "Ghi chú về nguồn", bold=True)
    _body(
        document,
        f"Chênh lệch và nhịp tính theo phương pháp, ngưỡng phiên bản {paper.thresholds}. "
        "Nhịp cần có tính từ ngày của số liệu mới nhất đến 31/12 năm mốc. Thiếu số liệu không được coi là bằng 0.",
    )
    for row in paper.rows:
        if row.gap.latest is not None:
            _body(document, f"{row.name} ({row.horizon}): {row.source}; điều khoản {row.clause}.")


def _recipients(document: WordDocument) -> None:
    table = document.add_table(rows=1, cols=2)
    left, right = table.rows[0].cells
    head = left.paragraphs[0].add_run("Nơi nhận:")
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    for text in ("- ...;", "- Lưu: VT."):
        left.add_paragraph().add_run(text).font.size = Pt(11)
    _line(right, "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", bold=True, size=14, first=True)


def _bytes(document: WordDocument) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
