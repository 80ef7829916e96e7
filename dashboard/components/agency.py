"""An agency under the name of the document and the name of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from models.reading import AgencyView


def agency_name(agency: AgencyView, agencies: dict[str, AgencyView], on: date) -> Component:
    """The usual abbreviation with today's: Sở KH&ĐT (nay: Sở Tài chính); full names on hover."""
    link = agency.main_succession(on)
    if link is None:
        return html.Span(agency.short_name, title=agency.name)
    successor = agencies[link.successor]
    now = html.Small(
        f" (nay: {successor.short_name})", title=f"{successor.name}; {_basis(link.legal_basis, link.effective_on)}"
    )
    return html.Span([html.Span(agency.short_name, title=agency.name), now])


def agency_list(codes: Sequence[str], agencies: dict[str, AgencyView], on: date) -> Component | str:
    """The agencies of a task, one a line."""
    if not codes:
        return ""
    return html.Ul([html.Li(agency_name(agencies[code], agencies, on)) for code in codes], className="agency-list")


def _basis(text: str, day: date) -> str:
    return f"{text}, từ {day:%d/%m/%Y}"
