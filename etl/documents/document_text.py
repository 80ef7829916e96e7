"""The text of a received document: paragraphs on lines, rows of tables on lines with a tab between cells.

Pages of a PDF give their lines; rows of tables cannot be told apart there, so tasks are read from the other forms.
A text is what promises and tasks are read from and what their offsets count in. A scan has none and is refused.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from pathlib import Path
from zipfile import BadZipFile

import docx
import pypdfium2
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table
from lxml import html
from lxml.etree import ParserError

from etl.parsing.issues import LoadError

LARGEST = 20_000_000  # bytes
FEWEST_LETTERS = 200
MOST_SPANNED = 100  # rows or columns of one cell
BLOCKS = ("p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "div", "tr")
ASIDE = "//script|//style|//noscript|//nav|//aside|//form|//head|//template"
OTHER_FORMAT = "Lưu thành .docx (Word), .pdf có chữ, .html hoặc .txt rồi đọc lại"


def read_document_text(path: Path, name: str = "") -> str:
    """The text in NFC; raises LoadError with a sentence for what cannot be read.

    `name` is what the file came as where it is kept under another one: its ending says what it is.
    """
    kind = Path(name or path).suffix.lower()
    reader = _READERS.get(kind)
    if reader is None:
        raise LoadError(f'Không đọc tệp "{kind or name or path.name}". {OTHER_FORMAT}')
    if not path.is_file():
        raise LoadError(f"Không có tệp {path.name}. Kiểm tra đường dẫn")
    if path.stat().st_size > LARGEST:
        raise LoadError(f"{path.name} lớn hơn {LARGEST // 1_000_000} MB. Tách riêng văn bản rồi đọc lại")
    text = unicodedata.normalize("NFC", reader(path)).replace("\r\n", "\n").replace("\xa0", " ")
    if sum(letter.isalpha() for letter in text) < FEWEST_LETTERS:
        raise LoadError(f"{path.name} gần như không có chữ (bản quét hoặc ảnh?). Cần bản có chữ, không đọc được ảnh")
    return text


def _plain(path: Path) -> str:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise LoadError(f"{path.name} không phải chữ mã Unicode. Lưu lại ở dạng UTF-8 rồi đọc lại")


def _word(path: Path) -> str:
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, BadZipFile, KeyError, ValueError) as error:
        raise LoadError(f"{path.name} không phải tệp Word .docx đọc được. {OTHER_FORMAT}") from error
    return "\n".join(_word_lines(document))


def _word_lines(document: Document) -> Iterator[str]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            for row in item.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
            yield ""
        else:
            yield item.text


def _page(path: Path) -> str:
    try:
        root = html.document_fromstring(_decoded(path.read_bytes()))
    except (ParserError, ValueError) as error:
        raise LoadError(f"{path.name} không phải trang HTML đọc được. {OTHER_FORMAT}") from error
    for gone in root.xpath(ASIDE):
        gone.drop_tree()
    for line_break in root.xpath("//br"):
        line_break.tail = f"\n{line_break.tail or ''}"
    return "\n".join(_page_lines(root))


def _pdf(path: Path) -> str:
    try:
        with pypdfium2.PdfDocument(path) as document:
            return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    except pypdfium2.PdfiumError as error:
        raise LoadError(f"{path.name} không phải tệp PDF đọc được, hoặc có mật khẩu. {OTHER_FORMAT}") from error


def _decoded(content: bytes) -> str | bytes:
    """UTF-8 as text; other encodings are left to the page's own word for them."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content


def _page_lines(root: html.HtmlElement) -> Iterator[str]:
    """Blocks that hold no other block, and rows of tables, in printed order."""
    below: dict[int, tuple[str, int]] = {}  # column: the text of a cell that goes on, and for how many rows
    for element in root.iter(*BLOCKS):
        if element.tag == "tr":
            if element.getprevious() is None and element.getparent().tag in ("table", "thead"):
                below = {}
            yield "\t".join(_row_cells(element, below))
        elif next(element.iterdescendants(*BLOCKS), None) is None and next(element.iterancestors("tr"), None) is None:
            yield element.text_content().strip()


def _row_cells(row: html.HtmlElement, below: dict[int, tuple[str, int]]) -> list[str]:
    """The cells of a row; one over several rows or columns says the same in each, as Word tells it."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        _take_from_above(cells, below)
        text = " ".join(cell.text_content().split())
        for _ in range(_span(cell, "colspan")):
            if (rows := _span(cell, "rowspan")) > 1:
                below[len(cells)] = (text, rows - 1)
            cells.append(text)
    _take_from_above(cells, below)
    return cells


def _take_from_above(cells: list[str], below: dict[int, tuple[str, int]]) -> None:
    while len(cells) in below:
        text, rows = below.pop(len(cells))
        if rows > 1:
            below[len(cells)] = (text, rows - 1)
        cells.append(text)


def _span(cell: html.HtmlElement, name: str) -> int:
    said = cell.get(name, "1").strip()
    return max(1, min(int(said), MOST_SPANNED)) if said.isdecimal() else 1


_READERS = {".txt": _plain, ".docx": _word, ".pdf": _pdf, ".html": _page, ".htm": _page}
