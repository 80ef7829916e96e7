"""An agency under the name of the document and the name of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from dash import html
from dash.development.base_component import Component

from models.reading import AgencyView


def agency_name(agency: AgencyView, agencies: dict[str, AgencyView], on: date) -> Component:
    """ "Sở Kế hoạch và Đầu tư (nay: Sở Tài chính)"."""
    link = agency.main_succession(on)
    if link is None:
        return html.Span(agency.name)
    now = html.Small(f" (nay: {agencies[link.successor].name})", title=_basis(link.legal_basis, link.effective_on))
    return html.Span([agency.name, now])


def agency_list(codes: Sequence[str], agencies: dict[str, AgencyView], on: date) -> Component | str:
    """The agencies of a task, one a line."""
    if not codes:
        return ""
    return html.Ul([html.Li(agency_name(agencies[code], agencies, on)) for code in codes], className="agency-list")


def _basis(text: str, day: date) -> str:
    return f"{text}, từ {day:%d/%m/%Y}"
