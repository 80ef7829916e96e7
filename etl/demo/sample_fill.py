"""Fills a database for trials: registers and figures through the importers, what followed as facts of their own."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from sqlmodel import col

from etl.demo.sample import CREATED, YEARS, Spot, write_register
from etl.demo.sample_communes import COMMUNE_HEADINGS, commune_rows
from etl.demo.sample_facts import write_follow
from etl.demo.sample_figures import FIGURE_HEADINGS, figure_rows, second_rows
from etl.demo.sample_follow import ACTOR
from etl.files.storage import checksum_of, keep_file
from etl.loading.recipe import ImportRequest, ImportSettings, carry_out
from etl.parsing.issues import LoadError
from models.base.source import Run
from models.config.settings import Settings
from models.places.commune import Commune, CommuneSuccession
from models.targets.programme import Programme
from models.targets.reading import PlaceView, read_places

Report = Callable[[str], None]
LABELS = {"register": "sổ đăng ký", "communes": "danh mục xã", "figures": "số liệu"}
APART = 250_000  # numbers of the organisations of two places


@dataclass(frozen=True, slots=True)
class _List:
    """One invented register to load: the place of that year and where its organisations are numbered from."""

    place: PlaceView
    year: int
    first: int
    is_other: bool = False


def fill(engine: Engine, settings: Settings, *, organizations: int, seed: int, report: Report) -> None:
    """Fill a database for trials, so that every status, chart and page has its example.

    Raises LoadError unless the database is marked as one for trials (DEMO=1).
    """
    if not settings.is_demo:
        raise LoadError("Chỉ tạo dữ liệu mô phỏng trong cơ sở dữ liệu mô phỏng. Đặt DEMO=1 và DATABASE_URL riêng")
    import_settings = ImportSettings(engine, settings.data_dir, settings.as_of)
    with Session(engine) as session:
        places = read_places(session)
        promising = _with_promises(session, places)
        figures = figure_rows(session, promising, YEARS)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mo-phong.xlsx"
        report("Nạp danh mục xã mô phỏng")
        _write_rows(path, "DANH MỤC XÃ MÔ PHỎNG", COMMUNE_HEADINGS, commune_rows(places, promising))
        _load(import_settings, path, "communes", None, None)
        for item in _lists(places, promising):
            report(f"Nạp sổ đăng ký mô phỏng {item.place.name} {item.year}")
            with Session(engine) as session:
                spots = communes_of(session, item.place)
            chosen = {"organizations": organizations, "seed": seed, "year": item.year, "first": item.first}
            write_register(path, **chosen, spots=spots, is_other_list=item.is_other)
            _load(
                import_settings, path, "register", item.place.slug, item.year, "Liên minh HTX" if item.is_other else ""
            )
        rows = figures + second_rows(figures)
        _write_rows(path, "SỐ LIỆU MÔ PHỎNG", FIGURE_HEADINGS, rows)
        report(f"Nạp {len(rows)} số liệu mô phỏng")
        _load(import_settings, path, "figures", None, None)
    report("Ghi báo cáo nhiệm vụ, giải trình, kiến nghị, việc xử lý, chốt số mô phỏng")
    write_follow(engine, settings.as_of)


def _with_promises(session: Session, places: Mapping[str, PlaceView]) -> list[str]:
    named = set(session.scalars(select(col(Programme.place))))
    return sorted(slug for slug in named if slug in places and places[slug].level == "province")


def _lists(places: Mapping[str, PlaceView], promising: Sequence[str]) -> list[_List]:
    """Every year of each place; a place that ended goes on in its successor, and one day is told by two offices."""
    found = []
    for index, slug in enumerate(promising):
        for year in YEARS:
            place, first = places[slug], index * APART
            if place.valid_to is not None and year >= place.valid_to.year:
                place = places[place.successors[0]]
            if year == YEARS[-1] and place.slug == slug:
                found.append(_List(place, year, first, is_other=True))
            found.append(_List(place, year, first))
    return found


def communes_of(session: Session, place: PlaceView) -> list[Spot]:
    """Communes of a province with their districts as a list of any year names them; empty where none are known."""
    statement = select(Commune).where(col(Commune.place) == place.slug).order_by(col(Commune.code))
    rows = session.scalars(statement).all()
    whole = _gone_over_whole(session)
    former = [row for row in rows if row.valid_to is not None and row.code in whole]
    return [(row.name, row.district_name or "") for row in former or rows]


def _gone_over_whole(session: Session) -> set[str]:
    """Former communes that went into one commune wholly: lists of later years can name them too."""
    links = session.execute(select(col(CommuneSuccession.old_code), col(CommuneSuccession.is_whole))).all()
    often = Counter(code for code, _ in links)
    return {code for code, is_whole in links if is_whole and often[code] == 1}


def _write_rows(path: Path, title: str, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet("Mô phỏng")
    sheet.write(0, 0, title)
    sheet.write_row(2, 0, headings)
    for number, row in enumerate(rows, start=3):
        sheet.write_row(number, 0, row)
    book.close()


def _load(
    import_settings: ImportSettings, path: Path, kind: str, place: str | None, year: int | None, giver: str = ""
) -> None:
    """Load a file unless the same one was loaded before: an older list would take back what later ones said."""
    content = path.read_bytes()
    checksum = checksum_of(content)
    with Session(import_settings.engine) as session:
        if session.scalars(select(col(Run.id)).where(col(Run.checksum) == checksum).limit(1)).first() is not None:
            return
    label = " ".join(f"mô phỏng {LABELS[kind]} {place or ''} {year or ''} {giver}".split()) + ".xlsx"
    keep_file(import_settings.engine, label, content)
    order = ImportRequest(kind, place, year, ACTOR, label, checksum, is_demo=True, marked_demo=True)
    outcome = carry_out(import_settings, order, path, commit=True)
    if outcome.stops_file or outcome.left_out:
        raise LoadError(f"Dữ liệu mô phỏng không nạp được: {outcome.findings[0]}")
