"""The register by commune, for one place and year, on old or new boundaries; the communes of a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from sqlmodel import col

from dashboard.db.cache import remembered
from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.register.data.register_query import in_register
from models.places.commune import Commune
from models.register.organization import Organization, OrganizationState
from models.register.register_communes import Boundary, CommuneCounts, Unplaced, count_by_commune
from models.targets.reading import PlaceView

BOUNDARIES = {"moi": Boundary.NEW, "cu": Boundary.OLD}
BOUNDARY_WORDS = {"moi": "từ 01/7/2025", "cu": "trước 01/7/2025"}
HEADINGS: dict[str, str] = {
    "htx_count": "HTX",
    "htx_active_count": "HTX đang hoạt động",
    "htx_stopped_count": "HTX ngừng, chờ giải thể",
    "htx_not_converted_count": "HTX chưa chuyển đổi",
    "lhhtx_count": "LHHTX",
    "tht_count": "THT",
    "htx_member_count": "Thành viên HTX",
}
UNPLACED_WORDS: dict[Unplaced, str] = {
    Unplaced.NO_CODE: "Chưa phân được: danh sách không ghi xã, hoặc nạp khi chưa có danh mục xã",
    Unplaced.UNKNOWN_CODE: "Chưa phân được: mã xã không có trong danh mục",
    Unplaced.SAME_CODE: "Chưa phân được: mã dùng cho cả xã cũ và xã mới, danh sách không nói rõ",
    Unplaced.SPLIT: "Chưa phân được: xã chia tách, chỉ nhập một phần vào mỗi xã mới",
    Unplaced.SEVERAL: "Chưa phân được: xã mới gồm nhiều xã cũ",
}


@dataclass(frozen=True, slots=True)
class CommunePage:
    """The communes of one place and year on one boundary; `places` and `years` are what may be chosen."""

    place: PlaceView | None
    year: int
    boundary: str
    places: tuple[PlaceView, ...]
    years: tuple[int, ...]
    counts: CommuneCounts
    has_tables: bool
    names: Mapping[str, str]


def build_communes(
    snapshot: Snapshot, place: str, year: int | None, boundary: str, recorded_at: datetime | None = None
) -> CommunePage:
    """The counts, as stored at an instant if one is given; by default of the largest place and its newest year."""
    with repository().session() as session:
        years = years_of_lists(session)
        slug = place or next(iter(years), "")
        at = year or max(years.get(slug, {0}))
        counts = CommuneCounts()
        if slug in snapshot.places and at:
            counts = _counted(session, snapshot, slug, at, boundary, recorded_at)
        has_tables = session.scalar(select(col(Commune.code)).limit(1)) is not None
    places = {code: snapshot.places[code] for code in years if code in snapshot.places}
    if slug in snapshot.places:
        places[slug] = snapshot.places[slug]
    return CommunePage(
        place=snapshot.places.get(slug),
        year=at,
        boundary=boundary,
        places=tuple(places.values()),
        years=tuple(sorted(years.get(slug, set()) | ({at} if at else set()), reverse=True)),
        counts=counts,
        has_tables=has_tables,
        names=snapshot.place_names,
    )


def _counted(
    session: Session, snapshot: Snapshot, place: str, year: int, boundary: str, recorded_at: datetime | None
) -> CommuneCounts:
    demo, kind = repository().settings.is_demo, BOUNDARIES[boundary]

    def count() -> CommuneCounts:
        return count_by_commune(session, snapshot.places, place, year, kind, demo=demo, recorded_at=recorded_at)

    return remembered(session, ("communes", place, year, boundary, recorded_at), count)


def years_of_lists(session: Session) -> dict[str, set[int]]:
    """The years about which the register of each place says something, the largest place first."""

    def find() -> dict[str, set[int]]:
        state = OrganizationState
        statement = (
            select(col(Organization.place), col(state.on), func.count())
            .join(Organization, col(Organization.id) == col(state.organization_id))
            .where(col(state.superseded_at).is_(None), ~col(Organization.is_withdrawn))
            .where(col(Organization.is_demo) == repository().settings.is_demo)
            .group_by(col(Organization.place), col(state.on))
        )
        found: dict[str, set[int]] = defaultdict(set)
        sizes: dict[str, int] = defaultdict(int)
        for slug, on, count in session.execute(statement):
            found[slug].add(on.year)
            sizes[slug] = max(sizes[slug], count)
        return {slug: found[slug] for slug in sorted(found, key=lambda code: (-sizes[code], code))}

    return remembered(session, ("years by place", repository().settings.is_demo), find)


def commune_names(place: str) -> list[tuple[str, str, int]]:
    """The communes a place's organisations name today: what the address says, name, count; by name."""
    with repository().session() as session:
        return remembered(session, ("commune names", place), lambda: _names(session, place))


def _names(session: Session, place: str) -> list[tuple[str, str, int]]:
    row = Organization
    statement = (
        select(col(row.commune_code), col(row.commune_name), func.count())
        .where(in_register(), col(row.place) == place, col(row.commune_name).is_not(None))
        .group_by(col(row.commune_code), col(row.commune_name))
        .order_by(col(row.commune_name), col(row.commune_code))
    )
    return [(code or name or "", name or "", count) for code, name, count in session.execute(statement)]
