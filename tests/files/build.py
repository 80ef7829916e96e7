"""Builds the corpus of workbooks, good and bad, with invented content: `python tests/files/build.py [FOLDER]`.

The bytes are the same every time. Files too large to keep are built by `large_files` when a test needs them.
"""

from __future__ import annotations

import struct
import sys
import unicodedata
import zlib
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter

sys.path.insert(0, str(Path(__file__).parent))
from formats import container, ods, packed, repacked, xls

HERE = Path(__file__).parent
FIXED = datetime(2026, 1, 1)
HEAD = ["TT", "Tên HTX", "Mã số HTX", "Xã, phường", "Ngày thành lập", "Số thành viên", "Vốn điều lệ (triệu đồng)"]
NAMES = ["HTX nông nghiệp Hòa Bình", "HTX dịch vụ Đồng Tâm", "Hợp tác xã vận tải Ninh Hải", "HTX rau sạch Chư Păh"]
CODES = ["0658948114", "7514026143", "1240234483", "7371678684"]
Fill = Callable[[Any, Any], None]


def rows(count: int = 4) -> list[list[object]]:
    """Invented organisations under HEAD."""
    return [
        [n + 1, NAMES[n % 4] + (f" {n}" if n > 3 else ""), CODES[n % 4], "Xã Ia Hrú", "04/04/2009", 20 + n, 1500.5 + n]
        for n in range(count)
    ]


def table(sheet: Any, cells: list[list[object]], top: int = 0, left: int = 0) -> None:
    """Write rows of cells from a corner on."""
    for number, row in enumerate(cells):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(top + number, left + column, value)


