"""A workbook full of numbers and days of persons, nobody's, in every kind of cell, and where they must not be found."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import xlsxwriter
from sqlalchemy import Engine, MetaData, select

CARDS = tuple(f"0{64080 + number}000{100 + number}" for number in range(12))  # 12 digits, the zero in front
OLD_CARDS = tuple(f"2308{10000 + 111 * number}" for number in range(12))  # 9 digits
PHONES = tuple(f"09{10 + number}7654{30 + number}" for number in range(12))
MAILS = tuple(f"nguoi.mau{number}@example.invalid" for number in range(12))
BIRTHS = ("15/03/1947", "7.9.1947", "1947")
TITLE = "DANH SÁCH HỢP TÁC XÃ NĂM 2023"
HEAD = (
    *("TT", "Tên HTX", "Số đăng ký cũ", "Xã, phường", "Tình trạng hoạt động", "Số thành viên", "Giám đốc", "Địa chỉ"),
    *("Ghi chú", "CCCD", "Ngày sinh", "Điện thoại", "Thông tin khác", "Đầu mối", "Ngày", "Lĩnh vực", "Xếp loại"),
    *("Tổng số lao động", "Vốn điều lệ (triệu đồng)", "Ngày thành lập", "Mã liên hệ"),
)
_HEX = re.compile(r"[0-9a-f]{32,64}")
_BIRTH = re.compile(r"(?<![0-9])1947(?![0-9])")


def personal_book(name: str = "HTX Riêng Tư", *, is_refused: bool = False) -> bytes:
    """Twelve organisations; what a person must not be reached by stands in every column but number and commune."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("HTX")
        sheet.write(0, 0, f"{TITLE} TỈNH THANH HÓA" if is_refused else TITLE)
        sheet.write(1, 0, f"(Người lập: Lê Mẫu, ĐT {PHONES[0]}, {MAILS[0]})")
        sheet.write_row(3, 0, HEAD)
        for number in range(12):
            sheet.write_row(4 + number, 0, [str(number + 1), *_row(name, number)])
        sheet.write(17, 1, f"Người lập biểu: Trần Mẫu, CCCD {CARDS[1]}, sinh năm 1947")
    return out.getvalue()


def _row(name: str, number: int) -> list[object]:
    card, old, phone, mail = CARDS[number], OLD_CARDS[number], PHONES[number], MAILS[number]
    texts = (card, old, phone, mail, f"{phone[:4]} {phone[4:7]} {phone[7:]}", f"sinh ngày 15/03/1947 CCCD {card}")
    innocent = texts[number % len(texts)]
    as_number = (int(card), int(old), int(phone), 20 + number)[number % 4]
    return [
        f"{name} {number} ({('GĐ sinh năm 1947', phone, f'CCCD {card}', mail)[number % 4]})",
        f"{3900 + number}C",
        "Xã Riêng" if number % 2 else f"Xã Riêng, ĐT {phone}",
        innocent if number % 3 == 0 else "Đang hoạt động",
        as_number,
        f"Lê Mẫu {number} ({('15/03/1947', 'sn 1947', phone, card)[number % 4]})",
        f"Thôn 1, nhà ông Mẫu {phone}, sinh ngày 15/03/1947, CCCD {old}",
        f"liên hệ {mail}; CMND {old}; sinh năm 1947",
        card,
        date(1947, 3, 15).strftime("%d/%m/%Y"),
        phone,
        innocent,
        as_number,
        "15/03/1947",
        innocent if number % 4 == 1 else "Nông nghiệp",
        innocent if number % 4 == 2 else "Tốt",
        as_number,
        20 if number % 2 else card,
        innocent if number % 2 else "2015",
        as_number if number % 2 else card,
    ]


def leaks(text: str) -> list[str]:
    """What of the book's numbers, addresses and days of persons stands in a text."""
    if _HEX.fullmatch(text):
        return []
    digits = re.sub(r"[ .\-]", "", text)
    found = [number for number in (*CARDS, *OLD_CARDS, *PHONES) if number.lstrip("0") in digits]
    return [*found, *(mail for mail in MAILS if mail in text), *_BIRTH.findall(text)]


def found_in_database(engine: Engine) -> list[str]:
    """Every place of a database, in whatever table and column, where something of the book stands."""
    tables = MetaData()
    tables.reflect(engine)
    found = []
    with engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                found += [
                    f"{table.name}.{name}: {told} in {row[name]}" for name in row for told in leaks(str(row[name]))
                ]
    return found


def found_in_files(folder: Path, besides: Path) -> list[str]:
    """Every file under a folder, but for the database's, that holds something of the book, or is a received one."""
    return [f"{path.name}: {told}" for path in _files(folder, besides) for told in _told(path)]


def _files(folder: Path, besides: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(besides.name))


def _told(path: Path) -> list[str]:
    content = path.read_bytes()
    return ["a workbook"] if content.startswith(b"PK") else leaks(content.decode("utf-8", "replace"))
