"""Invented registers and yearly figures for trials: the same seed gives the same rows, every name says "mô phỏng"."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.issues import LoadError
from etl.parse import check_digit
from etl.recipe import Kitchen, Order, carry_out
from etl.sample_figures import FIGURE_HEADINGS, figure_rows
from etl.storage import checksum_of, keep_file
from models.commune import Commune, CommuneSuccession
from models.place import Place
from models.programme import Programme
from models.settings import Settings

YEARS = (2021, 2022, 2023, 2024, 2025)
CREATED = datetime(2026, 1, 1)  # the same bytes every time
ACTOR = "mô phỏng"
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
CLASSES = ((80, "Tốt"), (65, "Khá"), (50, "Trung bình"), (0, "Yếu"))
Spot = tuple[str, str]
Report = Callable[[str], None]


def write_register(
    path: Path, *, organizations: int, seed: int = 1, year: int = YEARS[-1], spots: Sequence[Spot] = (), first: int = 0
) -> None:
    """Write one invented register as a workbook. `first` numbers the organisations of several registers apart."""
    spots = spots or [(f"Xã mô phỏng {n}", "Huyện mô phỏng") for n in range(1, 31)]
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Mô phỏng")
    sheet.write(0, 0, "SỐ LIỆU MÔ PHỎNG, KHÔNG PHẢI TỔ CHỨC CÓ THẬT")
    sheet.write(1, 0, f"DANH SÁCH TỔ CHỨC KINH TẾ TẬP THỂ ĐẾN 31/12/{year}")
    sheet.write_row(3, 0, HEADINGS)
    for number, row in enumerate(register_rows(organizations, seed, year, spots, first), start=1):
        sheet.write_row(3 + number, 0, [number, *row])
    book.close()


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
    state = "Đang hoạt động" if is_active else ("Ngừng hoạt động" if traits[2] < 0.75 else "Chưa chuyển đổi")
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


def fill(engine: Engine, settings: Settings, *, organizations: int, seed: int, report: Report) -> None:
    """Fill a database for trials through the importers: a register and figures a year for provinces with promises.

    Raises LoadError unless the database is marked as one for trials (DEMO=1).
    """
    if not settings.is_demo:
        raise LoadError("Chỉ tạo dữ liệu mô phỏng trong cơ sở dữ liệu mô phỏng. Đặt DEMO=1 và DATABASE_URL riêng")
    with Session(engine) as session:
        places = _places_with_promises(session)
        spots = {place.slug: _spots(session, place.slug) for place in places}
        figures = figure_rows(session, [place.slug for place in places], YEARS)
    kitchen = Kitchen(engine, settings.data_dir, settings.as_of)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mo-phong.xlsx"
        for index, place in enumerate(places):
            for year in (year for year in YEARS if place.valid_to is None or year < place.valid_to.year):
                report(f"Nạp sổ đăng ký mô phỏng {place.name} {year}")
                first = index * 1_000_000 // 4
                write_register(
                    path, organizations=organizations, seed=seed, year=year, spots=spots[place.slug], first=first
                )
                _load(kitchen, path, "register", place.slug, year)
        _write_figures(path, figures)
        report(f"Nạp {len(figures)} số liệu mô phỏng")
        _load(kitchen, path, "figures", None, None)


def _places_with_promises(session: Session) -> list[Place]:
    promising = select(col(Programme.place))
    statement = select(Place).where(col(Place.slug).in_(promising), col(Place.level) == "province")
    rows = list(session.scalars(statement.order_by(col(Place.slug))))
    session.expunge_all()
    return rows


def _spots(session: Session, place: str) -> list[Spot]:
    statement = select(Commune).where(col(Commune.place) == place).order_by(col(Commune.code))
    rows = session.scalars(statement).all()
    whole = _gone_over_whole(session)
    former = [row for row in rows if row.valid_to is not None and row.code in whole]
    return [(row.name, row.district_name or "") for row in former or rows]


def _gone_over_whole(session: Session) -> set[str]:
    """Former communes that went into one commune wholly: lists of later years can name them too."""
    links = session.execute(select(col(CommuneSuccession.old_code), col(CommuneSuccession.is_whole))).all()
    often = Counter(code for code, _ in links)
    return {code for code, is_whole in links if is_whole and often[code] == 1}


def _write_figures(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Mô phỏng")
    sheet.write(0, 0, "SỐ LIỆU MÔ PHỎNG")
    sheet.write_row(2, 0, FIGURE_HEADINGS)
    for number, row in enumerate(rows, start=3):
        sheet.write_row(number, 0, row)
    book.close()


def _load(kitchen: Kitchen, path: Path, kind: str, place: str | None, year: int | None) -> None:
    content = path.read_bytes()
    label = f"mô phỏng {kind} {place or ''} {year or ''}".strip() + ".xlsx"
    keep_file(kitchen.engine, label, content)
    order = Order(kind, place, year, ACTOR, label, checksum_of(content), is_demo=True, marked_demo=True)
    outcome = carry_out(kitchen, order, path, commit=True)
    if outcome.stops_file or outcome.left_out:
        raise LoadError(f"Dữ liệu mô phỏng không nạp được: {outcome.findings[0]}")
