"""The words of a choice: what it finds, its promises as a table, what cannot be compared, and what to take away."""

from __future__ import annotations

from urllib.parse import urlencode

from dashboard.explore.choice import PICTURE_WORDS, ChartKind
from dashboard.explore.data.explored import Explored, counted_statuses, differing, worst_first
from dashboard.explore.parts import goal_bars, small_lines
from dashboard.explore.parts.marks import legend_words
from dashboard.explore.parts.province_map import LICENCE
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element
from dashboard.ui.marks import empty, status_counts, status_mark
from dashboard.ui.markup import spoken, way
from dashboard.ui.table import TableColumn, data_table, figures
from models.gaps.answer import Flag, Status
from models.places.place import COUNTRY

MOST_ROWS = 60
COLUMNS = ("Địa bàn", TableColumn("Chỉ tiêu", "what"), figures("Thực tế"), figures("Cam kết"), figures("Chênh lệch"),
           "Ngày số liệu", TableColumn("Tình trạng", "state"))  # fmt: skip


def finding(found: Explored) -> str:
    """How many promises of how many places are behind, and how many nobody can measure."""
    promises = found.promises
    if promises.empty:
        return f"{len(found.places)} địa bàn, {len(found.indicators)} chỉ tiêu: không có cam kết bằng con số"
    counts = dict(counted_statuses(promises))
    behind = sum(counts.get(status, 0) for status in (Status.MISSED, Status.MOVING_AWAY, Status.AT_RISK, Status.SLOW))
    kept = sum(counts.get(status, 0) for status in (Status.ON_TRACK, Status.REACHED))
    unknown = len(promises) - behind - kept
    told = f"{len(promises)} cam kết của {promises['place'].nunique()} địa bàn đến {found.horizon}: "
    return told + f"{behind} chậm hoặc không đạt, {kept} đạt hoặc đúng tiến độ, {unknown} chưa kết luận được"


def pictures(found: Explored, view: View) -> Element:
    """The ways to look at the choice."""
    links = [
        way(label, found.choice.seen_as(kind).link(view), is_here=kind is found.choice.picture, what="page")
        for kind, label in PICTURE_WORDS.items()
    ]
    return html.Nav(links, className="switch pictures", **spoken("Cách xem"))


def counts(found: Explored) -> Element | None:
    """How many promises stand where, with sign and words: the legend of every figure."""
    return status_counts(counted_statuses(found.promises)) if len(found.promises) else None


def cautions(found: Explored, names: dict[str, str]) -> Element | None:
    """What the figure cannot say by itself: what is left out, and what differs in definition or in date."""
    told = [*_left_out(found), *_differences(found, names)]
    if found.choice.picture is ChartKind.MATRIX and len(found.promises):
        told.append(f"Dấu trong ô: {legend_words()}.")
        told.append("Ô trống: nơi đó không có cam kết bằng con số cho chỉ tiêu ấy.")
    if found.choice.picture is ChartKind.MAP:
        told += ["Màu và dấu theo cam kết xấu nhất của mỗi tỉnh.", f"Dấu trên bản đồ: {legend_words()}.", LICENCE]
    return html.Ul([html.Li(text) for text in told], className="cautions") if told else None


def _left_out(found: Explored) -> list[str]:
    choice, promises, values = found.choice, found.promises, found.lines
    if choice.picture is ChartKind.GOALS and len(promises) > goal_bars.MOST:
        return [f"Vẽ {goal_bars.MOST} cam kết xấu nhất trong {len(promises)}; chọn ít địa bàn hoặc chỉ tiêu hơn."]
    if choice.picture is not ChartKind.LINES:
        return []
    told = [f"{small_lines.OTHER} (dấu ×)."] if values["is_latest"].isna().any() else []
    if COUNTRY in found.places and not found.is_drawn_in_lines(COUNTRY):
        told.append("Cả nước không vẽ chung với tỉnh vì lớn hơn nhiều lần; chọn riêng Việt Nam để xem.")
    if values["indicator"].nunique() > small_lines.MOST and not choice.indicator:
        told.append(
            f"Vẽ {small_lines.MOST} trong {values['indicator'].nunique()} chỉ tiêu có số liệu; chọn để xem khác."
        )
    if values["place"].nunique() > small_lines.MOST_PLACES:
        told.append(f"Vẽ {small_lines.MOST_PLACES} trong {values['place'].nunique()} địa bàn; chọn ít địa bàn hơn.")
    return told


def _differences(found: Explored, names: dict[str, str]) -> list[str]:
    promises = found.promises
    unequal = sorted(names[code] for code in differing(promises))
    told = [f"≠ Cách tính khác nhau giữa các nơi, không xếp hạng: {'; '.join(unequal)}."] if unequal else []
    old = sum(Flag.STALE in flags for flags in promises["flags"])
    return told + ([f"{old} số liệu đã cũ, để rỗng trên hình: ngày ghi ở từng số."] if old else [])


def promise_rows(found: Explored, view: View) -> Element:
    """The promises of the choice as a table, worst first: the numbers of the figure; a name picks its promise."""
    ordered = worst_first(found.promises)
    if ordered.empty:
        return empty("Không có cam kết bằng con số trong lựa chọn này.", "Chọn địa bàn hoặc chỉ tiêu khác.")
    rows = [_row(row, found, view) for row in ordered.head(MOST_ROWS).to_dict("records")]
    table = data_table(COLUMNS, rows, caption="Cam kết trong lựa chọn, xấu nhất đứng trước", kind="dense in-lines")
    more = (
        f"{MOST_ROWS} dòng đầu trong {len(ordered)}; tải cả bảng bằng CSV hoặc Excel."
        if len(ordered) > MOST_ROWS
        else ""
    )
    return html.Div([table, html.P(more, className="source") if more else None])


def _row(row: dict, found: Explored, view: View) -> list[Content]:  # type: ignore[type-arg]
    picked = found.choice.picking(row["place"], row["indicator"]).link(view)
    flags = tuple(Flag(flag) for flag in row["flags"])
    has_value = row["value"] is not None
    return [
        row["place_name"],
        html.A(row["short_name"], href=picked, className="strong"),
        ("ước " if row["value_kind"] == "estimate" else "") + words.number(row["value"])
        if has_value
        else "chưa có số liệu",
        words.with_unit(row["goal_text"], row["unit"]),
        words.signed(row["gap"]) if row["gap"] is not None else words.NONE,
        row["period_text"] + (", đã cũ" if Flag.STALE in flags else "") if has_value else words.NONE,
        status_mark(Status(row["status"]), flags),
    ]


def take_away(found: Explored, view: View) -> Element:
    """The frame of this choice as files, and the address at which programs read the same."""
    first, last = found.choice.years
    days = [] if view.is_today else [("biet-den", view.moment.known_on.isoformat())]
    asked = [*(("place", slug) for slug in found.places), *(("indicator", code) for code in found.indicators),
             ("horizon", found.horizon), *days]  # fmt: skip
    asked += [(name, year) for name, year in (("from", first), ("to", last)) if year]
    query = "?" + urlencode(asked)
    links = [
        html.A("CSV", href=f"/api/v1/panel.csv{query}", download=""),
        html.A("Excel", href=f"/xuat/xem.xlsx{query}", download=""),
        html.A("JSON cho chương trình", href=f"/api/v1/panel.json{query}"),
    ]
    parts: list[Element | str] = ["Tải số liệu của lựa chọn này: "]
    for link in links:
        parts += [link, " · "]
    return html.P(parts[:-1], className="exports")
