"""`/nhap-lieu/mau/<kind>.xlsx`: a workbook to fill in for each kind of file, and the list of them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Response, abort, current_app, request

from dashboard.access.access import viewer
from dashboard.db.import_file import KIND_NAMES, ImportRefusedError, import_service
from dashboard.db.read_session import UNREADABLE, repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.ui import html
from dashboard.ui.html import Element, Piece
from dashboard.web.routes import route
from dashboard.web.rules import VIEW
from dashboard.web.shell import section
from models.targets.reading import Moment

ADDRESS = "/nhap-lieu"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOLDS = {
    "register": "mỗi tổ chức một dòng: tên, mã số, loại hình, lĩnh vực, xã, tình trạng; đã điền các tổ chức đang có",
    "year_report": "thành viên, vốn, doanh thu, liên kết của một năm; đã điền tên và mã số các tổ chức đang có",
    "ratings": "điểm và loại của một năm; đã điền tên và mã số các tổ chức đang có",
    "report_form": "biểu tổng hợp số liệu của tỉnh theo mục",
    "figures": "mỗi số liệu đã công bố một dòng, kèm nguồn",
    "communes": "mã, tên xã và tỉnh",
    "tasks": "nhiệm vụ chưa có trong phụ lục của chương trình",
    "programme": "một văn bản: số, ngày, cam kết, nhiệm vụ, đơn vị, chỉ tiêu mới; có danh sách chọn và trang hướng dẫn",
    "task_updates": "kết quả từng nhiệm vụ; đã điền các kỳ chưa hoàn thành",
    "group_members": "mỗi đơn vị một dòng, cạnh tên chung trong văn bản (UBND cấp xã; các sở, ban, ngành)",
}


def templates_part(snapshot: Snapshot, place: str) -> Element:
    """One line for each kind of file; the links keep to a place where one is chosen."""
    chosen = place if place in snapshot.places else _own_province(snapshot)
    query = f"?{urlencode({'dia-ban': chosen})}" if chosen else ""
    lines = [
        html.Li([html.A(f"{name} (xlsx)", href=f"{ADDRESS}/mau/{kind}.xlsx{query}"), f": {HOLDS[kind]}."])
        for kind, name in KIND_NAMES.items()
    ]
    slugs = sorted({programme.place for programme in snapshot.programmes.values()})
    of_places = [(snapshot.places[slug].full_name, slug) for slug in slugs if snapshot.places[slug].level == "province"]
    ways: list[Piece] = []
    if viewer().places is None:
        ways = [html.A("mọi địa bàn", href=ADDRESS) if chosen else html.Strong("mọi địa bàn")]
    for name, slug in of_places:
        way = html.A(name, href=f"{ADDRESS}?{urlencode({'dia-ban': slug})}")
        ways += [", " if ways else "", html.Strong(name) if slug == chosen else way]
    return section(
        "Tải tệp mẫu để điền",
        html.P(["Điền sẵn cho: ", *ways, "."]) if ways else None,
        html.Ul(lines),
        html.P("Tệp mẫu không chứa dữ liệu cá nhân. Điền xong, chọn đúng loại tệp ở trên rồi gửi.", className="source"),
    )


def _own_province(snapshot: Snapshot) -> str:
    """The province that a workbook is filled in for when nobody chose one: "" = all, for who sees all."""
    mine = viewer().places
    if mine is None:
        return ""
    own = [place.slug for place in snapshot.places.values() if place.slug in mine and place.level == "province"]
    return next((slug for slug in sorted(own) if snapshot.places[slug].valid_to is None), "")


@route(f"{ADDRESS}/mau/<kind>.xlsx", right=VIEW)
def send_template(kind: str) -> Response:
    """The workbook of one kind; an unknown kind or place answers 404."""
    place = request.args.get("dia-ban", "")
    today = repository().settings.as_of
    try:
        snapshot = repository().snapshot(Moment(as_of=today, known_on=today))
        place = place or _own_province(snapshot)
        if kind not in KIND_NAMES or ((place or viewer().places is not None) and place not in snapshot.places):
            abort(404)
        content = import_service().template(kind, place)
    except (ImportRefusedError, *UNREADABLE):
        abort(404)
    name = "-".join(filter(None, ["mau", kind.replace("_", "-"), place]))
    response = current_app.response_class(content, content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response.headers["Cache-Control"] = "no-store"
    return response
