"""CSV as it comes: comma, semicolon or tab; UTF-8, UTF-16 or the Windows code page 1258."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator

from etl.file_kinds import RefusalError, refusal
from etl.legacy_fonts import first_legacy, is_syllable, legacy_problem

MAX_CELL = 32767  # what one cell of Excel holds
_WORDS = re.compile(r"\w*[^\x00-\x7f\W]\w*")
_SAVE_AS_UTF8 = 'Lưu lại từ Excel dạng "CSV UTF-8" hoặc .xlsx rồi nộp lại'


def decode(content: bytes) -> str:
    """Decode the bytes; raises RefusalError for TCVN3, VNI and anything that does not read as text."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decode_as(content, "utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _decode_code_page(content)


def _decode_as(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal("file.encoding", "không nhận ra bảng mã của tệp CSV", _SAVE_AS_UTF8, cause=str(error)) from error


def _decode_code_page(content: bytes) -> str:
    """Windows 1258 if that makes Vietnamese words; never by default."""
    text = unicodedata.normalize("NFC", _decode_as(content, "cp1258"))
    words = _WORDS.findall(text)
    likely = sum(is_syllable(word) for word in words)
    if likely * 2 > len(words):
        return text
    lines = content.decode("latin-1").splitlines()
    if found := first_legacy(lines):
        raise RefusalError(legacy_problem(found[1]), cell=f"dòng {found[0] + 1}")
    raise refusal("file.encoding", "không nhận ra bảng mã của tệp CSV", _SAVE_AS_UTF8)


def csv_rows(text: str) -> Iterator[list[str]]:
    """The rows of the table; raises RefusalError naming the line where a quotation mark is left open."""
    lines = text.splitlines()[:30]
    declared = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(), re.IGNORECASE) if lines else None
    delimiter = declared[1] if declared else _delimiter(lines)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield [] if declared and reader.line_num == 1 else row
    except csv.Error as error:
        what = f"dòng {reader.line_num}: dấu ngoặc kép không khớp hoặc ô quá dài"
        raise refusal("csv.quotes", what, "Sửa dấu ngoặc kép của dòng, hoặc nộp tệp .xlsx", cause=str(error)) from error


def _delimiter(lines: list[str]) -> str:
    """The mark that parts most lines alike; a Vietnamese Excel writes semicolons, the comma being decimal."""
    best, best_score = ",", 0
    for mark in (";", "\t", ",", "|"):
        counts = [re.sub(r'"[^"]*"', "", line).count(mark) for line in lines if line.strip()]
        common = max(set(counts), key=lambda count: (counts.count(count), count), default=0)
        score = counts.count(common) * 1000 + common if common else sum(count > 0 for count in counts)
        if score > best_score:
            best, best_score = mark, score
    return best
