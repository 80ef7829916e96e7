"""The parts of a Word file in the form of Decree 30/2020/NĐ-CP: page, letterhead, title, body, tables, recipients.

Number, signature and seal stay empty: they come from the office's own document system.
"""

from __future__ import annotations

import io
from collections.abc import Sequence

from docx import Document
from docx.blkcntnr import BlockItemContainer
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Cm, Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

FONT = "Times New Roman"
LANGUAGE = "vi-VN"  # for spelling, reading aloud and hyphenation
MOTTO = "Độc lập - Tự do - Hạnh phúc"
COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
RULE = "Đường kẻ"  # the style of the lines under the motto, the agency and the subject
LETTERHEAD_CM = (6.4, 10.1)  # 16.5 in all
Columns = Sequence[tuple[str, float]]  # heading, centimetres


def new_document(title: str) -> WordDocument:
    """An empty A4 portrait document with the margins of the decree and page numbers from the second page on."""
    document = Document()
    document.core_properties.title, document.core_properties.author = title, ""
    _in_vietnamese(document)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(14)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    style.element.rPr.rFonts.set(qn("w:cs"), FONT)
    section = document.sections[0]
    section.page_width, section.page_height, section.orientation = Mm(210), Mm(297), WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    _field(next(section.header.part.element.iter(qn("w:p"))), "PAGE")
    _add_rule_style(document)
    return document


def _in_vietnamese(document: WordDocument) -> None:
    """Mark the defaults of every run, the fonts of the theme and the document itself; drop the styles for Word 2007."""
    document.core_properties.language = LANGUAGE
    defaults = document.styles.element.iter(qn("w:lang"))
    for language in (*defaults, *document.settings.element.iter(qn("w:themeFontLang"))):
        for script in ("w:val", "w:eastAsia", "w:bidi"):
            language.set(qn(script), LANGUAGE)
    for key in [key for key, link in document.part.rels.items() if link.reltype.endswith("/stylesWithEffects")]:
        document.part.drop_rel(key)


def _field(paragraph: BaseOxmlElement, code: str) -> None:
    """A field that the office program works out, such as the number of the page."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    paragraph.append(field)


def _add_rule_style(document: WordDocument) -> None:
    """The style of a paragraph that is nothing but a line."""
    border, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    border.append(top)
    document.styles.add_style(RULE, WD_STYLE_TYPE.PARAGRAPH).element.get_or_add_pPr().append(border)


def letterhead(document: WordDocument, agency: str, place: str, symbol: str) -> None:
    """Agency and number on the left; country, motto, place and day on the right. `symbol` is BC, TB ..."""
    table = document.add_table(rows=2, cols=2)
    table.autofit = False
    left, right = table.rows[0].cells
    _line(left, agency, bold=True, size=13, first=True)
    _rule(_line(left, "", size=4), 25)
    _line(right, COUNTRY, bold=True, size=12, first=True)
    _line(right, MOTTO, bold=True, size=13)
    _rule(_line(right, "", size=4), 46)
    number, day = table.rows[1].cells
    _line(number, f"Số:        /{symbol}-", size=13, first=True)
    _line(day, f"{place}, ngày      tháng      năm        ", italic=True, size=13, first=True)
    _widths(table, LETTERHEAD_CM)


def _line(
    cell: BlockItemContainer,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    size: float = 14,
    first: bool = False,
) -> Paragraph:
    paragraph: Paragraph = cell.paragraphs[0] if first else cell.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.italic, run.font.size = bold, italic, Pt(size)
    return paragraph


def _rule(paragraph: Paragraph, indent_mm: float) -> None:
    """A line under the motto, the agency or the subject, narrower than its column."""
    paragraph.style = RULE
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent_mm / 2)


def title(document: WordDocument, kind: str, about: str, *, rule: bool = True) -> None:
    """The kind of document and what it is about, with the short line below."""
    for text, before in ((kind, 12), (about, 0)):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(before), Pt(2)
        paragraph.add_run(text).bold = True
    if rule:
        line = document.add_paragraph()
        line.paragraph_format.space_after = Pt(4)
        _rule(line, 120)
        line.add_run("").font.size = Pt(4)


def body(document: WordDocument, text: str, *, bold: bool = False) -> Paragraph:
    """One paragraph of the text; a heading stays with what follows it."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Cm(1.27)
    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.keep_with_next = bold
    paragraph.add_run(text).bold = bold
    return paragraph


def small(document: WordDocument, text: str) -> None:
    """A remark in small italics, for sources and stamps."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(4), Pt(4)
    run = paragraph.add_run(text)
    run.italic, run.font.size = True, Pt(11)


def table(document: WordDocument, columns: Columns, rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Table:
    """A ruled table whose heading repeats on each page and whose rows are never cut; `right` columns hold numbers."""
    made: Table = document.add_table(rows=1, cols=len(columns))
    made.style = "Table Grid"
    made.autofit = False
    for cell, (text, _) in zip(made.rows[0].cells, columns, strict=True):
        _cell(cell, text, bold=True)
    for texts in rows:
        line = made.add_row()
        for index, (cell, text) in enumerate(zip(line.cells, texts, strict=True)):
            _cell(cell, text, right=index in right)
    _widths(made, [width for _, width in columns])
    for index, row in enumerate(list(document.element.iter(qn("w:tbl")))[-1].iter(qn("w:tr"))):
        row.get_or_add_trPr().append(OxmlElement("w:cantSplit" if index else "w:tblHeader"))
    return made


def _cell(cell: BlockItemContainer, text: str, *, bold: bool = False, right: bool = False) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(text)
    run.bold, run.font.size = bold, Pt(11)


def _widths(made: Table, centimetres: Sequence[float]) -> None:
    for column, width in zip(made.columns, centimetres, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = Cm(width)


def landscape(document: WordDocument) -> None:
    """Start a landscape section, for annexes with wide tables; page numbers go on."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.bottom_margin = Mm(20)
    section.top_margin = Mm(25)
    section.different_first_page_header_footer = False


def recipients(document: WordDocument, lines: Sequence[str]) -> None:
    """Nơi nhận on the left, the signer's place on the right."""
    made = document.add_table(rows=1, cols=2)
    left, right = made.rows[0].cells
    head = left.paragraphs[0].add_run("Nơi nhận:")
    head.bold, head.italic, head.font.size = True, True, Pt(12)
    left.paragraphs[0].paragraph_format.space_after = Pt(0)
    for text in lines:
        paragraph = left.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.add_run(text).font.size = Pt(11)
    _line(right, "QUYỀN HẠN, CHỨC VỤ CỦA NGƯỜI KÝ", bold=True, size=13, first=True)
    _line(right, "(Chữ ký, dấu)", italic=True, size=13)
    _line(right, "Họ và tên", bold=True, size=13).paragraph_format.space_before = Pt(48)
    _widths(made, (6.3, 10.2))


def to_bytes(document: WordDocument) -> bytes:
    """The finished file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
