"""Native charts in Word: drawn as those of a slide, and taken over with the small workbook that they are edited in."""

from __future__ import annotations

from html import escape
from typing import cast

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, nsmap
from docx.shared import Cm
from pptx import Presentation
from pptx.parts.chart import ChartPart

from dashboard.reports.office_charts import ChartPlace, row_chart
from dashboard.reports.office_form import LANGUAGE
from dashboard.reports.values import PaperRow

WIDTH, HEIGHT, BAR_HEIGHT = Cm(15.5), Cm(6.5), Cm(3.2)
BLANK = 6


def add_chart(document: WordDocument, row: PaperRow, says: str) -> None:
    """A centred chart of one promise with a text for those who do not see it; nothing where nothing can be drawn."""
    deck = Presentation()
    height = HEIGHT if len(row.gap.series.points) > 1 else BAR_HEIGHT
    drawn = row_chart(deck.slides.add_slide(deck.slide_layouts[BLANK]), row, ChartPlace(0, 0, WIDTH, height, 9))
    if drawn is None:
        return
    source = cast(ChartPart, drawn.part)
    for marked in drawn.element.xpath(".//*[@lang]"):
        marked.set("lang", LANGUAGE)
    drawing = source.blob.replace(b"<a:bodyPr/>", b'<a:bodyPr wrap="none"/>')  # no label breaks within a number
    package, number = document.part.package, _charts(document) + 1
    book = Part(
        PackURI(f"/word/embeddings/chart{number}.xlsx"),
        CONTENT_TYPE.SML_SHEET,
        source.chart_workbook.xlsx_part.blob,
        package,
    )
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, drawing, package)
    part.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, next(iter(source.rels)))  # under the name that the chart knows
    paragraph = document.add_paragraph()
    paragraph.alignment, paragraph.paragraph_format.keep_with_next = WD_ALIGN_PARAGRAPH.CENTER, True
    name = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    paragraph.add_run().element.append(parse_xml(_inline(number, name, says, height)))


def _charts(document: WordDocument) -> int:
    return sum(known.reltype == RELATIONSHIP_TYPE.CHART for known in document.part.rels.values())


def _inline(number: int, name: str, says: str, height: int) -> str:
    return (
        f'<w:drawing {nsdecls("w", "wp", "a", "r", "c")}><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{int(WIDTH)}" cy="{int(height)}"/>'
        f'<wp:docPr id="{1000 + number}" name="Biểu đồ {number}" descr="{escape(says)}"/>'
        f'<a:graphic><a:graphicData uri="{nsmap["c"]}"><c:chart r:id="{name}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing>"
    )
