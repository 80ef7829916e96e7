"""The frame of every page: heading, navigation, what day is shown, and where to send a reader next."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component
from flask import current_app, has_app_context

from dashboard import words
from dashboard.address import HORIZONS, View

NAVIGATION = (
    ("/", "Tổng quan"),
    ("/tinh", "Tỉnh"),
    ("/chi-tieu", "Chỉ tiêu"),
    ("/nhiem-vu", "Nhiệm vụ"),
    ("/htx", "Sổ đăng ký"),
    ("/xep-loai", "Xếp loại"),
    ("/doi-soat", "Đối soát"),
    ("/hop", "Phiên họp"),
    ("/phuong-phap", "Phương pháp"),
)
WRITING = ("/nhap-lieu", "Nhập liệu")


def page(
    title: str,
    *children: Component | None,
    view: View,
    current: str,
    lead: object = None,
    horizons: str | None = None,
) -> Component:
    """A whole page; `title` states the finding, `horizons` is the path whose horizon may be switched."""
    return html.Div(
        [
            html.A("Đến nội dung chính", href="#noi-dung", className="skip"),
            _header(view, current, horizons),
            html.Main(
                [html.H1(title), html.P(lead, className="lead") if lead else None, *children],
                id="noi-dung",
                tabIndex="-1",
            ),
            _footer(view),
        ],
        className="shell",
    )


def _header(view: View, current: str, horizons: str | None) -> Component:
    links = [
        html.A(
            label,
            href=view.link(path),
            className="current" if path == current else "",
            **({"aria-current": "page"} if path == current else {}),
        )
        for path, label in (*NAVIGATION, *([WRITING] if _may_write() else []))
    ]
    return html.Header(
        [
            html.A(
                [html.Span(className="brand-mark", **{"aria-hidden": "true"}), words.PRODUCT],
                href=view.link("/"),
                className="brand",
            ),
            html.Nav(links, **{"aria-label": "Trang chính"}),
            html.Div([*_horizon_switch(view, horizons), _moment(view)], className="view"),
        ],
        className="top",
    )


def _may_write() -> bool:
    """Whether this installation takes data from the web at all; each form says more."""
    found = current_app.extensions.get("door") if has_app_context() else None
    return bool(found and found.settings.allow_writes)


def _horizon_switch(view: View, path: str | None) -> list[Component]:
    if path is None:
        return []
    links = [
        html.A(
            str(horizon),
            href=view.at_horizon(horizon).link(path),
            className="current" if horizon == view.horizon else "",
            **({"aria-current": "true"} if horizon == view.horizon else {}),
        )
        for horizon in HORIZONS
    ]
    return [html.Div(links, className="switch", role="group", **{"aria-label": "Năm mốc"})]


def _moment(view: View) -> Component:
    text = f"Biết đến {words.day(view.moment.known_on)}"
    return html.Span(text, className="moment" if view.is_today else "moment past")


def _footer(view: View) -> Component:
    return html.Footer(
        [
            html.P(
                [
                    f"Số liệu công bố biết đến {words.day(view.moment.known_on)}. "
                    "Mỗi con số có ngày, cách tính và nguồn. ",
                    html.A("Cách tính", href=view.link("/phuong-phap")),
                    " · ",
                    html.A("Tải toàn bộ số liệu (CSV)", href="/api/v1/gaps.csv" + view.query()),
                ]
            )
        ],
        className="bottom",
    )


def section(title: str, *children: Component | None, kind: str = "sheet", ident: str | None = None) -> Component:
    """A titled block."""
    return html.Section([html.H2(title), *children], className=kind, **({"id": ident} if ident else {}))


def breadcrumbs(items: Sequence[tuple[str, str]]) -> Component:
    """The way back, as links."""
    return html.Nav(
        [html.A(label, href=href) for label, href in items], className="crumbs", **{"aria-label": "Đường dẫn"}
    )
