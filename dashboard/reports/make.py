"""Make the papers of a place in every format, from one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from dashboard.db.read_session import repository
from dashboard.db.snapshot_values import Snapshot
from dashboard.reports import excel, pdf, powerpoint, word
from dashboard.reports.excel_sheets import register_list
from dashboard.reports.kinds import UnknownFormatError, known_formats
from dashboard.reports.values import PaperContent, build_papers
from dashboard.ui.address import View
from dashboard.ui.html import Element
from models.targets.reading import thresholds_of

DEMO = "MÔ PHỎNG, không dùng để báo cáo"


@dataclass(frozen=True, slots=True)
class MissingPaper:
    """One file that could not be made; `reason` is for the reader."""

    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class MadePaper:
    """One finished file: a safe name, its bytes, and what it is of."""

    name: str
    content: bytes
    place: str
    format: str


def make_papers(
    snapshot: Snapshot, slug: str, formats: tuple[str, ...], page: Callable[..., Element]
) -> Iterator[MadePaper | MissingPaper]:
    """The papers of one place, one by one; `page` builds the place's page for the PDF. None without a programme.

    A PDF that no Chromium can print is a MissingPaper among the others. Raises UnknownFormatError before any is made.
    """
    known_formats(formats)
    for told in build_papers(snapshot, slug):
        paper = replace(told, known_on=f"{told.known_on} ({DEMO})") if repository().settings.is_demo else told
        for extension in formats:
            name = f"{slug}-{paper.programme.slug}-{paper.snapshot_id}.{extension}"
            try:
                yield MadePaper(name, _make(snapshot, paper, extension, page), slug, extension)
            except pdf.NoPrinterError as error:
                yield MissingPaper(name, str(error))


def _make(snapshot: Snapshot, paper: PaperContent, extension: str, page: Callable[..., Element]) -> bytes:
    if extension == "docx":
        return word.report(paper)
    if extension == "pptx":
        return powerpoint.slides(paper)
    if extension == "xlsx":
        names = snapshot.place_names
        register = register_list(paper.place.slug, names, repository().settings.as_of)
        return excel.workbook([paper], thresholds_of(snapshot.thresholds), snapshot.moment.as_of, register)
    if extension != "pdf":
        raise UnknownFormatError(f"Chưa có cách làm tài liệu “{extension}”.")
    view = View(snapshot.moment, 2030, is_today=False)
    built = page(snapshot, view, slug=paper.place.slug)
    return pdf.print_pdf(pdf.standalone_html(built, paper.programme.title, stamp_of(paper)))


def stamp_of(paper: PaperContent) -> str:
    """What identifies the values of a paper, as its foot prints it."""
    return f"{paper.place.full_name} · số liệu biết đến {paper.known_on} · mã số liệu {paper.snapshot_id}"
