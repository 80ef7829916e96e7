"""The method page is written from the settings in force, for every status, comparator and flag."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from flask.testing import FlaskClient

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.arithmetic import arithmetic
from dashboard.ui import words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from models.gaps.answer import Status
from models.targets.reading import Moment
from models.tasks.task_state import TaskState

Visit = Callable[[str], Any]
TODAY = date(2026, 11, 21)


def test_every_status_flag_and_comparator_is_explained(visit: Visit) -> None:
    text = visit("/phuong-phap").text
    for table in (words.STATUS_WORDS, words.FLAG_WORDS, words.COMPARATOR_WORDS):
        for word in table.values():
            assert word in text


def test_the_cut_offs_in_force_stand_on_the_page_with_their_version(visit: Visit, snapshot: Snapshot) -> None:
    page = visit("/phuong-phap")
    assert f"phiên bản {snapshot.thresholds.version}" in page.text
    cells = {td.text for td in page.view.all("td", "num")}
    for item in snapshot.thresholds.content.values():
        if isinstance(item, dict) and "value" in item:
            assert words.number(item["value"]) in cells


def test_statuses_are_listed_worst_first(visit: Visit) -> None:
    marks = [mark.text for mark in visit("/phuong-phap").view.all("span", "mark")]
    assert marks[: len(Status)] == [words.STATUS_WORDS[status] for status in Status]
    assert marks[len(Status) :] == [words.TASK_STATE_WORDS[state] for state in TaskState]


def test_no_word_on_a_status_repeats_a_cut_off_that_may_change(
    snapshot: Snapshot, client: FlaskClient, read: Callable[[Element], Any]
) -> None:
    """With 0,50 in place of 0,60 the words "dưới 60%" would be false: only the table of cut-offs says the number."""
    from dashboard.targets.pages import method

    content = copy.deepcopy(snapshot.thresholds.content)
    content["slow_ratio"]["value"] = 0.5
    changed = type(snapshot.thresholds)(version="x", valid_from=TODAY, content=content)
    view = View(Moment(as_of=TODAY, known_on=TODAY), 2030, True)
    page = read(method.layout.__wrapped__(replace(snapshot, thresholds=changed), view))
    tables = {table.one("caption").text: table for table in page.all("table")}
    assert not re.search(r"\d", tables["Các tình trạng"].text)
    cells = [td.text for td in tables["Các ngưỡng đang dùng"].all("td", "num")]
    assert "0,5" in cells and "0,6" not in cells


def test_the_arithmetic_of_a_promise_says_the_cut_offs_in_force(
    snapshot: Snapshot, read: Callable[[Element], Any]
) -> None:
    content = copy.deepcopy(snapshot.thresholds.content)
    content["slow_ratio"]["value"] = 0.5
    changed = type(snapshot.thresholds)(version="x", valid_from=TODAY, content=content)
    item = next(v for v in snapshot.gaps if v.gap.ratio is not None and v.gap.status is not Status.REACHED)
    steps = read(arithmetic(item.gap, snapshot.indicators[item.indicator], changed)).text
    assert "chậm từ 50%" in steps and "60%" not in steps and "Ngưỡng phiên bản x" in steps


def test_every_table_can_be_downloaded_from_the_page(visit: Visit, client: FlaskClient) -> None:
    links = [link for link in visit("/phuong-phap").links if link.startswith("/api/")]
    assert len(links) >= 12
    assert {client.get(link).status_code for link in links} == {200}
