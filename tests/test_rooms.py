"""The plan of the house: every room is described, none is too full, and every test stands in the room it tests."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from models.config.settings import ROOT

PACKAGES = ("dashboard", "etl", "models")
TOP, FOLDER = 15, 20  # modules at the top of a package, and in any folder


def modules(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.py") if path.name != "__init__.py")


def rooms(package: str) -> list[Path]:
    return [path.parent for path in sorted((ROOT / package).glob("*/__init__.py"))]


def first_line(room: Path) -> str:
    return (ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or "").splitlines()[0]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_top_of_a_package_holds_few_modules(package: str) -> None:
    assert len(modules(ROOT / package)) <= TOP


@pytest.mark.parametrize("package", [*PACKAGES, "tests"])
def test_no_folder_holds_more_than_20_modules(package: str) -> None:
    folders = [path for path in (ROOT / package).rglob("*") if path.is_dir() and path.name != "versions"]
    assert {path.name: len(modules(path)) for path in folders if len(modules(path)) > FOLDER} == {}


def test_every_room_has_its_line_and_says_the_same_itself() -> None:
    page = (ROOT / "docs" / "rooms.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"^\| `([a-z/]+)/` \| (.+) \|$", page, re.MULTILINE))
    there = [room for package in PACKAGES for room in rooms(package)]
    assert told == {room.relative_to(ROOT).as_posix(): first_line(room) for room in there}


@pytest.mark.parametrize("package", PACKAGES)
def test_tests_mirror_the_rooms(package: str) -> None:
    there = {path.name for path in (ROOT / "tests" / package).iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert there <= {room.name for room in rooms(package)}


def test_a_class_name_means_one_thing() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for path in (path for folder in (*PACKAGES, "benchmarks", "docs") for path in (ROOT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(path.relative_to(ROOT).as_posix())
    assert {name: found for name, found in homes.items() if len(found) > 1} == {}
