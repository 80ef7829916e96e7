"""The house stays tidy: sizes, names, imports, and nothing in the tree that does not belong to the product."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
import warnings
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from models.config.settings import ROOT
from tests.patience import PATIENCE

CODE = ("dashboard", "models", "etl", "benchmarks", "docs", "tests")
NOT_OURS = {".git", ".venv", "__pycache__", "instance", "node_modules", "htmlcov", "shots"}
NOT_OURS |= {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".import_linter_cache"}
TEXT = {".py", ".md", ".toml", ".yaml", ".yml", ".csv", ".txt", ".css", ".js", ".svg", ".html", ".json", ".lock"}
TEXT |= {".mako", ".example", ""}
GENERATED = "models/migrations/versions"
MAX_FILE, MAX_PAGE, MAX_FUNCTION, AIM_FUNCTION = 300, 200, 50, 30

# each pattern holds a one-letter class, or its own line would be found
INDEX_HOSTS = r"py[p]i[.]org|python[h]osted|registry[.]np[m]js|deb[.]deb[i]an[.]org|ana[c]onda[.]"
MACHINE_PATHS = r"(?<![\w./])/(?:w[o]rk|r[o]ot|h[o]me|U[s]ers|f[a]rm)/|[A-Z]:\\U[s]ers"
PERSONAL = {
    "an e-mail address": r"[\w.+-]+@(?!example[.])(?:[\w-]+[.])+[A-Za-z]{2,}",
    "a mobile number": r"(?<![\w.])0[35789]\d{8}(?!\w)",
    "a citizen's number": r"(?<![\w.])0\d{11}(?!\w)",
}
BROUGHT_BY_DASH_AND_SQLMODEL = {"flask", "werkzeug", "pydantic", "sqlalchemy"}
KNOWS_THE_DATABASE = re.compile(r"dashboard/(db|access|\w+/data)/")
INVENTED = ("tests/", "001083" + "012345")  # nobody's number: a cell that an import must refuse


def files() -> Iterator[Path]:
    """Every file of the project, whether Git knows it yet or not."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and not NOT_OURS.intersection(parts) and path.name != ".env":
            yield path


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def python_files(*rooms: str) -> list[Path]:
    return [p for room in rooms for p in sorted((ROOT / room).rglob("*.py")) if GENERATED not in p.as_posix()]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno is not None:
            yield f"{name(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def imports(path: Path) -> set[str]:
    """Every module a file imports, whole dotted names, wherever in the file."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def hits(pattern: str, *, among: Iterator[Path], flags: int = 0) -> list[str]:
    found = re.compile(pattern, flags)
    return [
        f"{name(path)}:{number}: {match[0]}"
        for path in among
        if path.suffix in TEXT
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), start=1)
        if (match := found.search(line))
    ]


def test_no_file_is_longer_than_300_lines() -> None:
    assert {name(p): lines(p) for p in python_files(*CODE) if lines(p) > MAX_FILE} == {}


def test_no_page_is_longer_than_200_lines() -> None:
    pages = [p for p in python_files("dashboard") if p.parent.name == "pages"]
    assert {name(p): lines(p) for p in pages if lines(p) > MAX_PAGE} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    measured = [item for path in python_files(*CODE) for item in functions(path)]
    assert [item for item in measured if item[1] > MAX_FUNCTION] == []
    if above := [where for where, length in measured if length > AIM_FUNCTION]:
        warnings.warn(f"{len(above)} functions over the aim of {AIM_FUNCTION} lines: {', '.join(above)}", stacklevel=1)


def test_no_room_is_called_utils_helpers_or_common() -> None:
    forbidden = {"utils", "util", "helpers", "helper", "common", "misc"}
    assert [
        name(p) for p in files() if forbidden & {part.split(".")[0].lower() for part in p.relative_to(ROOT).parts}
    ] == []


def test_no_package_index_is_named_in_the_tree() -> None:
    assert hits(INDEX_HOSTS, among=files()) == []


def test_no_path_of_a_machine_stands_in_the_tree() -> None:
    assert hits(MACHINE_PATHS, among=files()) == []


@pytest.mark.parametrize("what", PERSONAL)
def test_nothing_that_looks_like_personal_data_stands_in_the_tree(what: str) -> None:
    found = hits(PERSONAL[what], among=(p for p in files() if p.suffix != ".lock"))
    assert [hit for hit in found if not (hit.startswith(INVENTED[0]) and hit.endswith(INVENTED[1]))] == []


def test_every_module_says_what_it_is_for() -> None:
    silent = [p for p in python_files(*CODE) if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [name(p) for p in silent] == []


def test_only_data_db_and_access_import_the_database() -> None:
    outside = [p for p in python_files("dashboard") if not KNOWS_THE_DATABASE.match(name(p))]
    touching = {
        name(p): sorted(m for m in imports(p) if m.split(".")[0] in ("sqlalchemy", "sqlmodel")) for p in outside
    }
    assert {path: found for path, found in touching.items() if found} == {}


def test_figures_are_built_by_graph_objects_and_not_by_plotly_express() -> None:
    """Express guesses titles, colours and axes; ours come from one description and one template."""
    assert {name(p) for p in python_files("dashboard") if "plotly.express" in imports(p)} == set()


def test_pandas_and_plotly_are_loaded_before_the_workers_fork() -> None:
    """What a worker loads after the fork it holds alone, in each worker anew."""
    code = "import runpy, sys; runpy.run_path('dashboard/gunicorn_conf.py')['when_ready'](None)\n"
    code += "sys.exit(' '.join({'pandas', 'plotly.graph_objects'} - set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr


def test_imports_run_one_way_and_the_dashboard_sees_one_door_of_etl() -> None:
    forbidden = {"models": {"etl", "dashboard"}, "etl": {"dashboard"}, "dashboard": {"etl"}}
    found = {
        (name(p), m)
        for room, others in forbidden.items()
        for p in python_files(room)
        for m in imports(p)
        if m.split(".")[0] in others
    }
    assert {
        (path, m)
        for path, m in found
        if not (path == "dashboard/db/import_file.py" and m.startswith("etl.loading.import_file"))
    } == set()


def undeclared(rooms: tuple[str, ...], *, with_tools: bool) -> set[str]:
    """Packages from outside that these rooms import and pyproject.toml does not name."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    named = content["project"]["dependencies"] + (content["dependency-groups"]["dev"] if with_tools else [])
    declared = {re.split(r"[^\w-]", item)[0].lower() for item in named}
    homes = packages_distributions()
    return {
        package
        for package in {m.split(".")[0] for p in python_files(*rooms) for m in imports(p)}
        if package in homes and not declared & {re.sub("[-_.]+", "-", home).lower() for home in homes[package]}
    } - BROUGHT_BY_DASH_AND_SQLMODEL