def xlsx(path: Path, fill: Fill, sheet: str = "HTX") -> None:
    """One workbook with a fixed date."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": FIXED})
    fill(book, book.add_worksheet(sheet))
    book.close()


def plain(path: Path, cells: list[list[object]], **place: int) -> None:
    """A workbook of one table."""
    xlsx(path, lambda _book, sheet: table(sheet, cells, **place))


def build_good(folder: Path) -> None:
    """Files that load; the two published samples are kept beside them."""
    plain(folder / "starts_at_c5.xlsx", [HEAD, *rows()], top=4, left=2)
    xlsx(folder / "titles_above.xlsx", _titles)
    xlsx(folder / "two_row_header.xlsx", _two_rows)
    xlsx(folder / "formulas.xlsx", _formulas)
    xlsx(folder / "dates_of_all_kinds.xlsx", _dates)
    xlsx(folder / "hidden_sheet.xlsx", _hidden)
    xlsx(folder / "page_subtotals.xlsx", _pages)
    xlsx(folder / "merged_communes.xlsx", _merged_communes)
    numbers = ["1.234,5", "02", "18.778", "5.935 nghìn", "1,5 tỷ đồng", "12 tr.đ", "34,3 %", "-", None, "1 234 567"]
    plain(folder / "numbers_as_text.xlsx", [["Tên HTX", "Số thành viên"], *[[NAMES[0], value] for value in numbers]])
    plain(folder / "nfd_text.xlsx", [[_nfd(cell) for cell in row] for row in [HEAD, *rows()]])
    macros = {"xl/vbaProject.bin": b"macro" * 50}
    (folder / "with_macros.xlsm").write_bytes(repacked(folder / "titles_above.xlsx", macros))
    (folder / "register.xls").write_bytes(xls("HTX", [list(HEAD), *rows()]))
    (folder / "register.ods").write_bytes(ods("HTX", [list(HEAD), *rows()]))
    lines = [HEAD, *rows()]
    text = "\r\n".join(";".join(_csv_cell(cell) for cell in line) for line in lines)
    (folder / "semicolons_utf8.csv").write_bytes(text.encode("utf-8-sig"))
    (folder / "semicolons_cp1258.csv").write_bytes(_cp1258(text))
    (folder / "tabs_utf16.csv").write_bytes(text.replace(";", "\t").encode("utf-16"))


def _nfd(cell: object) -> object:
    return unicodedata.normalize("NFD", cell) if isinstance(cell, str) else cell


def _csv_cell(cell: object) -> str:
    return str(cell).replace(".", ",") if isinstance(cell, float) else str(cell)


def _cp1258(text: str) -> bytes:
    """Windows writes letters with their shape and the tone after them."""
    tones = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
    out = []
    for letter in text:
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in tones)) + tone)
    return "".join(out).encode("cp1258")


def _titles(book: Any, sheet: Any) -> None:
    sheet.write(0, 0, "UBND TỈNH GIA LAI (SỐ LIỆU MÔ PHỎNG)")
    sheet.merge_range(2, 0, 2, 6, "DANH SÁCH HỢP TÁC XÃ ĐẾN 31/12/2023", book.add_format())
    sheet.write(3, 5, "Đơn vị tính: triệu đồng")
    table(sheet, [HEAD, *rows(), [None, "Tổng cộng", None, None, None, 86, 6008]], top=5)


def _two_rows(book: Any, sheet: Any) -> None:
    form = book.add_format()
    for column, heading in enumerate(["TT", "Tên HTX", "Mã số HTX"]):
        sheet.merge_range(1, column, 2, column, heading, form)
    sheet.merge_range(1, 3, 1, 5, "Số thành viên", form)
    table(sheet, [["Tổng số", "Nữ", "Dân tộc thiểu số"]], top=2, left=3)
    sheet.merge_range(1, 6, 1, 7, "Thực hiện", form)
    table(sheet, [[2022, 2023], ["(6)", "(7)"]], top=2, left=6)
    table(sheet, [[f"({n})" for n in range(6)]], top=3)
    sheet.write(0, 0, "DANH SÁCH HTX")
    table(sheet, [[1, NAMES[0], CODES[0], 25, 10, 4, 388, 439], [2, NAMES[1], CODES[1], 31, 9, 0, 318, 353]], top=4)


def _formulas(_book: Any, sheet: Any) -> None:
    table(sheet, [["Tên HTX", "Số thành viên"], [NAMES[0], 20], [NAMES[1], 30]])
    sheet.write_formula(3, 0, '="Tổng "&"cộng"', None, "Tổng cộng")
    sheet.write_formula(3, 1, "=SUM(B2:B3)", None, 50)


def _dates(book: Any, sheet: Any) -> None:
    sheet.write_row(0, 0, ["Tên HTX", "Ngày thành lập"])
    texts = ["05/02/2026", "5-2-2026", "ngày 05 tháng 02 năm 2026", "2026-02-05", "tháng 02 năm 2026", "2026"]
    for number, value in enumerate([*texts, 2026, 46058], start=1):
        sheet.write_row(number, 0, [NAMES[0], value])
    sheet.write(9, 0, NAMES[1])
    sheet.write_datetime(9, 1, date(2026, 2, 5), book.add_format({"num_format": "dd/mm/yyyy"}))


def _hidden(book: Any, sheet: Any) -> None:
    table(sheet, [HEAD, *rows(1)])
    other = book.add_worksheet("Danh mục")
    other.write(0, 0, "danh mục")
    other.hide()
    book.add_chartsheet("Biểu đồ")


def _pages(_book: Any, sheet: Any) -> None:
    first, second = rows(2), rows(4)[2:]
    group = [["I", "Huyện Mang Yang"]]
    carried = [[None, "Cộng trang 1", None, None, None, 41]]
    total = [[None, "Tổng cộng", None, None, None, 86], ["Ghi chú: (*) Số ước tính"]]
    signature = [[None, "Gia Lai, ngày 05 tháng 02 năm 2026"], [None, "Người lập biểu", None, None, "Thủ trưởng"]]
    numbering = [["A", "B", "C", 1, 2, 3, 4]]
    table(sheet, [HEAD, *numbering, *group, *first, *carried, HEAD, *second, *total, *signature])


def _merged_communes(book: Any, sheet: Any) -> None:
    table(sheet, [HEAD, *[[*row[:3], None, *row[4:]] for row in rows(4)]])
    sheet.merge_range(1, 3, 3, 3, "Xã Ia Hrú", book.add_format())
    sheet.write(4, 3, "Xã Nhơn Hòa")


def build_problems(folder: Path) -> None:
    """Files that must be refused or answered with problems by cell."""
    plain(folder / "empty.xlsx", [])
    plain(folder / "only_title.xlsx", [["DANH SÁCH HỢP TÁC XÃ NĂM 2023"]])
    plain(folder / "surplus_columns.xlsx", [[*HEAD, "Mã số HTX cũ", "Số CCCD"], *[[*row, "cũ", "x"] for row in rows()]])
    plain(folder / "duplicate_headers.xlsx", [["Tên HTX", "Số thành viên", "SỐ  THÀNH VIÊN"], [NAMES[0], 20, 21]])
    plain(folder / "missing_column.xlsx", [["Tên HTX", "Số t.viên", "Xã, phường"], [NAMES[0], 20, "Xã Ia Hrú"]])
    plain(folder / "tcvn3_text.xlsx", [["TT", "Tªn HTX"], [1, "Hîp t¸c x· n«ng nghiÖp Hßa B×nh"]])
    plain(folder / "vni_text.xlsx", [["TT", "Teân HTX"], [1, "Hôïp taùc xaõ noâng nghieäp Hoøa Bình"]])
    numbers = ["36,508", "1234.567", "12,34,5", "(5)", "1e5", "NaN", "khoảng 252.000", "180-200", "7 con"]
    plain(folder / "ambiguous_numbers.xlsx", [["Tên HTX", "Số thành viên"], *[[NAMES[0], value] for value in numbers]])
    codes = ["100047516", 100047516, "0100047517", "3,1E+09", "001083012345"]
    plain(folder / "tax_codes.xlsx", [["Tên HTX", "Mã số HTX"], *[[NAMES[0], code] for code in codes]])
    xlsx(folder / "swapped_dates.xlsx", _swapped)
    xlsx(folder / "formula_errors.xlsx", _formula_errors)
    xlsx(folder / "far_cell.xlsx", lambda _book, sheet: (sheet.write(0, 0, 1), sheet.write(1048575, 16383, 1)))


def _build_unreadable(folder: Path) -> None:
    """Files that are not what they seem, and CSV."""
    (folder / "picture.xlsx").write_bytes(_png())
    (folder / "no_bytes.xlsx").write_bytes(b"")
    (folder / "tcvn3.csv").write_bytes("TT;Tªn HTX\r\n1;Hîp t¸c x· n«ng nghiÖp Hßa B×nh\r\n".encode("latin-1"))
    (folder / "formula_errors.ods").write_bytes(ods("HTX", [["Tên HTX", "Số"], [NAMES[0], "#DIV/0!"]]))
    encrypted = {"EncryptionInfo": bytes(200), "EncryptedPackage": bytes(range(256)) * 16}
    (folder / "password.xlsx").write_bytes(container(encrypted))
    (folder / "password.xls").write_bytes(xls("HTX", [["Tên HTX"], [NAMES[0]]], protected=True))
    (folder / "web_page.xls").write_text("<html><body><table><tr><td>Tên HTX</td></tr></table></body></html>", "utf-8")
    (folder / "word.xlsx").write_bytes(packed({"[Content_Types].xml": "<Types/>", "word/document.xml": "<w/>"}))
    (folder / "truncated.xlsx").write_bytes((folder / "surplus_columns.xlsx").read_bytes()[:3000])
    (folder / "broken_inside.xlsx").write_bytes(
        repacked(folder / "surplus_columns.xlsx", {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"})
    )
    ragged = "Tên HTX,Số thành viên\n" + f"{NAMES[0]},20,thừa,ô\n{NAMES[1]}\n{NAMES[2]},30\n"
    (folder / "ragged_rows.csv").write_text(ragged, "utf-8")
    (folder / "open_quote.csv").write_text(f'Tên HTX,Số thành viên\n"{NAMES[0]},20\n', "utf-8")
    (folder / "unknown_bytes.csv").write_bytes(bytes(range(128, 256)) * 4)


def _swapped(book: Any, sheet: Any) -> None:
    form = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row(0, 0, ["Tên HTX", "Ngày thành lập"])
    for number, text in enumerate(["13/04/2015", "25/12/2016", "30/06/2017"], start=1):
        sheet.write_row(number, 0, [NAMES[0], text])
        sheet.write(number + 3, 0, NAMES[1])
        sheet.write_datetime(number + 3, 1, date(2015, 8, number + 2), form)


def _formula_errors(_book: Any, sheet: Any) -> None:
    table(sheet, [["Tên HTX", "Số thành viên", "Vốn điều lệ", "Ghi chú"], [NAMES[0]], [NAMES[1], 5]])
    sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
    sheet.write_formula(1, 2, "=1+1", None, "")
    sheet.write_formula(2, 3, "=F99", None, "#REF!")


def _png() -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


def main(folder: Path) -> None:
    """Build all small files."""
    for name, build in (("good", build_good), ("with_problems", build_problems), ("with_problems", _build_unreadable)):
        target = folder / name
        target.mkdir(parents=True, exist_ok=True)
        build(target)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
