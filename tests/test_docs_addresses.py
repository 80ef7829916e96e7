"""The docs name every address that answers, every part of it that is read, and no other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.app import LivePages
from dashboard.register.address import PARAMETERS
from dashboard.tasks.values import FIELDS
from models.config.settings import ROOT

DOCS = ROOT / "docs"
LAYOUT = r"@page(?:_layout|\([^\n]*\))\ndef \w+\(_?snapshot: Snapshot, _?view: View, ([^)]*)\)"


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def first_column(table: str) -> list[str]:
    return re.findall(r"^\| `([^`]+)` \|", table, re.MULTILINE)


def plain(rule: str) -> list[str]:
    """An address as the docs write it: without converters, one entry for each word of `any`."""
    if words := re.search(r"<any\(([^)]*)\):\w+>", rule):
        return [plain(rule.replace(words[0], word))[0] for word in re.findall(r"'([^']+)'", words[1])]
    return [re.sub(r"<\w+:(\w+)>", r"<\1>", rule)]


@pytest.fixture(scope="module")
def answered(application: LivePages) -> dict[str, set[str]]:
    """Every address that answers a GET, by what serves it."""
    found: dict[str, set[str]] = {}
    for rule in application.server.url_map.iter_rules():
        if "GET" in (rule.methods or ()):
            found.setdefault(rule.endpoint.partition(".")[0], set()).update(plain(rule.rule))
    return found


def test_every_address_that_a_reader_can_open_is_described_and_no_other(answered: dict[str, set[str]]) -> None:
    described = first_column(text(DOCS / "pages.md").split("## What the address keeps")[0])
    assert len(described) == len(set(described))
    assert set(described) == (answered["pages"] | answered["work"]) - {"/<path>"}


def test_every_file_that_a_page_is_said_to_stand_in_exists() -> None:
    rows = re.findall(r"^\| `/[^`]*` \| `([a-z_/]+\.py)` \|", text(DOCS / "pages.md"), re.MULTILINE)
    assert rows and [name for name in rows if not (ROOT / "dashboard" / name).exists()] == []


def test_every_download_and_feed_is_described(answered: dict[str, set[str]]) -> None:
    paper = text(DOCS / "api.md").replace("/api/v1/<table>", "/api/v1/<name>")
    rules = answered["api"] | answered["feed"] | answered["task_files"] | answered["register_exports"]
    assert len(rules) >= 8
    assert [rule for rule in sorted(rules) if f"`{rule}`" not in paper] == []


def test_every_part_of_the_address_is_described(answered: dict[str, set[str]]) -> None:
    from dashboard.imports.pages.upload_reading import ASKED  # pages join the application, which must be there first

    described = set(first_column(text(DOCS / "pages.md").split("## What the address keeps")[1]))
    rules = {rule for found in answered.values() for rule in found}
    in_path = {"kind"}.union(*(re.findall(r"<(\w+)>", rule) for rule in rules))
    used = {*FIELDS, *PARAMETERS.values(), *ASKED}
    for file in (
        ROOT / "dashboard" / name
        for name in (
            "ui/address.py",
            "tasks/values.py",
            "tasks/order.py",
            "operation/pages/trail.py",
            "register/address.py",
        )
    ):
        used |= set(re.findall(r'args\.get\("([a-z-]+)"', text(file)))
    for page in (ROOT / "dashboard").glob("*/pages/*.py"):
        used |= set(re.findall(r'(?:args|query|rest)(?:\.get\(|\[)"([a-z-]+)"', text(page)))
        for signature in re.findall(LAYOUT, text(page)):
            used |= set(re.findall(r"(?<![*\w])([a-z]+): str", signature)) - in_path
    assert described == used
