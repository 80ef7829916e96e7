"""Components and figures are pure: the same values give the same picture, and no picture changes its values."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dashboard.db.snapshot_values import Snapshot
from dashboard.targets.parts.arithmetic import arithmetic
from dashboard.targets.parts.bullet import bullet, describe
from dashboard.targets.parts.history import history, is_drawable
from dashboard.targets.parts.promise import promise_card, promise_table
from dashboard.targets.parts.promise_lines import leading_lines
from dashboard.targets.parts.source_note import source_line
from dashboard.ui import words
from dashboard.ui.address import View
from dashboard.ui.html import Element
from dashboard.ui.marks import MARKS, TASK_MARKS, flag_notes, status_counts, status_mark, task_mark
from dashboard.ui.table import data_table, figures
from models.config.settings import ROOT
from models.gaps.answer import Flag, Status
from models.targets.reading import GapView, Moment
from models.tasks.task_state import TaskState

Read = Callable[[Element], Any]
TODAY = date(2026, 11, 21)
VIEW = View(Moment(as_of=TODAY, known_on=TODAY), 2030, True)


@pytest.fixture
def gaps(snapshot: Snapshot) -> list[GapView]:
    return [view for view in snapshot.gaps if view.gap.latest is not None]


def find(snapshot: Snapshot, place: str, indicator: str) -> GapView:
    return next(view for view in snapshot.gaps if (view.place, view.indicator) == (place, indicator))


def builders(snapshot: Snapshot) -> list[Callable[[GapView], Any]]:
    return [
        lambda v: bullet(v.gap),
        lambda v: status_mark(v.gap.status, v.gap.flags),
        lambda v: source_line(v.gap.latest, snapshot.indicators[v.indicator], VIEW) if v.gap.latest else None,
        lambda v: promise_card(v, snapshot, VIEW),
        lambda v: leading_lines([v], snapshot, VIEW),
        lambda v: arithmetic(v.gap, snapshot.indicators[v.indicator], snapshot.thresholds),
        lambda v: promise_table((v,), snapshot, VIEW, caption="x") if v.gap.target else None,
        lambda v: _figure(v),
    ]


def _figure(view: GapView) -> Any:
    return history(view.gap, [view.gap.target] if view.gap.target else [], "x", "HTX")


def test_the_same_values_give_the_same_picture_and_stay_as_they_are(snapshot: Snapshot) -> None:
    before = [copy.deepcopy(view.gap) for view in snapshot.gaps]
    for build in builders(snapshot):
        for view in snapshot.gaps:
            assert build(view) == build(view)
    assert [view.gap for view in snapshot.gaps] == before


@pytest.mark.parametrize("status", list(Status))
def test_every_status_is_a_word_an_icon_and_a_colour(read: Read, status: Status) -> None:
    mark = read(status_mark(status))
    assert mark.text == words.STATUS_WORDS[status]
    (icon,) = mark.all("span", f"icon-{MARKS[status][1]}")
    assert icon.attributes["aria-hidden"] == "true"
    assert mark.all("span", MARKS[status][0])


def test_statuses_of_one_colour_differ_in_their_icon() -> None:
    seen = [MARKS[status] for status in Status]
    assert len(set(seen)) == len(seen)


def test_grey_is_only_for_what_is_not_known() -> None:
    grey = {status for status in Status if MARKS[status][0] == "unknown"}
    assert grey == {Status.SHORT_SERIES, Status.NO_DATA, Status.NOT_COMPARABLE, Status.NO_TARGET}


@pytest.mark.parametrize("state", list(TaskState))
def test_every_task_state_is_a_word_and_an_icon(read: Read, state: TaskState) -> None:
    mark = read(task_mark(state))
    assert mark.text == words.TASK_STATE_WORDS[state] and mark.all("span", f"icon-{TASK_MARKS[state][1]}")


@pytest.mark.parametrize("flag", list(Flag))
def test_every_flag_says_what_it_means_on_hover(read: Read, flag: Flag) -> None:
    (note,) = flag_notes([flag])
    assert read(note).one("span", "flag").attributes["title"] == words.FLAG_MEANINGS[flag]


def test_counts_stand_in_words_beside_the_bar(read: Read) -> None:
    found = read(status_counts([(Status.AT_RISK, 1), (Status.NO_DATA, 12)]))
    assert [li.text for li in found.all("li")] == ["1 nguy cơ không đạt", "12 chưa có số liệu"]
    assert found.one("div", "count-bar").attributes["aria-hidden"] == "true"


def test_kinds_of_not_knowing_look_different_in_the_bar() -> None:
    """Without data and not comparable are two findings: one shade for both would merge them."""
    css = (ROOT / "dashboard" / "assets" / "30-parts.css").read_text(encoding="utf-8")
    rule = next(line for line in css.splitlines() if line.startswith(".count-bar .no_data"))
    assert ".not_comparable" not in rule.split("{")[0]


def test_every_bar_says_its_figures_to_a_reader_who_does_not_see_it(read: Read, gaps: list[GapView]) -> None:
    for view in gaps:
        label = read(bullet(view.gap)).one("div", "bullet").attributes["aria-label"]
        assert label == describe(view.gap)
        assert view.gap.latest is not None
        assert words.value_text(view.gap.latest) in label and words.when(view.gap.latest) in label


def test_a_bar_never_leaves_its_track(read: Read, snapshot: Snapshot) -> None:
    for view in snapshot.gaps:
        for value in (view.gap.value, -5.0, 0.0, 1e9):
            for span in read(bullet(replace(view.gap, value=value))).all("span"):
                for part in span.attributes.get("style", "").split(";"):
                    assert not part or 0 <= float(part.split(":")[1].rstrip("%")) <= 100


def test_an_estimate_or_rounded_value_is_hatched(read: Read, snapshot: Snapshot) -> None:
    rounded = read(bullet(find(snapshot, "thanh-hoa", "htx_member_count").gap))
    exact = read(bullet(find(snapshot, "thanh-hoa", "htx_count").gap))
    assert rounded.all("span", "soft") and not exact.all("span", "soft")


def test_a_missing_value_leaves_the_track_empty(read: Read, snapshot: Snapshot) -> None:
    bar = read(bullet(find(snapshot, "ninh-thuan", "htx_weak_count").gap))
    assert not bar.all("span", "bullet-bar") and "Chưa có số liệu" in bar.one("div").attributes["aria-label"]


def test_half_a_year_is_not_drawn_against_a_whole_year(read: Read, snapshot: Snapshot) -> None:
    half = find(snapshot, "dong-nai-truoc-2025-07", "htx_new_count").gap
    assert half.latest is not None and half.latest.period_kind == "half_year"
    assert not read(bullet(half)).all("span", "bullet-bar")
    assert not is_drawable(half.series)


def test_the_tolerance_beside_about_is_the_one_in_force(read: Read, snapshot: Snapshot) -> None:
    """The text must follow the settings: with 10% instead of 5% the page has to say 10%."""
    view = find(snapshot, "dong-nai-truoc-2025-07", "htx_count")
    content = copy.deepcopy(snapshot.thresholds.content)
    content["about_tolerance"]["value"] = 0.1
    changed = type(snapshot.thresholds)(version="x", valid_from=TODAY, content=content)
    text = read(arithmetic(view.gap, snapshot.indicators["htx_count"], changed)).text
    assert "dung sai 10%" in text


def test_the_arithmetic_shows_every_number_that_went_in(read: Read, snapshot: Snapshot) -> None:
    gap = find(snapshot, "ninh-thuan", "htx_count").gap
    text = read(arithmetic(gap, snapshot.indicators["htx_count"], snapshot.thresholds)).text
    for part in ("180 đến 200 HTX", "131 HTX", "131 − 180 = −49", "ước 89 (31/12/2020) → 131 (31/10/2024)", "+7,9"):
        assert part in text
    assert "Đúng tiến độ" in text and snapshot.thresholds.version in text


def test_a_table_has_head_cells_and_labels_its_figures(read: Read) -> None:
    found = read(data_table(["Tên", figures("Số")], [["a", "1"]], caption="Bảng"))
    assert [th.attributes["scope"] for th in found.all("th")] == ["col", "col", "row"]
    assert found.one("td").attributes["data-label"] == "Số" and "num" in found.one("td").classes
    assert found.one("caption").text == "Bảng"


def test_a_row_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(ValueError):
        data_table(("a", "b"), [["1"]], caption="x")
