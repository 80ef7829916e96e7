"""`/htx/theo-xa`: the register of one place by commune, on the boundaries before or since 01/7/2025."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.db.snapshot_values import Snapshot
from dashboard.register.address import read_filter
from dashboard.register.data.communes import (
    BOUNDARIES,
    BOUNDARY_WORDS,
    HEADINGS,
    UNPLACED_WORDS,
    CommunePage,
    build_communes,
)
from dashboard.register.data.organizations import holds_demo
from dashboard.register.parts.register_parts import demo_notice, load_link, menu, no_register, takeaways
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.arguments import read_year
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import empty
from dashboard.ui.markup import spoken
from dashboard.ui.table import TableColumn, data_table, figures, wide
from dashboard.web import errors
from dashboard.web.routes import page
from dashboard.web.rules import VIEW
from dashboard.web.shell import breadcrumbs, page_frame, section

PATH, REGISTER = "/htx/theo-xa", "/htx"
METHOD = (
    "Đếm từ sổ đăng ký của năm đã chọn; tổ chức đã giải thể không tính. “–” là không ai báo cáo, 0 là danh sách "
    "không nêu tổ chức nào ở xã ấy. Chuyển đổi xã theo danh mục đã nạp: chỉ chuyển khi cả xã nhập vào một xã, "
    "phần còn lại ghi riêng, không đoán."
)


@page(PATH, title="Sổ đăng ký theo xã", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """Communes of `dia-ban` in `nam-so`; `ranh-gioi` is `moi` (default) or `cu`."""
    place, year = read_filter(query).place, read_year(query.get("nam-so"))
    boundary = str(query.get("ranh-gioi") or "moi")
    if boundary not in BOUNDARIES or (place and place not in snapshot.places):
        back = html.A("Xem sổ đăng ký", href=view.link(REGISTER))
        return errors.not_found(view, "Bộ lọc trỏ đến giá trị không có.", "Chọn lại địa bàn.", back)
    found = build_communes(snapshot, place, year, boundary, view.recorded_at)
    return page_frame(
        finding(found),
        breadcrumbs([("Sổ đăng ký", view.link(REGISTER))]),
        demo_notice(holds_demo()),
        *(_content(found, view) if found.place else [no_register()]),
        view=view,
        current=REGISTER,
    )


def finding(found: CommunePage) -> str:
    """How many cooperatives lie in how many communes, and how many organisations no commune takes."""
    if found.place is None:
        return "Sổ đăng ký chưa có tổ chức nào"
    start = f"{found.place.full_name}, năm {found.year}"
    total = found.counts.total.get("htx_count")
    if found.counts.reason or total is None:
        return f"{start}: chưa đếm được theo xã"
    lost = sum(values.get("htx_count") or 0 for values in found.counts.unplaced.values())
    where = f"{words.number(total - lost)} HTX ở {len(found.counts.lines)} xã, ranh giới {_boundary(found)}"
    return f"{start}: {where}" + (f"; {words.number(lost)} HTX chưa phân được" if lost else "")


def _boundary(found: CommunePage) -> str:
    return BOUNDARY_WORDS[found.boundary]


def _content(found: CommunePage, view: View) -> list[Element | None]:
    counts = found.counts
    tools = html.Div(_menus(found, view), className="menus", role="group", **spoken("Bộ lọc"))
    if counts.reason:
        return [tools, empty("Chưa đếm được theo xã.", counts.reason)]
    no_tables = None
    if not found.has_tables:
        no_tables = empty("Chưa có danh mục xã.", "Nạp danh mục xã trước, rồi nạp lại danh sách.", load_link())
    silent = f"{words.number(counts.silent)} xã khác không có tổ chức nào trong sổ. " if counts.silent else ""
    return [
        tools,
        no_tables,
        html.P(counts.note, className="notice") if counts.note else None,
        section("Cả địa bàn", _whole(found), html.P(silent + METHOD, className="source")),
        section(f"Theo xã, ranh giới {_boundary(found)}", _table(found, view), _exports(found, view)),
    ]


def _menus(found: CommunePage, view: View) -> list[Element]:
    place = found.place
    slug = place.slug if place else ""
    places = [
        (row.full_name, None, _link(found, view, dia_ban=row.slug, nam_so=""), row.slug == slug) for row in found.places
    ]
    years = [(f"Năm {y}", None, _link(found, view, nam_so=y), y == found.year) for y in found.years]
    ways = [
        (word, None, _link(found, view, ranh_gioi=key), key == found.boundary) for key, word in BOUNDARY_WORDS.items()
    ]
    here = _link(found, view)
    return [
        menu("Địa bàn", place.full_name if place else None, places, here),
        menu("Năm", str(found.year), years, here),
        menu("Ranh giới", _boundary(found), ways, here),
    ]


def _link(found: CommunePage, view: View, path: str = PATH, **changes: object) -> str:
    place = found.place.slug if found.place else ""
    return view.link(path, **({"dia_ban": place, "nam_so": found.year, "ranh_gioi": found.boundary} | changes))


def _table(found: CommunePage, view: View) -> Element:
    """Communes in the order of former districts and names; on a phone the figures of one flow as a text."""
    shown_place = found.place.slug if found.place else ""
    rows: list[list[Content]] = []
    for line in found.counts.lines:
        where = ", ".join(filter(None, [line.district, "" if line.place == shown_place else found.names[line.place]]))
        name: Piece = line.name
        if found.boundary == "moi":
            name = html.A(line.name, href=view.link(REGISTER, dia_ban=line.place, xa=line.code))
        rows.append([[name, html.Small(where, className="sub") if where else None], *_figures(line.values)])
    return data_table(_columns("Xã, phường"), rows, caption="Tổ chức theo xã", kind="dense in-lines")


def _whole(found: CommunePage) -> Element:
    """The whole place first, then what no commune takes, by reason."""
    rows: list[list[Content]] = [["Mọi tổ chức", *_figures(found.counts.total)]]
    rows += [[UNPLACED_WORDS[why], *_figures(values)] for why, values in found.counts.unplaced.items()]
    return data_table(_columns("Phần"), rows, caption="Cả địa bàn và phần chưa phân được", kind="dense")


def _columns(first: str) -> tuple[TableColumn, ...]:
    return (wide(first), *(figures(name) for name in HEADINGS.values()))


def _figures(values: Mapping[str, float | None]) -> list[str]:
    return [words.NONE if values.get(code) is None else words.number(values[code] or 0) for code in HEADINGS]


def _exports(found: CommunePage, view: View) -> Element:
    files = takeaways(lambda end: _link(found, view, f"/xuat/theo-xa.{end}"))
    return html.P(["Tải bảng này: ", *files], className="exports")
