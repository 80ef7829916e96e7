"""Where the page on sources opens when nobody has chosen a place and a year."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from dashboard.db.read_session import repository
from dashboard.reconciliation.data.reconciliation import build_sources
from models.targets.reading import Moment


def opened(browser: Any, place: str = "", year: int | None = None) -> Any:
    with browser.client.application.app_context():
        today = repository().settings.as_of
        return build_sources(repository().snapshot(Moment(as_of=today, known_on=today)), place, year)


def test_without_a_choice_the_place_and_year_with_most_disagreement_stands_first(browser: Any) -> None:
    found = opened(browser)
    others = [opened(browser, place.slug, year) for place in found.places if place.level == "province"
              for year in opened(browser, place.slug).years]  # fmt: skip
    assert found.lines and len(others) > 1
    assert found.apart == max(other.apart for other in others)
    if not found.apart:
        assert sum(line.voices for line in found.lines) == max(sum(n.voices for n in other.lines) for other in others)
    assert "chưa có số liệu" not in re.sub(r"<[^>]+>", "", browser.read("/doi-soat"))


def test_a_register_that_contradicts_what_was_published_draws_the_page_to_its_year(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    rows = tuple((f"HTX Số {n}", "HTX", "Nông nghiệp", "Xã A", "Đang hoạt động", 10, "Tốt") for n in range(40))
    browser.load(make_workbook(rows), "register", "gia-lai-truoc-2025-07", 2023)
    found = opened(browser)
    assert found.apart >= 1
    assert (found.place.slug, found.year) == ("gia-lai-truoc-2025-07", 2023)


def test_a_register_about_which_nobody_published_anything_does_not_draw_the_page_away_from_sources(
    browser: Any, make_workbook: Callable[..., bytes]
) -> None:
    before = opened(browser)
    browser.load(make_workbook(title="DANH SÁCH HTX ĐẾN 31/12/2016"), "register", "ninh-thuan", 2016)
    after = opened(browser)
    assert (after.place.slug, after.year) == (before.place.slug, before.year)


def test_a_chosen_place_without_a_year_opens_on_its_own_busiest_year(browser: Any) -> None:
    found = opened(browser, "thanh-hoa")
    apart = {year: opened(browser, "thanh-hoa", year).apart for year in found.years}
    assert found.place.slug == "thanh-hoa" and found.apart == max(apart.values())
    assert opened(browser, "thanh-hoa", found.years[-1]).year == found.years[-1]
