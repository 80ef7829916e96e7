"""The locks hold all that is needed: they are installed without resolution, so on any later day the same."""

from __future__ import annotations

import re
import tomllib
from importlib.metadata import requires, version

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from models.config.settings import ROOT

RUN, DEV, AUDIT = "requirements.lock", "requirements-dev.lock", "requirements-audit.lock"
PLACES = (
    "README.md",
    "Makefile",
    ".ci/run",
    ".ci/audit",
    *sorted(p.relative_to(ROOT).as_posix() for p in ROOT.glob("docs/**/*.md")),
)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^\s;]+)", text(lock), re.MULTILINE))


def declared(lock: str) -> list[str]:
    """What pyproject.toml asks for: of the tools only where the lock has them."""
    project = tomllib.loads(text("pyproject.toml"))
    asked: list[str] = project["project"]["dependencies"]
    return asked + (project["dependency-groups"]["dev"] if lock == DEV else [])


def lacking(asked: list[str], pinned: dict[str, str]) -> list[str]:
    """Every requirement that the pins do not meet, from what is asked down through all that is installed.

    Each package counts with the extras that somebody asks of it, as `coverage[toml]`; markers are this machine's.
    """
    found: list[str] = []
    waiting = [("pyproject.toml", Requirement(line), "") for line in asked]
    seen: set[tuple[str, str]] = set()
    while waiting:
        who, wanted, extra = waiting.pop()
        if wanted.marker and not wanted.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(wanted.name)
        if name not in pinned or not wanted.specifier.contains(pinned[name], prereleases=True):
            found.append(f"{who} asks for {wanted}, pinned: {pinned.get(name)}")
            continue
        for more in {"", *wanted.extras} - {known for package, known in seen if package == name}:
            seen.add((name, more))
            waiting += [(name, Requirement(line), more) for line in requires(name) or []]
    return sorted(set(found))


@pytest.mark.parametrize("lock", [RUN, DEV])
def test_every_requirement_of_an_installed_package_is_pinned(lock: str) -> None:
    assert lacking(declared(lock), pins(lock)) == []


@pytest.mark.parametrize("package", ["psycopg-binary", "coverage", "greenlet", "pluggy"])
def test_a_package_that_the_lock_lacks_is_named(package: str) -> None:
    """By an extra of ours, by an extra of another, by a marker, by a plain line."""
    fewer = {name: pin for name, pin in pins(DEV).items() if name != package}
    assert [line for line in lacking(declared(DEV), fewer) if f" asks for {package}" in line.replace("_", "-")]


def test_a_pin_that_another_package_refuses_is_named() -> None:
    assert lacking(["coverage[toml]>=7.10.6"], {"coverage": "7.0"}) == [
        "pyproject.toml asks for coverage[toml]>=7.10.6, pinned: 7.0"
    ]


def test_what_is_installed_here_is_what_is_pinned() -> None:
    """Otherwise the test above would read the requirements of another version."""
    here = {name: pin for name, pin in pins(DEV).items() if version(name) != pin}
    assert here == {}


def test_both_lock_files_name_the_same_version_of_a_package() -> None:
    runtime, development = pins(RUN), pins(DEV)
    assert runtime
    assert {package: development.get(package) for package in runtime} == runtime


@pytest.mark.parametrize("lock", [RUN, DEV, AUDIT])
def test_every_locked_package_carries_checksums_and_no_address(lock: str) -> None:
    blocks = re.split(r"^(?=[a-z0-9])", text(lock), flags=re.MULTILINE)
    assert [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block] == []
    assert re.findall(r"^-.*|.*(?:://|\s@\s|--(?:extra-)?index|--find-links).*", text(lock), re.MULTILINE) == []


@pytest.mark.parametrize("place", PLACES)
def test_a_lock_is_installed_without_resolution_and_checked_wherever_it_is(place: str) -> None:
    """The pip of Python 3.11 would resolve `coverage[toml]` to the version of the day, and stop."""
    joined = re.sub(r"\\\n\s*", "", text(place))
    installs = list(re.finditer(r"pip install (.*)", joined))
    for match in installs:
        assert "--require-hashes --no-deps" in match[1], match[0]
        assert "pip check" in joined[match.end() : match.end() + 400], f"{match[0]}: no pip check after it"
    assert installs or place not in ("README.md", "Makefile", ".ci/run", ".ci/audit")
