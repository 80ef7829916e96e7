"""The filters of requests and petitions: a plain form of three choices, each of those that occur."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.data.answers import ANSWER_STATES, AnswerFilter, PetitionLine, RequestLine
from dashboard.ui import html
from dashboard.ui.address import HORIZONS, View
from dashboard.ui.form import button, choice_field, hidden
from dashboard.ui.html import Element

Line = RequestLine | PetitionLine


def answer_filters(
    path: str, lines: Sequence[Line], chosen: AnswerFilter, snapshot: Snapshot, view: View
) -> Element | None:
    """Place, agency and state; None where there is nothing to choose from."""
    if not lines:
        return None
    places = {line.row.place: snapshot.places[line.row.place].full_name for line in lines if line.row.place}
    agencies = {line.row.agency: snapshot.agencies[line.row.agency].name for line in lines if line.row.agency}
    kept = [] if view.horizon == HORIZONS[0] else [hidden("nam", view.horizon)]
    kept += [] if view.is_today else [hidden("biet-den", view.moment.known_on.isoformat())]
    return html.Form(
        [
            *kept,
            _choice("Địa bàn", "dia-ban", "Mọi địa bàn", places.items(), chosen.place),
            _choice("Cơ quan", "co-quan", "Mọi cơ quan", agencies.items(), chosen.agency),
            _choice("Tình trạng", "tinh-trang", "Mọi tình trạng", ANSWER_STATES.items(), chosen.state),
            button("Lọc", kind="plain-button"),
            html.A("Bỏ lọc", href=view.link(path)) if chosen.place or chosen.agency or chosen.state else None,
        ],
        method="get",
        action=path,
        className="form in-line",
    )


def _choice(label: str, name: str, every: str, among: Iterable[tuple[str, str]], chosen: str) -> Element:
    ordered = sorted(among, key=lambda choice: choice[1]) if name != "tinh-trang" else list(among)
    return choice_field(label, name, [("", every), *ordered], chosen=chosen)
