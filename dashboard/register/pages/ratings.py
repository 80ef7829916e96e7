"""`/xep-loai`: the classes of one year, what they rest on, who moved, and the weak ones by name."""

from __future__ import annotations

from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.address import read_filter
from dashboard.register.data.organizations import holds_demo
from dashboard.register.data.ratings import build_ratings, default_filter, is_anything_rated
from dashboard.register.parts.rating_tables import (
    NamedLinks,
    class_bar,
    moves_block,
    reasons,
    shares,
    tally_table,
    weak_block,
)
from dashboard.register.parts.register_parts import demo_notice, load_link, menu, past_notice
from dashboard.register.rating_values import RatingFilter, RatingsPage, Tally
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_id
from dashboard.ui.html import Element
from dashboard.ui.marks import empty
from dashboard.ui.markup import spoken
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import page_frame, section

PATH = "/xep-loai"
BASIS = (
    "Số phải xếp là HTX và liên hiệp HTX có trong sổ, thành lập đến hết năm đó và chưa giải thể trước năm đó. "
    "Tổ hợp tác không có thang điểm; quỹ tín dụng nhân dân xếp theo quy định riêng nên không tính ở đây."
)


@page(PATH, title="Xếp loại", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The ratings; `ky` is the year, `thang` the scheme, `dia-ban` and `linh-vuc` narrow."""
    filters = read_filter(query)
    year, scheme = query.get("ky"), str(query.get("thang") or "")
    chosen = default_filter(read_id(year), scheme, filters.place, filters.sector)
    if not is_anything_rated():
        return _nothing(view)
    if chosen is None or (year and not read_id(year)) or (chosen.place and chosen.place not in snapshot.places):
        back = html.A("Xem năm mới nhất", href=view.link(PATH))
        return errors.not_found(view, "Không có kết quả xếp loại nào như bộ lọc hỏi.", "Chọn lại năm.", back)
    found = build_ratings(chosen)
    names = snapshot.place_names
    return page_frame(
        finding(found, names),
        demo_notice(holds_demo()),
        past_notice(view, "Xếp loại trên trang này"),
        _menus(found, names, view),
        *_blocks(found, names, view),
        view=view,
        current=PATH,
        lead=f"{register.word(register.SCHEME_WORDS, chosen.scheme)}, năm {chosen.year}. {BASIS}",
    )


def _nothing(view: View) -> Element:
    block = empty(
        "Chưa có kết quả xếp loại nào.",
        "Nạp bảng xếp loại của tỉnh (tên hoặc mã số, xếp loại, điểm nếu có).",
        load_link(),
    )
    return page_frame("Chưa có kết quả xếp loại", demo_notice(holds_demo()), block, view=view, current=PATH)


def finding(found: RatingsPage, names: dict[str, str]) -> str:
    """How many of the rated are good or fair, and how many are weak."""
    tally, chosen = found.tally, found.chosen
    where = names.get(chosen.place, "")
    start = f"{where}, năm {chosen.year}" if where else f"Năm {chosen.year}"
    if not tally.rated:
        return f"{start}: chưa có tổ chức nào được xếp loại"
    share = (
        f"{words.percent(tally.share)} đạt tốt, khá ({words.number(tally.good_or_fair)}/{words.number(tally.rated)})"
    )
    coverage = "mọi đơn vị đã có kết quả"
    if tally.silent:
        coverage = f"mới xếp loại {words.percent(tally.coverage)} số phải xếp"
    return f"{start}: {share}; {words.number(found.weak_count)} yếu; {coverage}"


def _link(view: View, chosen: RatingFilter, path: str = PATH, **changes: object) -> str:
    parts = {"ky": chosen.year, "thang": chosen.scheme, "dia_ban": chosen.place, "linh_vuc": chosen.sector}
    return view.link(path, **(parts | changes))


def _menus(found: RatingsPage, names: dict[str, str], view: View) -> Element:
    chosen = found.chosen
    years = [(f"Năm {y}", None, _link(view, chosen, ky=y, thang=""), y == chosen.year) for y in found.years]
    schemes = [
        (register.word(register.SCHEME_WORDS, s), None, _link(view, chosen, thang=s, ky=""), s == chosen.scheme)
        for s in found.schemes
    ]
    places = [
        (names.get(t.label, t.label), t.rated, _link(view, chosen, dia_ban=t.label), t.label == chosen.place)
        for t in found.by_place
    ]
    sectors = [
        (_sector(t), t.rated, _link(view, chosen, linh_vuc=t.label), t.label == chosen.sector) for t in found.by_sector
    ]
    place, sector = names.get(chosen.place), register.SECTOR_WORDS.get(chosen.sector) or chosen.sector or None
    menus = [
        menu("Năm", f"{chosen.year}", years, _link(view, chosen, ky="")),
        menu("Địa bàn", place, places, _link(view, chosen, dia_ban="")),
        menu("Lĩnh vực", sector, sectors, _link(view, chosen, linh_vuc="")),
    ]
    if len(schemes) > 1:
        name = register.word(register.SCHEME_WORDS, chosen.scheme)
        menus.append(menu("Cách chấm", name, schemes, _link(view, chosen, thang="")))
    return html.Div(menus, className="menus", role="group", **spoken("Bộ lọc"))


def _sector(tally: Tally) -> str:
    return register.word(register.SECTOR_WORDS, tally.label)


def _blocks(found: RatingsPage, names: dict[str, str], view: View) -> list[Element | None]:
    chosen, year = found.chosen, str(found.chosen.year)
    by_year = tally_table("Năm", found.by_year, lambda t: t.label, caption="Xếp loại theo năm", current=year)
    by_place = tally_table(
        "Địa bàn",
        found.by_place,
        lambda t: html.A(names.get(t.label, t.label), href=_link(view, chosen, dia_ban=t.label)),
        caption="Xếp loại theo địa bàn",
        current=chosen.place,
    )
    by_sector = tally_table(
        "Lĩnh vực",
        found.by_sector,
        lambda t: html.A(_sector(t), href=_link(view, chosen, linh_vuc=t.label)),
        caption="Xếp loại theo lĩnh vực",
        current=chosen.sector,
    )
    links = NamedLinks(names, lambda ident: view.link(f"/htx/{ident}"), lambda path: _link(view, chosen, path))
    return [
        section(f"Năm {year}", class_bar(found.tally), shares(found.tally), reasons(found)),
        section(*weak_block(found, links)),
        section(*moves_block(found, links)) if found.previous else None,
        section("Theo năm", by_year),
        section("Theo địa bàn", by_place),
        section("Theo lĩnh vực", by_sector),
    ]