def test_everything_that_the_product_imports_is_a_declared_dependency() -> None:
    """A package that only another package brings may vanish with it."""
    assert undeclared(("dashboard", "models", "etl"), with_tools=False) == set()


def test_everything_that_the_tests_import_is_in_the_development_lock() -> None:
    assert undeclared(("tests", "benchmarks", "docs"), with_tools=True) == set()


def test_types_are_strict_in_every_room_but_the_tests() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    looser = {"ignore_errors", "disable_error_code", "disallow_untyped_calls", "disallow_untyped_defs", "strict"}
    assert settings["strict"] and set(settings["files"]) == set(CODE) - {"tests"}
    assert [override["module"] for override in settings["overrides"] if looser & set(override)] == []


def test_no_private_part_of_a_library_is_used() -> None:
    """What a library calls private changes with any version of it; ruff's SLF finds attributes, this finds imports."""
    private = re.compile(r"\._(?!_)")
    found = {name(p): {m for m in imports(p) if private.search(m)} for p in python_files(*set(CODE) - {"tests"})}
    ours = tuple(f"{room}." for room in CODE)
    assert {path: names for path, names in found.items() if [m for m in names if not m.startswith(ours)]} == {}
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["lint"]
    assert "SLF" in rules["select"] and [p for p, off in rules["per-file-ignores"].items() if "SLF" in off] == [
        "tests/**"
    ]


def test_assets_fetch_nothing_from_outside_the_server() -> None:
    outside = r"https?://(?!www[.]w3[.]org/)|url\(\s*['\"]?//|@import"
    assert hits(outside, among=(p for p in files() if name(p).startswith("dashboard/assets/"))) == []


def test_tests_have_no_init_file_that_would_hide_the_real_rooms() -> None:
    assert [name(p) for p in (ROOT / "tests").rglob("__init__.py")] == []
