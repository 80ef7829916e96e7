"""CSV as it comes: comma, semicolon or tab; UTF-8, UTF-16 or the Windows code page 1258."""

from __future__ import annotations

import codecs
import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from itertools import islice
from typing import BinaryIO

from etl.files.file_kinds import RefusalError, refusal
from etl.parsing.legacy_fonts import first_legacy, is_syllable, legacy_problem

MAX_CELL = 32767  # what one cell of Excel holds
_CHUNK = 1 << 16
_WORDS = re.compile(r"\w*[^\x00-\x7f\W]\w*")
_SAVE_AS_UTF8 = 'Lưu lại từ Excel dạng "CSV UTF-8" hoặc .xlsx rồi nộp lại'


def csv_rows(file: BinaryIO) -> Iterator[list[str]]:
    """The rows of the table, read as they are asked for; the file must allow going back.

    Raises RefusalError for TCVN3, VNI and anything that does not read as text, and, naming the line, where a
    quotation mark is left open.
    """
    text = io.TextIOWrapper(file, _encoding(file), newline="")
    lines = [line.rstrip("\r\n") for line in islice(text, 30)]
    text.seek(0)
    declared = re.fullmatch(r'"?sep=(.)"?', lines[0].strip(), re.IGNORECASE) if lines else None
    delimiter = declared[1] if declared else _delimiter(lines)
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(text, delimiter=delimiter, strict=True)
    try:
        for row in reader:
            yield [] if declared and reader.line_num == 1 else row
    except csv.Error as error:
        what = f"dòng {reader.line_num}: dấu ngoặc kép không khớp hoặc ô quá dài"
        raise refusal("csv.quotes", what, "Sửa dấu ngoặc kép của dòng, hoặc nộp tệp .xlsx", cause=str(error)) from error


def _encoding(file: BinaryIO) -> str:
    """How the whole file reads; raises RefusalError when it does not. The file is left at its beginning."""
    marked = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1258"]:
        error = _misread(file, encoding)
        if not error and (encoding != "cp1258" or _is_vietnamese(file)):
            return encoding
    if not marked and (found := first_legacy(_lines(file, "latin-1"))):
        raise RefusalError(legacy_problem(found[1]), cell=f"dòng {found[0] + 1}")
    raise refusal("file.encoding", "không nhận ra bảng mã của tệp CSV", _SAVE_AS_UTF8, cause=str(error))


def _misread(file: BinaryIO, encoding: str) -> UnicodeDecodeError | None:
    file.seek(0)
    try:
        for _text in codecs.iterdecode(iter(partial(file.read, _CHUNK), b""), encoding):
            pass
    except UnicodeDecodeError as error:
        return error
    finally:
        file.seek(0)
    return None


def _is_vietnamese(file: BinaryIO) -> bool:
    """Whether Windows 1258 makes Vietnamese words of it; it is never taken by default."""
    words = likely = 0
    for line in _lines(file, "cp1258"):
        found = _WORDS.findall(unicodedata.normalize("NFC", line))
        words += len(found)
        likely += sum(map(is_syllable, found))
    return likely * 2 > words


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """The lines of the file, which stays open and is left at its beginning."""
    file.seek(0)
    text = io.TextIOWrapper(file, encoding)
    try:
        yield from text
    finally:
        text.detach().seek(0)


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
