"""What a reader of `/xem` chose, read strictly from the address and written back: the address holds all of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from dashboard.ui.address import View
from dashboard.ui.arguments import first, many, read_text, read_year

PATH = "/xem"


class ChartKind(StrEnum):
    """The ways to look at one choice; the value stands in the address."""

    MATRIX = "ma-tran"
    GOALS = "cam-ket"
    LINES = "dien-bien"
    MAP = "ban-do"
    TABLE = "bang"


class PlaceGroup(StrEnum):
    """Places that are chosen together; the value stands in the address."""

    TICKED = ""
    TODAY = "hien-nay"
    FORMER = "truoc-day"
    REGION_TODAY = "cung-vung"
    REGION_FORMER = "cung-vung-truoc-day"


PICTURE_WORDS = {
    ChartKind.MATRIX: "Ma trận",
    ChartKind.GOALS: "So với cam kết",
    ChartKind.LINES: "Diễn biến",
    ChartKind.MAP: "Bản đồ",
    ChartKind.TABLE: "Bảng",
}
GROUP_WORDS = {
    PlaceGroup.TICKED: "Theo danh sách dưới đây",
    PlaceGroup.TODAY: "34 tỉnh, thành phố hiện nay",
    PlaceGroup.FORMER: "63 tỉnh, thành phố đến 30/6/2025",
    PlaceGroup.REGION_TODAY: "Cùng vùng với nơi đã chọn, tỉnh hiện nay",
    PlaceGroup.REGION_FORMER: "Cùng vùng với nơi đã chọn, tỉnh đến 30/6/2025",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Places and indicators by code, empty for those with promises; `place` and `indicator` are what was picked."""

    places: tuple[str, ...] = ()
    group: PlaceGroup = PlaceGroup.TICKED
    indicators: tuple[str, ...] = ()
    years: tuple[int | None, int | None] = (None, None)
    picture: ChartKind = ChartKind.MATRIX
    place: str = ""
    indicator: str = ""

    def picking(self, place: str = "", indicator: str = "") -> Choice:
        """The same with another place or indicator picked; both empty picks nothing."""
        return replace(self, place=place, indicator=indicator)

    def seen_as(self, picture: ChartKind) -> Choice:
        """The same looked at in another way."""
        return replace(self, picture=picture)

    def link(self, view: View) -> str:
        """The address that says all of it."""
        first_year, last_year = self.years
        return view.link(
            PATH,
            dia_ban=self.places,
            nhom=self.group.value,
            chi_tieu=self.indicators,
            tu=first_year,
            den=last_year,
            xem="" if self.picture is ChartKind.MATRIX else self.picture.value,
            chon_dia_ban=self.place,
            chon_chi_tieu=self.indicator,
        )


def read_choice(args: Mapping[str, object]) -> Choice:
    """Read a choice from parameters of an address; what cannot be understood counts as not said."""
    years = read_year(args.get("tu")), read_year(args.get("den"))
    if years[0] and years[1] and years[0] > years[1]:
        years = years[1], years[0]
    return Choice(
        places=many(args.get("dia-ban")),
        group={group.value: group for group in PlaceGroup}.get(first(args.get("nhom")), PlaceGroup.TICKED),
        indicators=many(args.get("chi-tieu")),
        years=years,
        picture={kind.value: kind for kind in ChartKind}.get(first(args.get("xem")), ChartKind.MATRIX),
        place=read_text(first(args.get("chon-dia-ban"))),
        indicator=read_text(first(args.get("chon-chi-tieu"))),
    )
