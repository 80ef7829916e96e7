"""Invented registers and yearly figures for trials: the same seed gives the same rows, every name says "mô phỏng"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter

from etl.demo.sample_communes import lasting_communes
from etl.parsing.parse import check_digit

YEARS = (2021, 2022, 2023, 2024, 2025)
CREATED = datetime(2026, 1, 1)  # the same bytes every time
HEADINGS = (
    "TT",
    "Tên HTX",
    "Mã số HTX",
    "Loại hình",
    "Lĩnh vực",
    "Xã, phường",
    "Huyện, thị xã",
    "Ngày thành lập",
    "Tình trạng hoạt động",
    "Đã chuyển đổi theo Luật",
    "Số thành viên",
    "Số lao động",
    "Số cán bộ quản lý",
    "Cán bộ quản lý qua đào tạo",
    "Cán bộ quản lý trình độ cao đẳng, đại học",
    "Vốn điều lệ (triệu đồng)",
    "Vốn hoạt động (triệu đồng)",
    "Doanh thu (triệu đồng)",
    "Lợi nhuận (triệu đồng)",
    "Ứng dụng CNC",
    "Liên kết chuỗi",
    "Sản phẩm OCOP",
    "Giám đốc là nữ",
    "Điểm đánh giá",
    "Xếp loại",
)
KINDS = (("HTX", 82), ("Tổ hợp tác", 17), ("Liên hiệp HTX", 1))
SECTORS = (
    ("Nông nghiệp", 60),
    ("Thương mại - dịch vụ", 12),
    ("Giao thông vận tải", 8),
    ("Xây dựng", 7),
    ("Công nghiệp - TTCN", 8),
    ("Môi trường", 5),
)
NAMES = ("Bình Minh", "Đồng Tâm", "Hòa Bình", "Tân Tiến", "Thắng Lợi", "Quyết Thắng", "Đoàn Kết", "Hùng Vương")
WORKS = ("nông nghiệp", "dịch vụ", "chăn nuôi", "vận tải", "rau sạch", "cà phê", "thủy sản", "xây dựng")
STOPPED = ((0.6, "Ngừng hoạt động"), (0.78, "Chờ giải thể"), (1.01, "Chưa chuyển đổi"))
CLASSES = ((80, "Tốt"), (65, "Khá"), (50, "Trung bình"), (0, "Yếu"))
Spot = tuple[str, str]
STATE = 7  # where a row of the register holds its operating state


def write_register(
    path: Path,
    *,
    organizations: int,
    seed: int = 1,
    year: int = YEARS[-1],
    spots: Sequence[Spot] = (),
    first: int = 0,
    is_other_list: bool = False,
) -> None:
    """Write one invented register as a workbook. `first` numbers the organisations of several registers apart.

    Without `spots` the communes are those that a filled trial knows at every place in every year.
    `is_other_list` gives what another office might list for the same day: some are missing, some still work.
    """
    spots = spots or lasting_communes()
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Mô phỏng")
    sheet.write(0, 0, "SỐ LIỆU MÔ PHỎNG, KHÔNG PHẢI TỔ CHỨC CÓ THẬT")
    sheet.write(1, 0, f"DANH SÁCH TỔ CHỨC KINH TẾ TẬP THỂ ĐẾN 31/12/{year}")
    sheet.write_row(3, 0, HEADINGS)
    rows = register_rows(organizations, seed, year, spots, first)
    for number, row in enumerate(_as_other_list(rows) if is_other_list else rows, start=1):
        sheet.write_row(3 + number, 0, [number, *row])
    book.close()


def _as_other_list(rows: Iterator[list[Any]]) -> Iterator[list[Any]]:
    for number, row in enumerate(rows):
        if number % 12:
            still_works = number % 2 and row[STATE] == "Ngừng hoạt động"
            yield [*row[:STATE], "Đang hoạt động", *row[STATE + 1 :]] if still_works else row


def register_rows(count: int, seed: int, year: int, spots: Sequence[Spot], first: int) -> Iterator[list[Any]]:
    """The organisations that exist at the end of the year; each keeps its name, code and place from year to year."""
    for number in range(first, first + count):
        fixed = Random(f"{seed}/{number}")  # noqa: S311 (invented data, not a secret)
        founded = date(fixed.randint(2005, YEARS[-1]), fixed.randint(1, 12), fixed.randint(1, 28))
        kind, sector = _pick(fixed, KINDS), _pick(fixed, SECTORS)
        name = f"{kind} {fixed.choice(WORKS)} {fixed.choice(NAMES)} {number + 1} (mô phỏng)"
        commune, district = fixed.choice(spots)
        traits = [fixed.random() for _ in range(6)]
        if founded.year <= year:
            identity = [name, tax_code(number), kind, sector, commune, district, f"{founded:%d/%m/%Y}"]
            now = Random(f"{seed}/{number}/{year}")  # noqa: S311 (invented data, not a secret)
            yield identity + _said(now, traits, year, founded, kind)


def _said(now: Random, traits: list[float], year: int, founded: date, kind: str) -> list[Any]:
    """What the organisation reports for the year; those that stopped report no revenue and are not rated."""
    age, size = year - YEARS[0], 15 + int(120 * traits[0] ** 2)
    is_active = traits[1] > 0.14 + 0.01 * age or year < YEARS[1]
    state = "Đang hoạt động" if is_active else next(name for below, name in STOPPED if traits[2] < below)
    members = max(5, int(size * (1 + 0.03 * age) + now.randint(-2, 2)))
    managers = 3 + int(4 * traits[0])
    capital = 300 + int(6000 * traits[3])
    revenue = int((600 + 8000 * traits[0]) * (1 + 0.05 * age) * now.uniform(0.94, 1.08)) if is_active else None
    profit = None if revenue is None else int(revenue * now.uniform(-0.01, 0.09))
    points = round(min(99.0, 40 + 45 * traits[4] + 1.5 * age + now.uniform(-3, 3)), 1)
    is_rated = is_active and founded.year < year and kind != "Tổ hợp tác"
    given = next(name for low, name in CLASSES if points >= low) if is_rated else "Không xếp loại"
    marks = [("có" if traits[5] < limit + 0.03 * age else "không") for limit in (0.08, 0.25, 0.12)]
    return [
        state,
        "không" if state == "Chưa chuyển đổi" else "có",
        members,
        int(members * 0.3),
        managers,
        int(managers * min(1.0, 0.5 + 0.1 * age)),
        int(managers * min(1.0, 0.3 + 0.06 * age)),
        capital,
        int(capital * (1.2 + 0.05 * age)),
        revenue,
        profit,
        *marks,
        "có" if traits[2] < 0.18 else "không",
        points if is_rated else None,
        given if kind != "Tổ hợp tác" else None,
    ]


def _pick(random: Random, choices: Sequence[tuple[str, int]]) -> str:
    return random.choices([name for name, _ in choices], [weight for _, weight in choices])[0]


def tax_code(number: int) -> str:
    """An invented code with a right check digit; it begins with 99, a prefix that no tax office uses."""
    nine = f"99{number * 3:07d}"
    digit = check_digit(nine)
    while digit is None or digit == 10:
        nine = f"{int(nine) + 1}"
        digit = check_digit(nine)
    return f"{nine}{digit}"
