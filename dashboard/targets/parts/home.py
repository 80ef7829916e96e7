"""What else there is of a place: its register in counts that lead to names, and what its former parts promised."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.register import words as register
from dashboard.register.data.home import PlaceRegister, build_place_register
from dashboard.targets.data.ranking import count_statuses, horizons_of, promises_for
from dashboard.targets.parts.promise_lines import leading_lines
from dashboard.ui import html, words
from dashboard.ui.address import View
from dashboard.ui.html import Content, Element, Piece
from dashboard.ui.marks import status_counts
from dashboard.ui.markup import facts
from dashboard.web.shell import section
from models.register.organization import OperatingState, RatingClass
from models.targets.reading import PlaceView

STATES = (OperatingState.ACTIVE, OperatingState.STOPPED, OperatingState.NOT_CONVERTED)


def home_block(place: PlaceView, snapshot: Snapshot, view: View) -> Element | None:
    """The register of the place, each count a way to its organisations; None where there is nothing of either."""
    found = build_place_register(place.slug)
    pairs: list[tuple[Content, Content]] = _register(found, place.slug, view) if found else []
    tasks = [slug for slug in (place.slug, *place.predecessors) if any(t.place == slug for t in snapshot.tasks)]
    if place.predecessors and tasks:
        pairs.append(("Nhiệm vụ", _joined([_tasks(snapshot.places[slug], snapshot, view) for slug in tasks])))
    if not pairs:
        return None
    return section("Sổ đăng ký của địa bàn" if found else "Việc của địa bàn", facts(pairs, "facts home"))


def _register(found: PlaceRegister, place: str, view: View) -> list[tuple[Content, Content]]:
    def way(count: int, word: str, **chosen: str) -> Element:
        return html.A(f"{words.number(count)} {word}", href=view.link("/htx", dia_ban=place, **chosen))

    kinds = [way(n, register.KIND_SHORT.get(code, code), loai=code) for code, n in found.kinds.most_common()]
    states = [way(n, _lower(register.OPERATING_WORDS[s]), tinh_trang=s) for s in STATES if (n := found.operating[s])]
    classes = [way(n, _lower(register.RATING_WORDS[c]), xep_loai=c) for c in RatingClass if (n := found.classes[c])]
    rated = html.A("Xem xếp loại theo năm", href=view.link("/xep-loai", dia_ban=place))
    waiting = f"{words.number(found.unsettled)} tổ chức cần xử lý" if found.unsettled else "Không có tổ chức cần xử lý"
    return [
        ("Tổ chức", _joined([way(found.total, "trong sổ"), *kinds])),
        ("Tình trạng", _joined(states)),
        ("Xếp loại mới nhất", _joined([*classes, rated])),
        ("Cần xử lý", html.A(waiting, href=view.link("/can-xu-ly", dia_ban=place))),
        ("Theo xã", html.A("Số tổ chức của từng xã, phường", href=view.link("/htx/theo-xa", dia_ban=place))),
    ]


def _lower(word: str) -> str:
    return word[0].lower() + word[1:]


def _tasks(place: PlaceView, snapshot: Snapshot, view: View) -> Element:
    count = sum(task.place == place.slug and not task.is_heading for task in snapshot.tasks)
    return html.A(f"{place.full_name}: {count} nhiệm vụ", href=view.link("/nhiem-vu", dia_ban=place.slug))


def _joined(ways: Sequence[Element]) -> list[Piece]:
    return [part for index, way in enumerate(ways) for part in ((" · ", way) if index else (way,))]


def inherited_blocks(parts: Sequence[PlaceView], snapshot: Snapshot, view: View) -> list[Element]:
    """What each former part promised, worst first, each promise a way to the page of the place that made it."""
    blocks = []
    for part in parts:
        there = horizons_of(snapshot, part.slug)
        if not there:
            continue
        horizon = view.horizon if view.horizon in there else there[0]
        views = promises_for(snapshot, horizon, part.slug)
        title = f"Cam kết {horizon} của {part.full_name}"
        blocks.append(section(title, status_counts(count_statuses(views)), leading_lines(views, snapshot, view)))
    return blocks
