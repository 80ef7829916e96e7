"""The choices as a plain form: it works without a script; explore.js sends it as soon as something is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.explore.choice import GROUP_WORDS as PLACE_GROUPS
from dashboard.explore.choice import PATH
from dashboard.explore.data.explored import Explored, choosable, is_of_today, years_of
from dashboard.ui import html, words
from dashboard.ui.address import HORIZONS, View
from dashboard.ui.form import button, choice_field, hidden
from dashboard.ui.html import Element

REGION_SOURCE = "Vùng theo Nghị quyết 306/NQ-CP ngày 05/10/2025; tỉnh cũ đứng trong vùng của tỉnh hiện nay."


def choice_form(found: Explored, snapshot: Snapshot, view: View, years: Sequence[int]) -> Element:
    """Places, indicators, years and horizon; what was picked and the way to look travel along."""
    choice = found.choice
    kept = {"xem": choice.picture.value, "chon-dia-ban": choice.place, "chon-chi-tieu": choice.indicator}
    if not view.is_today:
        kept["biet-den"] = view.moment.known_on.isoformat()
    year_names = [("", "mọi năm"), *((str(year), str(year)) for year in years)]
    first, last = ("" if year is None else str(year) for year in choice.years)
    fields = [
        choice_field(
            "Nhóm địa bàn", "nhom", [(g.value, text) for g, text in PLACE_GROUPS.items()], chosen=choice.group
        ),
        _places(found, snapshot),
        _indicators(found, snapshot),
        choice_field("Năm mốc", "nam", [(str(year), str(year)) for year in HORIZONS], chosen=str(view.horizon)),
        choice_field("Số liệu từ", "tu", year_names, chosen=first),
        choice_field("Số liệu đến", "den", year_names, chosen=last),
    ]
    return html.Form(
        [*(hidden(name, value) for name, value in kept.items()), *fields, button("Xem")],
        action=PATH,
        method="GET",
        className="explore-form sheet",
    )


def every_year(snapshot: Snapshot, found: Explored) -> list[int]:
    """The years to choose from: those of the values in the frame, with the chosen ones."""
    return sorted({*years_of(found.frame), *(year for year in found.choice.years if year)})


def _places(found: Explored, snapshot: Snapshot) -> Element:
    every = [snapshot.places[slug] for slug in choosable(snapshot)]
    today = [(place.slug, place.name) for place in every if is_of_today(place) or place.level == "country"]
    former = [(place.slug, place.full_name) for place in every if place.valid_to is not None]
    ticked = set(found.choice.places)
    blocks = [_ticks("Hiện nay", "dia-ban", today, ticked), _ticks("Đến 30/6/2025", "dia-ban", former, ticked)]
    return _fold(f"Địa bàn: {_counted(ticked, len(found.places), 'nơi')}", blocks, REGION_SOURCE)


def _indicators(found: Explored, snapshot: Snapshot) -> Element:
    ticked = set(found.choice.indicators)
    blocks = []
    for group, title in words.GROUP_WORDS.items():
        own = [(code, item.short_name) for code, item in snapshot.indicators.items() if item.group == group]
        blocks.append(_ticks(title, "chi-tieu", own, ticked))
    return _fold(
        f"Chỉ tiêu: {_counted(ticked, len(found.indicators), 'chỉ tiêu')}",
        blocks,
        "Không chọn: mọi chỉ tiêu có cam kết.",
    )


def _counted(ticked: set[str], count: int, what: str) -> str:
    return f"{count} {what}" if ticked else f"{count} {what} có cam kết"


def _fold(summary: str, blocks: list[Element], hint: str) -> Element:
    box = html.Div([*blocks, html.P(hint, className="source")], className="explore-choices")
    return html.Details([html.Summary(summary), box], className="explore-fold")


def _ticks(title: str, name: str, options: Iterable[tuple[str, str]], ticked: set[str]) -> Element:
    boxes = [
        html.Label(
            [html.Input(type="checkbox", name=name, value=value, checked="checked" if value in ticked else None),
             html.Span(text)],
            className="tick",
        )
        for value, text in options
    ]  # fmt: skip
    return html.Fieldset([html.Legend(title), html.Div(boxes, className="tick-columns")])
