"""Charts in a browser: pictures that stand there with the words and answer a pointer; plotly where one is large."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from playwright.sync_api import expect

from dashboard.ui.style_sheet import ColourScheme, tokens
from tests.patience import PATIENCE_MS

Look = Callable[[str], Any]
Fresh = Callable[..., AbstractContextManager[Any]]


@pytest.mark.parametrize("address", ["/", "/tinh/thanh-hoa", "/chi-tieu/htx_count"])
def test_no_page_asks_for_a_drawing_library(opened: Look, address: str) -> None:
    assert [url for url in opened(address).requests if "plotly" in url or "async-" in url] == []


def test_charts_stand_on_the_province_page_with_words_and_a_table(opened: Look) -> None:
    page = opened("/tinh/ninh-thuan?mo=tat-ca").page
    charts = page.locator(".chart")
    assert charts.count() > 0
    for index in range(charts.count()):
        picture = charts.nth(index).locator("img")
        assert picture.evaluate("e => e.complete && e.naturalHeight > 0 && e.getBoundingClientRect().height") == 250
        label = picture.get_attribute("alt")
        assert label and charts.nth(index).locator("figcaption").inner_text() == f"{label} Phóng to"
        values = re.findall(r"(\d[\d.]*) \(", label)
        assert values and values[-1] in page.locator("section:has(table)").last.text_content()


def middle_of(page: Any, chart: str, number: int) -> tuple[float, float]:
    """Where a value of a chart lies on the screen."""
    spot = page.locator(f"figure:has({chart}) .point").nth(number)
    spot.evaluate("e => e.closest('figure').scrollIntoView({block: 'center'})")
    at: tuple[float, float] = spot.evaluate(
        """e => { const s = getComputedStyle(e, '::before'), box = e.parentElement.getBoundingClientRect();
          return [box.left + parseFloat(s.left), box.top + parseFloat(s.top)] }"""
    )
    return at


def said_over(page: Any, chart: str) -> list[str]:
    """The values of a chart that are shown at the moment."""
    shown = "all => all.filter(e => getComputedStyle(e).clipPath === 'none').map(e => e.textContent)"
    found: list[str] = page.locator(f"figure:has({chart}) .point span").evaluate_all(shown)
    return found


@pytest.mark.parametrize("scripts", [True, False])
def test_a_value_says_its_day_number_and_publisher_when_pointed_at(fresh: Fresh, scripts: bool) -> None:
    chart = "#chart-ninh-thuan-2023-htx_count"
    with fresh("/tinh/ninh-thuan?mo=tat-ca", java_script_enabled=scripts, drawn=scripts) as opened:
        for number, said in enumerate(("2020: 84 HTX, Viet Nam News", "31/12/2020: ước 89", "31/10/2024: 131")):
            opened.page.mouse.move(*middle_of(opened.page, chart, number))
            found = said_over(opened.page, chart)
            assert len(found) == 1 and said in found[0]
        opened.page.mouse.move(0, 0)
        assert said_over(opened.page, chart) == []


def test_a_touched_value_shows_and_no_screen_grows_by_it(fresh: Fresh) -> None:
    chart, phone = "#chart-ninh-thuan-2023-htx_count", {"width": 360, "height": 800}
    with fresh("/tinh/ninh-thuan?mo=tat-ca", viewport=phone, has_touch=True, is_mobile=True) as opened:
        for number in range(2):
            opened.page.touchscreen.tap(*middle_of(opened.page, chart, number))
            assert len(said_over(opened.page, chart)) == 1
            assert opened.page.evaluate("() => document.documentElement.scrollWidth") == 360


def test_the_keyboard_comes_to_a_chart_once_and_reads_all_its_values(fresh: Fresh) -> None:
    chart = "#chart-ninh-thuan-2023-htx_count"
    with fresh("/tinh/ninh-thuan?mo=tat-ca") as opened:
        page = opened.page
        page.locator(f"{chart} + .points").focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") == "points"
        assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
        found = said_over(page, chart)
        assert len(found) == 4 and "131" in found[2] and found[3] == "Cam kết đến 2030: 180 đến 200 HTX"
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.className") not in ("points", "point")


def test_years_and_values_of_a_picture_follow_a_dark_screen(fresh: Fresh) -> None:
    """A picture inside a page is a page of its own: its letters must turn light with the screen by themselves."""
    lightest = """async () => {
      const image = document.querySelector('.graph-picture'), canvas = document.createElement('canvas');
      await image.decode();
      canvas.width = image.width; canvas.height = image.height;
      const pen = canvas.getContext('2d');
      pen.drawImage(image, 0, 0, image.width, image.height);
      const pixels = pen.getImageData(0, canvas.height - 30, canvas.width, 30).data;
      let most = 0;
      for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] > 200) most = Math.max(most, pixels[i + 2]);
      return most;
    }"""
    with fresh("/tinh/ninh-thuan?mo=tat-ca", color_scheme="dark") as dark:
        assert 180 < dark.page.evaluate(lightest) < 225  # letters; on a light screen the white around them


def test_a_single_value_is_told_in_a_line_and_not_drawn(opened: Look) -> None:
    page = opened("/tinh/thanh-hoa?mo=tat-ca").page
    told = page.locator(".one-value").all_inner_texts()
    assert len(told) == 3 and any("252.000" in text and "334.841" in text for text in told)


def test_a_line_opens_its_card_without_a_script_and_a_link_into_it_opens_it_too(fresh: Fresh) -> None:
    with fresh("/tinh/ninh-thuan", java_script_enabled=False, drawn=False) as opened:
        picture = opened.page.locator("#chart-ninh-thuan-2023-htx_count")
        assert not picture.is_visible()
        opened.page.locator(".line:has(#htx_count-2030) > summary").click()
        assert picture.is_visible()
    with fresh("/tinh/ninh-thuan#htx_count-2030") as opened:
        assert opened.page.locator("#chart-ninh-thuan-2023-htx_count").is_visible()


def test_a_line_shows_its_trend_where_two_values_are_known(opened: Look) -> None:
    trends = opened("/").page.locator("img.trend")
    assert trends.count() >= 3
    assert all(
        trends.evaluate_all("all => all.map(e => e.complete && e.naturalWidth === 96 && e.alt.startsWith('Từ '))")
    )


LARGE = "/bieu-do/chi-tieu/htx_count"


def test_a_large_chart_is_drawn_by_plotly_in_the_place_of_its_picture(opened: Look) -> None:
    page = opened(LARGE).page
    page.wait_for_selector(".js-plotly-plot .scatterlayer .trace")
    values = page.locator("li.point").count()
    assert page.locator(".scatterlayer .points path").count() == values > 5
    frame = page.locator(".graph-frame")
    assert not frame.locator("> .graph-picture").is_visible() and not frame.locator("> .points").is_visible()
    assert frame.evaluate("e => e.getBoundingClientRect().height") > 400
    assert page.locator(".live-only").is_visible()


def test_a_large_chart_says_the_same_of_a_value_as_its_picture(opened: Look) -> None:
    page = opened(LARGE).page
    page.wait_for_selector(".js-plotly-plot .scatterlayer .trace")
    box = page.locator(".scatterlayer .points path").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    said = page.locator(".hoverlayer .hovertext").first
    said.wait_for()
    assert said.text_content() == page.locator("li.point span").first.text_content()


def test_a_large_chart_writes_numbers_and_years_as_the_page_does_and_sends_nothing_away(opened: Look) -> None:
    """31/12/2030 belongs to 2030: no tick right of it may come nearer than its own year."""
    page = opened("/bieu-do/cam-ket/thanh-hoa-922-2023/htx_count").page
    page.wait_for_selector(".js-plotly-plot .scatterlayer .trace")
    texts = page.locator(".js-plotly-plot .ytick text").all_text_contents()
    assert "1.000" in texts and not [text for text in texts if re.search(r"\d,\d{3}|[kM]$", text)]
    years = page.locator(".js-plotly-plot .xtick text").all_text_contents()
    assert "2030" in years and "2031" not in years
    titles = page.locator(".modebar-btn").evaluate_all("all => all.map(e => e.dataset.title)")
    assert titles == ["Trở lại", "Tải hình (PNG)"] and page.locator(".plotlyjsicon").count() == 0
    family = "e => getComputedStyle(document.querySelector(e)).fontFamily"
    assert page.evaluate(family, ".js-plotly-plot .ytick text") == page.evaluate(family, "body")


def test_a_large_chart_follows_the_screen_and_the_paper(fresh: Fresh) -> None:
    asked = {"light": ColourScheme.LIGHT, "dark": ColourScheme.DARK}
    with fresh(LARGE, color_scheme="dark") as opened:
        page = opened.page
        page.wait_for_selector(".js-plotly-plot .scatterlayer .trace")
        year = expect(page.locator(".js-plotly-plot .xtick text").first)
        for scheme in ("dark", "light", "dark"):
            page.emulate_media(color_scheme=scheme)
            year.to_have_css("fill", rgb(tokens(asked[scheme])["ink-2"]), timeout=PATIENCE_MS)
        page.emulate_media(media="print")
        year.to_have_css("fill", rgb(tokens(ColourScheme.PRINT)["ink-2"]), timeout=PATIENCE_MS)


def rgb(colour: str) -> str:
    """A colour of the style sheet as browsers tell it."""
    short = colour.removeprefix("#")
    channels = bytes.fromhex(short if len(short) == 6 else "".join(letter * 2 for letter in short))
    return f"rgb({', '.join(map(str, channels))})"


def test_a_large_chart_zooms_across_only_and_goes_back(opened: Look) -> None:
    page = opened(LARGE).page
    page.wait_for_selector(".js-plotly-plot .scatterlayer .trace")
    years, values = page.locator(".js-plotly-plot .xtick text"), page.locator(".js-plotly-plot .ytick text")
    before, held = years.all_text_contents(), values.all_text_contents()
    box = page.locator(".nsewdrag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] * 0.4)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.8, steps=4)
    page.mouse.up()
    expect(years).not_to_have_count(len(before), timeout=PATIENCE_MS)
    assert values.all_text_contents() == held
    page.locator(".modebar-btn[data-title='Trở lại']").click()
    expect(years).to_have_text(before, timeout=PATIENCE_MS)


def test_on_a_phone_the_legend_of_a_large_chart_covers_no_year(fresh: Fresh) -> None:
    with fresh(LARGE, viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True) as opened:
        page = opened.page
        page.wait_for_selector(".js-plotly-plot .legend .traces")
        legend = page.locator(".js-plotly-plot .infolayer .legend").bounding_box()
        years = [year.bounding_box() for year in page.locator(".js-plotly-plot .xtick text").all()]
        assert years and max(year["y"] + year["height"] for year in years) <= legend["y"] + 1
        assert page.evaluate("() => document.documentElement.scrollWidth") == 360


def test_on_a_phone_no_mark_and_no_name_of_a_large_chart_is_cut(fresh: Fresh) -> None:
    address = "/bieu-do/cam-ket/nghi-quyet-20-2022/lhhtx_count"
    with fresh(address, viewport={"width": 360, "height": 800}, is_mobile=True, has_touch=True) as opened:
        page = opened.page
        page.wait_for_selector(".js-plotly-plot .legend .traces")
        names = page.locator(".js-plotly-plot .legendtext")
        assert "Dự phóng, nếu nhịp tăng các năm qua lặp lại" in names.evaluate_all(
            "all => all.map(e => e.dataset.unformatted.replaceAll('<br>', ' '))"
        )
        frame = page.locator(".js-plotly-plot").bounding_box()
        for drawn in [*names.all(), *page.locator(".js-plotly-plot .scatterlayer .points path").all()]:
            box = drawn.bounding_box()
            assert frame["x"] <= box["x"] and box["x"] + box["width"] <= frame["x"] + frame["width"]
        marks = page.locator(".js-plotly-plot .scatterlayer .points path")
        assert marks.count() and marks.evaluate_all("all => all.filter(e => e.closest('[clip-path]'))") == []


def test_without_scripts_the_large_page_keeps_its_picture(fresh: Fresh) -> None:
    with fresh(LARGE, java_script_enabled=False, drawn=False) as opened:
        assert opened.page.locator(".graph-picture").is_visible()
        assert not opened.page.get_by_text("Kéo ngang trên biểu đồ để phóng to").is_visible()
