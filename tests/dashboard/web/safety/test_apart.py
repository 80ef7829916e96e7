"""Officers at work hold up neither the pages nor each other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import dash
import pytest

from dashboard.db.measures import kept_measures
from dashboard.db.read_session import Repository as PageDoor
from etl.demo.sample import write_register
from etl.loading.import_file import ImportRefusedError, ImportService
from etl.loading.worker_process import HELPER
from models.base.database import make_engine
from models.config.settings import ROOT, Settings
from models.register.measures import Measure, read_measures


@pytest.fixture
def desk(database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database of its own, marked as one for trials."""
    path = tmp_path / "a.sqlite3"
    shutil.copy(database, path)
    for name, value in {"DATABASE_URL": f"sqlite:///{path}", "DEMO": "1", "AS_OF": "2026-11-21"}.items():
        monkeypatch.setenv(name, value)
    return path


def book(folder: Path, seed: int, rows: int = 5) -> bytes:
    path = folder / f"{seed}.xlsx"
    write_register(path, organizations=rows, seed=seed, year=2024, first=seed * 1000)
    return path.read_bytes()


def door(path: Path, *, is_apart: bool) -> ImportService:
    return ImportService(make_engine(f"sqlite:///{path}"), ROOT / "data", is_apart=is_apart)


def prepare(at: ImportService, content: bytes, place: str, said: list[str] | None = None) -> str:
    received = at.receive("so.xlsx", content)
    lines = [] if said is None else said
    return at.prepare(received.checksum, "register", place, 2024, demo=True, progress=lines.append).token


def test_a_process_of_its_own_gives_the_same_preview_and_tells_how_far_it_is(desk: Path, tmp_path: Path) -> None:
    here, apart = door(desk, is_apart=False), door(desk, is_apart=True)
    content, said, said_apart = book(tmp_path, 1), [], []
    alone = here.prepared(prepare(here, content, "nghe-an", said))
    same = apart.prepared(prepare(apart, content, "nghe-an", said_apart))
    assert same.values == alone.values and same.values["rows"]["new"] > 0
    assert said_apart == said and said


def test_a_process_of_its_own_loads_what_was_previewed(desk: Path, tmp_path: Path) -> None:
    apart = door(desk, is_apart=True)
    run = apart.commit(prepare(apart, book(tmp_path, 2), "nghe-an"), "Cán bộ")
    assert [(r["kind"], r["place"]) for r in apart.runs() if r["id"] == run] == [("register", "nghe-an")]


def test_what_the_recipe_refuses_is_refused_from_there_with_its_sentence(desk: Path, tmp_path: Path) -> None:
    apart = door(desk, is_apart=True)
    with pytest.raises(ImportRefusedError, match="Không có địa bàn"):
        prepare(apart, book(tmp_path, 3), "khong-co")


def test_one_process_serves_order_after_order_and_a_dead_one_is_replaced(desk: Path, tmp_path: Path) -> None:
    at = door(desk, is_apart=True)
    prepare(at, book(tmp_path, 9), "nghe-an")
    first = HELPER.process
    prepare(at, book(tmp_path, 9), "nghe-an")
    assert first is not None and HELPER.process is first
    first.kill()
    first.wait()
    assert prepare(at, book(tmp_path, 9), "nghe-an")
    assert HELPER.process is not first


def test_a_load_of_another_province_leaves_a_preview_valid(desk: Path, tmp_path: Path) -> None:
    at = door(desk, is_apart=False)
    first, second = prepare(at, book(tmp_path, 4), "nghe-an"), prepare(at, book(tmp_path, 5), "ha-tinh")
    assert at.commit(first, "A") < at.commit(second, "B")


@pytest.mark.parametrize("place", ["nghe-an", "gia-lai"])
def test_a_load_of_the_same_province_makes_a_preview_old(desk: Path, tmp_path: Path, place: str) -> None:
    at = door(desk, is_apart=False)
    first, second = prepare(at, book(tmp_path, 6), place), prepare(at, book(tmp_path, 7), place)
    at.commit(first, "A")
    with pytest.raises(ImportRefusedError, match="đã thay đổi từ lúc xem trước"):
        at.commit(second, "B")


def test_counts_of_other_provinces_are_kept_after_a_load_and_its_own_are_counted_again(
    application: dash.Dash, desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = Settings(f"sqlite:///{desk}", ROOT / "data", "", date(2026, 11, 21), is_demo=True)
    monkeypatch.setitem(application.server.extensions, "repository", PageDoor(chosen))
    at = door(desk, is_apart=False)
    with application.server.app_context(), PageDoor(chosen).session() as session:

        def count(place: str) -> dict[str, Measure]:
            return kept_measures(session, place, 2024, demo=True)

        first, other = count("nghe-an"), count("ha-tinh")
        assert count("nghe-an") is first and first["htx_count"].value is None
        at.commit(prepare(at, book(tmp_path, 8), "nghe-an"), "A")
        assert count("ha-tinh") is other
        assert count("nghe-an") == read_measures(session, "nghe-an", 2024, demo=True)
        assert count("nghe-an")["htx_count"].value
