"""What stands above the list: counts by state, filter menus and ways to take the list away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from dashboard.register import words as register
from dashboard.register.address import RegisterFilter
from dashboard.register.parts.register_parts import Choice, counts_strip, menu, takeaways
from dashboard.register.values import Cube
from dashboard.ui import html
from dashboard.ui.html import Element
from dashboard.ui.markup import spoken

Link = Callable[[str, RegisterFilter], str]
MENUS = (
    ("place", "Địa bàn"),
    ("kind", "Loại hình"),
    ("sector", "Lĩnh vực"),
    ("operating", "Tình trạng"),
    ("legal", "Pháp lý"),
    ("rating", "Xếp loại"),
)
WORDS = {
    "kind": register.KIND_WORDS,
    "sector": register.SECTOR_WORDS,
    "operating": register.OPERATING_WORDS,
    "legal": register.LEGAL_WORDS,
    "rating": register.RATING_WORDS,
}


def summary(cube: Cube, chosen: RegisterFilter, link: Link) -> Element:
    """Counts by state and the exports of exactly this list."""
    groups = [
        (title, _states(facet, cube, chosen, link))
        for facet, title in (("operating", "Theo báo cáo của địa phương"), ("legal", "Theo cơ sở dữ liệu đăng ký"))
    ]
    exports = ["Tải danh sách này: ", *takeaways(lambda end: link(f"/xuat/so-dang-ky.{end}", chosen)), " "]
    work = html.A("Tổ chức chờ xử lý", href=link("/can-xu-ly", RegisterFilter(place=chosen.place)))
    towns = html.A("Đếm theo xã", href=link("/htx/theo-xa", RegisterFilter(place=chosen.place)))
    return html.Div(
        [
            counts_strip(cube.total(chosen), [group for group in groups if group[1]]),
            html.P(
                [*exports, html.Small("không kèm dữ liệu cá nhân"), html.Span([work, " · ", towns])],
                className="exports",
            ),
        ],
        className="register-summary",
    )


def _states(facet: str, cube: Cube, chosen: RegisterFilter, link: Link) -> list[tuple[str, int, str, bool]]:
    counts, now = cube.by(facet, chosen), getattr(chosen, facet)
    if set(counts) <= {register.UNKNOWN} and not now:
        return []
    return [
        (word, counts[code], link("/htx", chosen.but(**{facet: "" if code == now else code})), code == now)
        for code, word in WORDS[facet].items()
        if counts[code] or code == now
    ]


def menus(
    cube: Cube,
    chosen: RegisterFilter,
    places: Mapping[str, str],
    link: Link,
    communes: Sequence[tuple[str, str, int]] = (),
) -> Element:
    """A menu for each filter; the counts keep to the other filters, those of communes to the place alone."""
    found = []
    for facet, title in MENUS:
        table = places if facet == "place" else WORDS[facet]
        now = getattr(chosen, facet)
        choices = _choices(facet, cube.by(facet, chosen), table, chosen, link)
        if len(choices) > 1 or now:
            word = register.word(table, now) if now else None
            found.append(menu(title, word, choices, link("/htx", chosen.but(**_without(facet)))))
    found += [_commune_menu(chosen, link, communes)] if communes or chosen.commune else []
    flags: list[Choice] = [
        (word, None, link("/htx", chosen.but(flag=code)), code == chosen.flag)
        for code, word in register.FLAG_WORDS.items()
    ]
    found.append(menu("Dấu hiệu", register.FLAG_WORDS.get(chosen.flag), flags, link("/htx", chosen.but(flag=""))))
    if not chosen.is_empty:
        found.append(html.A("Bỏ mọi bộ lọc", href=link("/htx", RegisterFilter()), className="clear"))
    return html.Div(found, className="menus", role="group", **spoken("Bộ lọc"))


def _commune_menu(chosen: RegisterFilter, link: Link, communes: Sequence[tuple[str, str, int]]) -> Element:
    named = {code: name for code, name, _ in communes}
    choices: list[Choice] = [
        (name, count, link("/htx", chosen.but(commune=code)), code == chosen.commune) for code, name, count in communes
    ]
    now = named.get(chosen.commune, chosen.commune) or None
    return menu("Xã, phường", now, choices, link("/htx", chosen.but(commune="")))


def _without(facet: str) -> dict[str, str]:
    """A commune belongs to its place: with another place it is no longer meant."""
    return {"place": "", "commune": ""} if facet == "place" else {facet: ""}


def _choices(
    facet: str, counts: Counter[str], table: Mapping[str, str], chosen: RegisterFilter, link: Link
) -> list[Choice]:
    order = {code: place for place, code in enumerate(table)}
    codes = sorted(counts, key=lambda code: (code == register.UNKNOWN, order.get(code, len(order)), code))
    return [
        (
            register.word(table, code),
            counts[code],
            link("/htx", chosen.but(**_without(facet) | {facet: code})),
            code == getattr(chosen, facet),
        )
        for code in codes
    ]
