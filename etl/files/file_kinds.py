"""Recognises a received file by its content, never by its name, and refuses what must not be opened."""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from typing import BinaryIO

from etl.parsing.parsed import Problem

MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 100
MAX_ENTRIES = 5000
_SAVE_AS = "Mở tệp bằng Excel hoặc LibreOffice, lưu lại dạng .xlsx rồi nộp lại"
_SAVE_WITHOUT_PASSWORD = "Mở tệp bằng mật khẩu, bỏ mật khẩu, lưu lại rồi nộp lại"  # noqa: S105 (a remedy)
_FOREIGN = (
    (b"\x89PNG\r\n\x1a\n", "ảnh PNG"),
    (b"\xff\xd8\xff", "ảnh JPEG"),
    (b"GIF8", "ảnh GIF"),
    (b"%PDF", "tệp PDF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf\x27\x1c", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"{\\rtf", "tệp RTF"),
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml|<!doctype|<html|<table|<meta|<head|<div|mime-version:)", re.I)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF_OPENING = re.compile(rb"\x09\x08([\x08\x10])\x00\x00[\x05\x06]\x05\x00", re.DOTALL)
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"


class FileFormat(StrEnum):
    """The kinds of file that can be read."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    CSV = "csv"


class RefusalError(Exception):
    """The file, or one cell of it, stops the reading; `cause` is for the log, not for the officer."""

    def __init__(self, problem: Problem, *, sheet: str = "", cell: str = "", cause: str = "") -> None:
        super().__init__(problem.what)
        self.problem = problem
        self.sheet = sheet
        self.cell = cell
        self.cause = cause


def refusal(rule: str, what: str, remedy: str, *, cause: str = "") -> RefusalError:
    """Build a refusal of the whole file."""
    return RefusalError(Problem(rule, what, remedy), cause=cause)


def recognise(file: BinaryIO) -> FileFormat:
    """Name the kind of file; raises RefusalError with a sentence for everything that is not a table we read.

    The file must allow going back; it is left at its beginning.
    """
    begun = file.read(4096)
    file.seek(0)
    if not begun:
        raise refusal("file.empty", "tệp rỗng", "Kiểm tra lại tệp rồi nộp lại")
    for magic, name in _FOREIGN:
        if begun.startswith(magic):
            raise refusal("file.not_a_table", f"đây là {name}, không phải bảng tính", "Nộp tệp .xlsx, .xls, .ods, .csv")
    if begun.startswith(b"PK"):
        return _zip_kind(file)
    if begun.startswith(_OLE):
        return _ole_kind(file)
    if _MARKUP.match(begun[:512]):
        raise refusal("file.markup", "đây là trang HTML hoặc XML mang đuôi bảng tính", _SAVE_AS)
    if b"\x00" in begun and not begun.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal("file.not_a_table", "không nhận ra loại tệp", "Nộp tệp .xlsx, .xls, .ods hoặc .csv")
    return FileFormat.CSV


def _zip_kind(file: BinaryIO) -> FileFormat:
    try:
        with zipfile.ZipFile(file) as archive:
            _check_bomb(archive)
            return _archive_kind(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError, OSError, KeyError) as error:
        raise refusal("file.broken", "tệp hỏng hoặc chưa tải lên hết", _SAVE_AS, cause=repr(error)) from error


def _check_bomb(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_ENTRIES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        what = f"tệp nén bất thường: giải nén ra {unpacked // 1024**2} MB từ {packed // 1024} KB"
        remedy = "Chép riêng bảng số liệu sang tệp mới, bỏ ảnh, dòng và cột trống, rồi nộp lại"
        raise refusal("file.zip_bomb", what, remedy)


def _archive_kind(archive: zipfile.ZipFile) -> FileFormat:
    names = set(archive.namelist())
    if any(entry.flag_bits & 1 for entry in archive.infolist()):
        raise password_refusal()
    if "xl/workbook.xml" in names:
        return FileFormat.XLSX
    if "xl/workbook.bin" in names:
        raise refusal("file.xlsb", "chưa đọc được bảng tính nhị phân .xlsb", _SAVE_AS)
    if "mimetype" in names and archive.read("mimetype").strip() == _ODS_TYPE:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise password_refusal()
        return FileFormat.ODS
    if "word/document.xml" in names:
        raise refusal("file.not_a_table", "đây là tệp Word, không phải bảng tính", "Chép bảng sang Excel rồi nộp lại")
    raise refusal("file.not_a_table", "đây là tệp nén, không phải bảng tính", "Giải nén rồi nộp bảng tính bên trong")


def _ole_kind(file: BinaryIO) -> FileFormat:
    content = file.read()  # its format ends at 65,536 rows
    file.seek(0)
    if _stream(content, "EncryptedPackage") or _stream(content, "EncryptionInfo"):
        raise password_refusal()
    if _stream(content, "Workbook") or _stream(content, "Book"):
        if _biff_is_encrypted(content):
            raise password_refusal()
        return FileFormat.XLS
    raise refusal("file.not_a_table", "tệp Office cũ nhưng không phải bảng tính", "Nộp tệp .xlsx, .xls, .ods hoặc .csv")


def _stream(content: bytes, name: str) -> bool:
    return (name + "\0").encode("utf-16-le") in content


def _biff_is_encrypted(content: bytes) -> bool:
    """Whether the record FILEPASS follows the opening record of the workbook, past a write protection."""
    opening = _BIFF_OPENING.search(content)
    place = opening.start() + 4 + opening[1][0] if opening else len(content)
    if content[place : place + 2] == b"\x86\x00":
        place += 4 + int.from_bytes(content[place + 2 : place + 4], "little")
    return content[place : place + 2] == b"\x2f\x00"


def password_refusal() -> RefusalError:
    """The refusal of a protected file."""
    return refusal("file.password", "tệp đặt mật khẩu, không mở được", _SAVE_WITHOUT_PASSWORD)


def broken_refusal(cause: BaseException) -> RefusalError:
    """The refusal of a file that its own format's reader cannot make sense of."""
    return refusal("file.broken", "tệp hỏng, không đọc được nội dung", _SAVE_AS, cause=repr(cause))


def memory_refusal(cause: str) -> RefusalError:
    """The refusal of a file that needs more memory than one file may take."""
    remedy = "Chép riêng bảng số liệu sang tệp mới, bỏ dòng và cột trống, hoặc chia nhỏ tệp"
    return refusal("file.too_much_memory", "tệp cần quá nhiều bộ nhớ để đọc", remedy, cause=cause)
