"""The register of the invented national database: organisations with their states and ten yearly reports each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlmodel import col

from models.base.bulk import insert_rows
from models.base.facts import apply_facts
from models.base.text import fold
from models.places.place import Place
from models.register.organization import Organization, YearReport

COOPERATIVES, GROUPS = 35_000, 120_000
REPORT_YEARS = range(2016, 2026)
CHUNK = 20_000
NAMES = ("Bàu Trúc", "Thắng Lợi", "Đoàn Kết", "Hòa Bình", "Tân Tiến", "Phước Hậu", "Đức Cơ", "Chư Păh", "Ninh Hải")
WORKS = ("rau an toàn", "cà phê", "hồ tiêu", "chăn nuôi bò", "gốm", "vận tải", "môi trường", "dệt thổ cẩm", "nho")
SECTORS = ("agriculture", "industry", "construction", "trade", "transport", "environment", "other")
STATES = ("active",) * 8 + ("stopped", "not_converted", "suspended", "awaiting_dissolution")
CLASSES = ("good", "fair", "average", "weak", "not_rated", None)


def fill_register(session: Session, run_id: int, scale: float) -> None:
    """Organisations spread over the provinces of today, then their yearly reports through the product's own path."""
    statement = select(col(Place.slug)).where(col(Place.level) == "province", col(Place.valid_to).is_(None))
    places = list(session.scalars(statement.order_by(col(Place.slug))))
    kinds = ["htx"] * round(COOPERATIVES * scale) + ["tht"] * round(GROUPS * scale)
    chance = random.Random(155)
    rows = (organization(number, kind, chance, run_id, places) for number, kind in enumerate(kinds, start=1))
    while chunk := list(islice(rows, CHUNK)):
        insert_rows(session, Organization, chunk)
    reports = year_reports(len(kinds))
    apply_facts(session, YearReport, reports, run_id=run_id, now=datetime.now(UTC), withdraw=False)


def organization(number: int, kind: str, chance: random.Random, run_id: int, places: Sequence[str]) -> dict[str, Any]:
    """One invented organisation."""
    form = {"htx": "Hợp tác xã", "tht": "Tổ hợp tác"}[kind]
    name = f"{form} {chance.choice(WORKS)} {chance.choice(NAMES)} {number} (mô phỏng)"
    return {
        "id": number,
        "is_demo": True,
        "tax_code": f"60{number:08d}" if kind == "htx" else None,
        "kind": kind,
        "name": name,
        "name_norm": fold(name),
        "sector": chance.choice(SECTORS),
        "place": chance.choice(places),
        "commune_name": f"Xã {chance.choice(NAMES)}",
        "founded_on": date(chance.randint(1998, 2025), chance.randint(1, 12), chance.randint(1, 28)),
        "operating_state": chance.choice(STATES),
        "operating_state_on": date(2025, 12, 31),
        "legal_status": "active",
        "rating_class": chance.choice(CLASSES),
        "rating_year": 2025,
        "member_count": chance.randint(5, 400),
        "report_year": REPORT_YEARS[-1],
        "is_withdrawn": False,
        "run_id": run_id,
    }


def year_reports(organizations: int) -> Iterator[dict[str, Any]]:
    """Ten invented yearly reports an organisation."""
    chance = random.Random(10)
    for ident in range(1, organizations + 1):
        members = chance.randint(5, 400)
        for year in REPORT_YEARS:
            yield {
                "key": f"{ident}/{year}",
                "organization_id": ident,
                "year": year,
                "member_count": members + year - REPORT_YEARS[0],
                "worker_count": chance.randint(5, 100),
                "revenue_mn": float(chance.randint(100, 9000)),
                "profit_mn": float(chance.randint(1, 900)),
                "has_linkage_contract": year % 3 == 0,
                "value_kind": "actual",
                "source": "Số liệu mô phỏng để đo tốc độ",
            }
