"""The frame of every page: heading, navigation, what day is shown, and where to send a reader next."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import current_app, has_app_context, has_request_context

from dashboard.access.access import viewer
from dashboard.ui import html, words
from dashboard.ui.address import HORIZONS, View
from dashboard.ui.html import Content, Element
from dashboard.ui.markup import UNSPOKEN, spoken, way
from models.accounts.rights import Action

DEMO_CLASS = "notice demo"
DEMO_INSTALLATION = (
    "Bản cài này để dùng thử: sổ đăng ký, nhiều con số, báo cáo, giải trình, kiến nghị do máy đặt ra, "
    "không dùng để báo cáo. Văn bản, cam kết và nhiệm vụ là thật."
)
SEARCH = "/tim"
NAVIGATION = (
    ("/", "Tổng quan"),
    ("/tinh", "Tỉnh"),
    ("/chi-tieu", "Chỉ tiêu"),
    ("/xem", "Xem, so sánh"),
    ("/nhiem-vu", "Nhiệm vụ"),
    ("/htx", "Sổ đăng ký"),
    ("/xep-loai", "Xếp loại"),
    ("/doi-soat", "Đối soát"),
    ("/hop", "Phiên họp"),
    ("/phuong-phap", "Phương pháp"),
)


def page_frame(
    title: str,
    *children: Element | None,
    view: View,
    current: str,
    lead: Content = None,
    horizons: str | None = None,
) -> Element:
    """A whole page; `title` states the finding, `horizons` is the path whose horizon may be switched."""
    return html.Div(
        [
            html.A("Đến nội dung chính", href="#noi-dung", className="skip"),
            _header(view, current, horizons),
            html.Main(
                [html.H1(title), html.P(lead, className="lead") if lead else None, demo_mark(children), *children],
                id="noi-dung",
                tabIndex="-1",
            ),
            _footer(view),
        ],
        className="shell",
    )


def is_trial() -> bool:
    """Whether this installation is one for trials (DEMO=1)."""
    repository = current_app.extensions.get("repository") if has_app_context() else None
    return repository is not None and repository.settings.is_demo


def demo_mark(children: Sequence[Element | None]) -> Element | None:
    """Stands on every page of an installation for trials, once: a page that says it of its register says it itself."""
    if not is_trial():
        return None
    if any(child and child.attributes.get("className") == DEMO_CLASS for child in children):
        return None
    return html.P([html.Strong("Mô phỏng. "), DEMO_INSTALLATION], className=DEMO_CLASS, role="note")


def _header(view: View, current: str, horizons: str | None) -> Element:
    main, working = (NAVIGATION, tuple(_working_links())) if _may_look() else ((), ())
    is_signed_in = viewer().account_id is not None
    if len(working) == 1 and not is_signed_in:  # the one link of a trial needs no row of its own
        main, working = (*main, *working), ()
    return html.Header(
        [
            html.A(
                [html.Span(className="brand-mark", **UNSPOKEN), html.Span(words.PRODUCT, className="brand-name")],
                href=view.link("/"),
                className="brand",
                **spoken(words.PRODUCT),
            ),
            html.Nav(_links(main, view, current), **spoken("Trang chính")),
            html.Div(
                [
                    *_horizon_switch(view, horizons),
                    _search(view, current) if main else None,
                    _moment(view),
                    None if is_signed_in else _who(),
                ],
                className="view",
            ),
            _second_row(working, view, current) if is_signed_in else None,
        ],
        className="top two-rows" if is_signed_in else "top",
    )


def _search(view: View, current: str) -> Element:
    """The way to the field that finds everything; form.js leads there on "/" and Ctrl K."""
    icon_and_word = [html.Span(className="icon icon-search", **UNSPOKEN), html.Span("Tìm")]
    return way(
        icon_and_word,
        view.link(SEARCH),
        is_here=current == SEARCH,
        what="page",
        title="Tìm mọi thứ (phím / hoặc Ctrl K)",
    )


def _second_row(working: Sequence[tuple[str, str]], view: View, current: str) -> Element:
    """What the reader's rights open, who is signed in, and the way out."""
    links = html.Nav(_links(working, view, current), **spoken("Trang làm việc")) if working else None
    return html.Div([links, _who()], className="working")


def _links(pages: Sequence[tuple[str, str]], view: View, current: str) -> list[Element]:
    return [way(label, view.link(path), is_here=path == current, what="page") for path, label in pages]


def _working_links() -> list[tuple[str, str]]:
    """What this reader's rights open beside the main pages (dashboard/menu.py)."""
    menu: Callable[[], list[tuple[str, str]]] = current_app.extensions["menu"] if has_request_context() else list
    return menu()


def _may_look() -> bool:
    """Whether links to pages lead anywhere for this reader; papers are drawn outside a request."""
    return not has_request_context() or viewer().may(Action.VIEW)


def _who() -> Element | None:
    """Who is signed in (dashboard/menu.py)."""
    shown = current_app.extensions.get("who") if has_request_context() else None
    found: Element | None = shown() if shown else None
    return found


def _horizon_switch(view: View, path: str | None) -> list[Element]:
    if path is None:
        return []
    links = [way(str(year), view.at_horizon(year).link(path), is_here=year == view.horizon) for year in HORIZONS]
    return [html.Div(links, className="switch", role="group", **spoken("Năm mốc"))]


def _moment(view: View) -> Element:
    text = f"Biết đến {words.day(view.moment.known_on)}"
    return html.Span(text, className="moment" if view.is_today else "moment past")


def _footer(view: View) -> Element:
    if not _may_look():
        return html.Footer([html.P(words.PRODUCT), _operator()], className="bottom")
    return html.Footer(
        [
            html.P(
                [
                    f"Số liệu công bố biết đến {words.day(view.moment.known_on)}. "
                    "Mỗi con số có ngày, cách tính và nguồn. ",
                    html.A("Hướng dẫn", href=view.link("/huong-dan")),
                    " · ",
                    html.A("Cách tính", href=view.link("/phuong-phap")),
                    " · ",
                    html.A("Tải toàn bộ số liệu (CSV)", href="/api/v1/gaps.csv" + view.query()),
                ]
            ),
            _operator(),
        ],
        className="bottom",
    )


def _operator() -> Element | None:
    """Which office runs this installation; nothing when the setting OPERATOR_NAME does not say."""
    repository = current_app.extensions.get("repository") if has_app_context() else None
    name = repository.settings.operator_name.strip() if repository is not None else ""
    return html.P(f"Đơn vị vận hành: {name}") if name else None


def section(title: str, *children: Element | None, kind: str = "sheet", ident: str | None = None) -> Element:
    """A titled block."""
    return html.Section([html.H2(title), *children], className=kind, id=ident)


def breadcrumbs(items: Sequence[tuple[str, str]]) -> Element:
    """The way back, as links."""
    return html.Nav([html.A(label, href=href) for label, href in items], className="crumbs", **spoken("Đường dẫn"))
