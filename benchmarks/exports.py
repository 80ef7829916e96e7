"""Files to take away: the register as CSV and Excel, the papers of a place; beside the formats' libraries alone."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import xlsxwriter
from docx import Document
from pptx import Presentation
from python_calamine import CalamineWorkbook

from benchmarks import servers
from benchmarks.browser import chromium
from benchmarks.national import default_file, engine_of
from benchmarks.report import Line, beside
from benchmarks.web import NO_MEMORY
from dashboard.reports.pdf import print_pdf
from models.targets.reading import Moment

PATIENCE_SECONDS, RUNS = 300, 3
PLACE = "thanh-hoa"


def exports(folder: Path, env: dict[str, str]) -> Iterator[Line]:
    """The whole register over the network, then papers made in this process."""
    engine_of(1.0).dispose()
    national = {**env, **NO_MEMORY, "DATABASE_URL": f"sqlite:///{default_file(1.0)}"}
    with servers.gunicorn(servers.PRODUCT, national) as address:
        _download(f"{address}/htx")  # what is counted once is counted now
        text, took = _download(f"{address}/xuat/so-dang-ky.csv")
        rows = list(csv.reader(io.StringIO(text.decode("utf-8-sig"))))
        what = f"register as CSV, {len(rows):,} lines; yardstick: csv.writer on the finished cells"
        yield beside(what, took, _seconds(lambda: csv.writer(io.StringIO()).writerows(rows)), unit="s", digits=2)
        _, took = _download(f"{address}/xuat/so-dang-ky.xlsx")
        what = f"register as Excel, {len(rows):,} lines; yardstick: xlsxwriter on the finished cells"
        yield beside(what, took, _seconds(lambda: _written(rows), runs=1), unit="s", digits=2)
    yield from _papers(folder)


def _download(address: str) -> tuple[bytes, float]:
    began = time.perf_counter()
    with urlopen(address, timeout=PATIENCE_SECONDS) as answer:
        return answer.read(), time.perf_counter() - began


def _papers(folder: Path) -> Iterator[Line]:
    """The median of some papers in each format, in this process; printing needs Chromium."""
    from dashboard.app import create_app
    from models.config.settings import read_settings

    settings = read_settings({"DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}", "AS_OF": servers.LOOKED_AT})
    with create_app(settings).server.app_context():
        make = _maker(settings.as_of)
        for kind, (name, alone) in ALONE.items():
            if kind == "pdf" and chromium() is None:
                yield Line("paper of a province as pdf", "no Chromium; install it or set CHROMIUM")
                continue
            paper = make(kind)
            took, yardstick = _seconds(partial(make, kind)), _seconds(partial(alone, paper))
            what = f"paper of a province as {kind}, {len(paper) / 1000:.0f} kB; yardstick: {name}"
            yield beside(what, took, yardstick, unit="s", digits=2)


def _maker(day: date) -> Callable[[str], bytes]:
    """Makes the paper of one province in a format, from values that are read once."""
    from dashboard.db.read_session import repository
    from dashboard.reports.make import MissingPaper, make_papers
    from dashboard.targets.pages.place import layout

    snapshot = repository().snapshot(Moment(as_of=day, known_on=day))
    page = layout.__wrapped__  # without the guard's address

    def make(kind: str) -> bytes:
        made = next(make_papers(snapshot, PLACE, (kind,), page))
        if isinstance(made, MissingPaper):
            raise RuntimeError(made.reason)
        return made.content

    return make


def _cells(workbook: bytes) -> list[list[object]]:
    with CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
        return [list(row) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]


def _written(rows: list[list[object]] | list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def _seconds(act: Callable[[], object], runs: int = RUNS) -> float:
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        act()
        found.append(time.perf_counter() - began)
    return median(found)


ALONE: dict[str, tuple[str, Callable[[bytes], object]]] = {
    "docx": ("python-docx opening and saving it", lambda made: Document(io.BytesIO(made)).save(io.BytesIO())),
    "pptx": ("python-pptx opening and saving it", lambda made: Presentation(io.BytesIO(made)).save(io.BytesIO())),
    "xlsx": ("xlsxwriter on its finished cells", lambda made: _written(_cells(made))),
    "pdf": ("Chromium printing an empty page", lambda _made: print_pdf("<p></p>")),
}
