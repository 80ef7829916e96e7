"""`/van-ban`: every document that tasks order, not yet issued or issued, over all provinces, by agency and day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import Response, abort, request

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.tasks.parts.document_table import document_table
from dashboard.ui import html
from dashboard.ui.address import View, read_view
from dashboard.ui.html import Element
from dashboard.ui.markup import fold, way
from dashboard.web import errors
from dashboard.web.routes import page, route
from dashboard.web.rules import LISTS, VIEW
from dashboard.web.shell import page_frame, section
from models.base.row_text import to_csv
from models.tasks.ordered_documents import DocumentState, OrderedDocument, by_day, document_columns, ordered_documents

STATES: dict[str, tuple[str, frozenset[DocumentState]]] = {
    "": ("Chưa ban hành đủ", frozenset(DocumentState) - {DocumentState.ISSUED}),
    "da-ban-hanh": ("Đã ban hành", frozenset({DocumentState.ISSUED})),
    "tat-ca": ("Tất cả", frozenset(DocumentState)),
}
LEAD = "Chưa có báo cáo ban hành nghĩa là chưa ai báo số và ngày văn bản vào hệ thống."
OPEN_UP_TO = 3  # agencies; more are folded under their counts


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What the address asks for; an empty state means what is not issued yet."""

    place: str = ""
    agency: str = ""
    kind: str = ""
    state: str = ""

    def query(self) -> dict[str, str]:
        """The filter as it stands in the address."""
        return {"dia_ban": self.place, "co_quan": self.agency, "loai": self.kind, "tinh_trang": self.state}

    def takes(self, item: OrderedDocument) -> bool:
        """Whether the document is asked for."""
        task = item.view.task
        return (
            (not self.place or task.place == self.place)
            and (not self.agency or self.agency in task.leads)
            and (not self.kind or self.kind in item.kind.split("/"))
            and item.state in STATES[self.state][1]
        )


def _read_filter(args: Mapping[str, object]) -> DocumentFilter:
    return DocumentFilter(*(str(args.get(name) or "") for name in ("dia-ban", "co-quan", "loai", "tinh-trang")))


def _is_known(wanted: DocumentFilter, snapshot: Snapshot) -> bool:
    return (
        (not wanted.place or wanted.place in snapshot.places)
        and (not wanted.agency or wanted.agency in snapshot.agencies)
        and wanted.state in STATES
    )


@page("/van-ban", title="Văn bản phải ban hành", right=VIEW, cached=True)
def layout(snapshot: Snapshot, view: View, **query: object) -> Element:
    """The documents; place, agency, kind and state filter them."""
    wanted = _read_filter(query)
    if not _is_known(wanted, snapshot):
        back = html.A("Xem mọi văn bản", href=view.link("/van-ban"))
        return errors.not_found(view, "Bộ lọc trỏ đến địa bàn hoặc cơ quan không có.", "Bỏ bộ lọc và chọn lại.", back)
    ordered = sorted(ordered_documents(snapshot.follow.tasks), key=by_day)
    found = [item for item in ordered if wanted.takes(item)]
    blocks = _by_agency(found, snapshot, view, wanted)
    main = html.Div(blocks or [html.P("Không có văn bản nào theo bộ lọc này.")], className="main-column")
    return page_frame(
        _finding(ordered, found, wanted, snapshot),
        html.Div([_filters(ordered, wanted, snapshot, view), main], className="grid filters-first list-first"),
        view=view,
        current="/nhiem-vu",
        lead=LEAD,
    )


@route("/van-ban.csv", right=LISTS)
def document_file() -> Response:
    """The chosen documents as the rows of `etl export documents`."""
    view = read_view(request.args.to_dict(), repository().settings.as_of)
    snapshot, wanted = repository().snapshot(view.moment), _read_filter(request.args)
    if not _is_known(wanted, snapshot):
        abort(404)
    found = [item for item in sorted(ordered_documents(snapshot.follow.tasks), key=by_day) if wanted.takes(item)]
    rows = [document_columns(item, snapshot.places[item.view.task.place].full_name) for item in found]
    response = Response(("\ufeff" + to_csv(rows)).encode(), content_type="text/csv; charset=utf-8")
    name = f"van-ban-{view.moment.known_on.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _finding(
    ordered: Sequence[OrderedDocument], found: Sequence[OrderedDocument], wanted: DocumentFilter, snapshot: Snapshot
) -> str:
    where = f" của {snapshot.places[wanted.place].full_name}" if wanted.place else ""
    who = f" do {snapshot.agencies[wanted.agency].name} chủ trì" if wanted.agency else ""
    if wanted.state:
        return f"{len(found)} văn bản được giao{where}{who}: {STATES[wanted.state][0].lower()}"
    whole = sum(replace(wanted, state="tat-ca").takes(item) for item in ordered)
    return f"{len(found)} trên {whole} văn bản được giao{where}{who} chưa ban hành đủ"


def _filters(ordered: Sequence[OrderedDocument], wanted: DocumentFilter, snapshot: Snapshot, view: View) -> Element:
    def choices(name: str, every: str, among: Iterable[tuple[str, str]]) -> Element:
        options = [("", every), *among] if every else list(among)
        now = getattr(wanted, name)
        items = [html.Li(way(told, link(**{name: to}), is_here=to == now)) for to, told in options]
        return html.Ul(items, className="choices")

    def link(**change: str) -> str:
        return view.link("/van-ban", **replace(wanted, **change).query())

    def counted(name: str) -> Counter[str]:
        chosen = [item for item in ordered if replace(wanted, **{name: ""}).takes(item)]
        return Counter(value for item in chosen for value in _values(item)[name])

    places = [(slug, f"{snapshot.places[slug].full_name} ({count})") for slug, count in counted("place").most_common()]
    agencies = [(code, f"{snapshot.agencies[code].name} ({count})") for code, count in counted("agency").most_common()]
    kinds = [(kind, f"{kind} ({count})") for kind, count in counted("kind").most_common()]
    of_agencies = choices("agency", "Mọi cơ quan", agencies)
    file = html.P(["Tải về: ", html.A("CSV", href=view.link("/van-ban.csv", **wanted.query()))])
    return html.Div(
        [
            section("Tình trạng", choices("state", "", [(slug, told) for slug, (told, _) in STATES.items()]), file),
            section("Địa bàn", choices("place", "Mọi địa bàn", places)),
            section("Loại văn bản", choices("kind", "Mọi loại", kinds)),
            section(
                "Cơ quan chủ trì",
                fold("Chọn cơ quan", of_agencies, kind=None, is_open=bool(wanted.agency)),
            ),
        ],
        className="aside",
        id="bo-loc",
    )


def _values(item: OrderedDocument) -> dict[str, list[str]]:
    """What one document is found under, by part of the filter."""
    return {"place": [item.view.task.place], "agency": item.view.task.leads, "kind": item.kind.split("/")}


def _by_agency(
    found: Sequence[OrderedDocument], snapshot: Snapshot, view: View, wanted: DocumentFilter
) -> list[Element]:
    """One block a lead agency, each by day; of several leads the document stands with the first."""
    groups: dict[str, list[OrderedDocument]] = {}
    for item in found:
        lead = wanted.agency or next(iter(item.view.task.leads), "")
        groups.setdefault(lead, []).append(item)
    ordered = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        fold(
            f"{snapshot.agencies[code].name if code else 'Không ghi cơ quan'}: {len(items)} văn bản",
            document_table(items, snapshot, view),
            kind="fold",
            is_open=len(ordered) <= OPEN_UP_TO,
        )
        for code, items in ordered
    ]
