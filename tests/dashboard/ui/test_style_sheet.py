"""One sheet in place of many, at an address that changes with what it says."""

from __future__ import annotations

import itertools
import math
import re

import pytest
from flask.testing import FlaskClient

from dashboard.ui.style_sheet import ColourScheme, address, joined, tokens
from models.config.settings import ROOT


@pytest.mark.parametrize("page", ["/", "/tinh/thanh-hoa", "/dang-nhap"])
def test_a_page_waits_for_one_style_sheet(client: FlaskClient, page: str) -> None:
    assert re.findall(r'<link rel="stylesheet" href="([^"]*)"', client.get(page).text) == [address()]


def test_the_joined_sheet_holds_every_sheet_in_the_order_of_their_names() -> None:
    sheets = sorted((ROOT / "dashboard" / "assets").glob("*.css"))
    places = [joined().index(sheet.read_text(encoding="utf-8")) for sheet in sheets]
    assert len(places) > 5 and places == sorted(places)


def test_the_joined_sheet_may_be_kept_for_good_by_anybody(client: FlaskClient) -> None:
    answer = client.get(address())
    assert answer.status_code == 200 and answer.mimetype == "text/css"
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("page", ["/", "/bieu-do/chi-tieu/htx_count"])
def test_no_script_of_a_page_holds_its_words_back(client: FlaskClient, page: str) -> None:
    before, _, after = client.get(page).text.rpartition("</main>")
    assert all(" defer " in script for script in re.findall(r"<script[^>]*\ssrc=[^>]*>", before))
    assert ("<script" in after) is (page != "/"), "the scripts of a live page come after its words"


STATES = ("reached", "track", "slow", "risk", "away", "unknown")
APART = 24  # CIE76; below about 20 two small marks are taken for one colour


def lab(colour: str) -> tuple[float, float, float]:
    """A colour in CIELAB (D65)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("scheme", [ColourScheme.LIGHT, ColourScheme.DARK])
def test_the_colours_of_two_states_can_be_told_apart(scheme: ColourScheme) -> None:
    """In the dark, going back and being at risk were both a pale red."""
    colours = {name: lab(tokens(scheme)[name]) for name in STATES}
    near = {
        (one, other)
        for one, other in itertools.combinations(STATES, 2)
        if math.dist(colours[one], colours[other]) < (28 if "away" in (one, other) else APART)
    }
    assert near == set()
