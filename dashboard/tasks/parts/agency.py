"""An agency under the name of the document and the name of today."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from dashboard.tasks.words import NEEDS_DECISION
from dashboard.ui import html, words
from dashboard.ui.html import Element
from models.places.agency import AgencySuccession
from models.targets.reading import AgencyView


def agency_name(agency: AgencyView, agencies: dict[str, AgencyView], on: date, query: str = "") -> Element:
    """The usual abbreviation with today's: Sở KH&ĐT (nay: Sở Tài chính); full names on hover, a page behind it.

    A district office has no single successor: it says that the province must decide. Where parts of the work went
    elsewhere (the press of Sở TT&TT, poverty reduction of Sở LĐ-TB&XH) the other offices are named too.
    """
    name = html.A(agency.short_name, href=agency_path(agency.code) + query, title=agency.name)
    link = agency.main_succession(on)
    if link is None:
        return html.Span(name)
    successor = agencies[link.successor]
    title = f"{successor.name}; {link.legal_basis}, từ {words.day(link.effective_on)}"
    open_question = f"; {NEEDS_DECISION}" if needs_decision(agency) else ""
    parts = [] if open_question else parts_elsewhere(agency, on)
    told = "; tỉnh cần phân công" if open_question else ""
    if parts:
        told = f"; một phần: {', '.join(agencies[part.successor].short_name for part in parts)}"
        title += "".join(f"; {part.scope}: {agencies[part.successor].name}" for part in parts)
    now = html.Small(f" (nay: {successor.short_name}{told})", title=title + open_question)
    return html.Span([name, now])


def agency_list(codes: Sequence[str], agencies: dict[str, AgencyView], on: date, query: str = "") -> Element | str:
    """The agencies of a task, one a line."""
    if not codes:
        return ""
    items = [html.Li(agency_name(agencies[code], agencies, on, query)) for code in codes]
    return html.Ul(items, className="agency-list")


def agency_path(code: str) -> str:
    """The address of an agency's page."""
    return f"/co-quan/{quote(code)}"


def needs_decision(agency: AgencyView) -> bool:
    """Whether its work went to many offices at once, so that the province must say which does what."""
    return agency.level == "district" and any(link.scope for link in agency.successions)


def parts_elsewhere(agency: AgencyView, on: date) -> list[AgencySuccession]:
    """Parts of its work that went to other offices than the main part; none for a district, whose work was split."""
    if agency.level == "district":
        return []
    return [link for link in agency.successions if link.scope and link.effective_on <= on]
