"""The measuring itself: every part can be called, goals are judged rightly, nothing measured is lost."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import beside, peers, report, run
from benchmarks.kept import forget, keep, kept
from benchmarks.national import build
from benchmarks.plot import plot
from benchmarks.report import GOAL, BenchmarkPart, Line
from models.base.database import make_engine
from models.config.settings import ROOT


@pytest.mark.parametrize(
    ("line", "held"),
    [
        (Line("a", "0.59 s", "", "< 0.6 s"), "held"),
        (Line("a", "0.60 s", "", "< 0.6 s"), "NOT held"),
        (Line("a", "1,313 kB, 32 requests", "", "< 400 kB"), "NOT held"),
        (Line("a", "median 160 ms, p95 149 ms", "", "p95 < 150 ms"), "held"),
        (Line("a", "median 10 ms, p95 151 ms", "", "p95 < 150 ms"), "NOT held"),
        (Line("a", "0.80 s", "0.50 s", "<= yardstick + 0.3 s"), "held"),
        (Line("a", "0.81 s", "0.50 s", "<= yardstick + 0.3 s"), "NOT held"),
        (Line("a", "no Chromium", "", "< 0.6 s"), "not judged"),
        (Line("a", "5 ms", "", "about the same"), "not judged"),
        (Line("a", "5 ms"), ""),
        (report.beside("a", 4, 1, unit="/s", expected="ratio >= 4"), "held"),
        (report.beside("a", 2_496, 5_000, unit="/s", expected="ratio >= 0.5"), "NOT held"),
        (report.beside("a", 4, 0, unit="/s", expected="ratio >= 4"), "not judged"),
    ],
)
def test_a_goal_is_judged_by_the_printed_figures(line: Line, held: str) -> None:
    assert line.held == held


def test_every_goal_of_the_benchmarks_can_be_judged() -> None:
    goals = [
        word.value
        for file in (ROOT / "benchmarks").glob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("Line", "beside")
        for word in [*node.args[3:4], *(word.value for word in node.keywords if word.arg == "expected")]
        if isinstance(word, ast.Constant) and isinstance(word.value, str) and word.value
    ]
    assert len(goals) >= 15 and [goal for goal in goals if not GOAL.match(goal)] == []


def test_every_part_can_be_called_and_gives_lines_as_they_come() -> None:
    for name, (title, measure) in run.PARTS.items():
        assert name.isidentifier() and title
        assert inspect.isgeneratorfunction(measure) and len(inspect.signature(measure).parameters) == 2


def test_a_part_that_fails_keeps_what_it_found_and_says_why(tmp_path: Path) -> None:
    def fails(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
        yield Line("first", "1 s", "", "< 2 s")
        raise RuntimeError("no more\nof this")

    part = run.measured("Trial", fails, tmp_path, {})
    assert part.lines == [Line("first", "1 s", "", "< 2 s")] and part.fault == "RuntimeError: no more"
    keep(tmp_path / "kept", "trial", part)
    assert kept(tmp_path / "kept", "trial") == part
    forget(tmp_path / "kept")
    assert kept(tmp_path / "kept", "trial") is None


def test_an_ended_run_goes_on_where_it_was_and_its_report_has_every_part(tmp_path: Path, monkeypatch, capsys) -> None:
    called: list[str] = []

    def part(name: str) -> run.Measure:
        def measure(_folder: Path, _env: dict[str, str]) -> Iterator[Line]:
            called.append(name)
            yield Line(f"told by {name}", "3 ms", "", "< 2 ms")

        return measure

    monkeypatch.setattr(run, "PARTS", {name: (name.title(), part(name)) for name in ("one", "two")})
    monkeypatch.setattr(run, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(run, "default_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(run.servers, "init", lambda _env: 0.0)
    found = []
    for arguments in (["--only", "two"], ["--report"], ["--resume"], ["--report"]):
        monkeypatch.setattr("sys.argv", ["run", *arguments])
        found.append((run.main(), run.MISSING in capsys.readouterr().out))
    assert found == [(0, False), (1, True), (0, False), (0, False)]
    assert called == ["two", "one"]
    text = run.RESULTS.read_text(encoding="utf-8")
    assert "0 goals held, 2 not held, 0 not judged." in text
    assert (
        text.index("**One** (") < text.index("| told by one | 3 ms |  |  | < 2 ms | NOT held |") < text.index("**Two**")
    )


def test_a_fault_and_a_picture_stand_in_the_report() -> None:
    pictures = [Line("Growth", "![Growth](images/growth.svg)")]
    text = report.report(["Head"], [BenchmarkPart("Trial", "today", 0.0, 1.0, "OSError: full", pictures)])
    assert "| not measured to its end | OSError: full |" in text and text.endswith("\n\n![Growth](images/growth.svg)\n")


def test_peers_that_cannot_be_installed_are_a_note(tmp_path: Path, loaded, monkeypatch) -> None:
    def missing() -> Path:
        raise peers.PeerMissingError("not installed: no network")

    monkeypatch.setattr(peers, "peer_python", missing)
    monkeypatch.setattr(beside, "_dash_rates", lambda _table, _env: iter([Line("plain Dash", "5 /s")]))
    monkeypatch.setattr(beside.browser, "chromium", lambda: None)
    _, measure = run.PARTS["peers"]
    found = run.measured("Peers", measure, tmp_path, {"DATABASE_URL": f"sqlite:///{loaded.url.database}"})
    assert not found.fault
    assert [line.measured for line in found.lines][:2] == ["5 /s", "not installed: no network"]


def test_a_tiny_national_database_is_built_whole_and_marked_as_a_trial(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'national.sqlite3'}")
    made = build(engine, 0.001)
    assert made.rows["target"] == 700 and made.rows["organization"] == 155 and made.rows["year_report"] == 1550
    assert 5_000 <= made.rows["observation"] < 5_500
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM organization WHERE NOT is_demo").scalar() == 0
    engine.dispose()


def test_a_plot_is_small_labelled_and_its_text_is_text() -> None:
    svg = plot("Time <of> it", "thousand rows", "ms", [2, 8, 32], {"a & b": [1.5, 6, 24], "flat": [0, 0, 0]})
    words = "".join(ElementTree.fromstring(svg).itertext())  # noqa: S314
    assert all(one in words for one in ("Time <of> it", "thousand rows", "ms", "a & b", "32"))
    assert len(svg) < 6_000 and "prefers-color-scheme:dark" in svg


def test_every_committed_plot_is_small_and_readable() -> None:
    for file in (ROOT / "benchmarks" / "images").glob("*.svg"):
        assert file.stat().st_size < 10_000
        assert "<text" in file.read_text(encoding="utf-8") and ElementTree.parse(file)  # noqa: S314
