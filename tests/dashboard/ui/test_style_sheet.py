"""One sheet in place of many, at an address that changes with what it says."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from dashboard.ui.style_sheet import address, joined
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
