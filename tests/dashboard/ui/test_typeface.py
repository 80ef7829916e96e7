"""The shipped typeface has every letter that the pages write, is small, free, and named by what it holds."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from fontTools.ttLib import TTFont

from dashboard.ui.style_sheet import joined, typeface
from models.config.settings import ROOT

VIETNAMESE = "aăâeêioôơuưy"
TONES = "\u0300\u0301\u0303\u0309\u0323"
TYPED = "☐☑☒✔"  # read from workbooks, never written on a page
FULL_WIDTH = re.compile("[＝＋－＠]")  # guarded against in cells


@pytest.mark.parametrize("file", typeface(), ids=lambda file: file.name)
def test_every_letter_of_the_product_is_in_the_typeface(file: Path) -> None:
    letters = set(TTFont(file).getBestCmap())
    sources = [*(ROOT / "dashboard").rglob("*.py"), *(ROOT / "data").rglob("*.yaml"), *(ROOT / "data").rglob("*.csv")]
    written = {letter for path in sources for letter in path.read_text(encoding="utf-8") if ord(letter) >= 0x20}
    assert (
        sorted(one for one in written if ord(one) not in letters and one not in TYPED and not FULL_WIDTH.match(one))
        == []
    )


@pytest.mark.parametrize("file", typeface(), ids=lambda file: file.name)
def test_every_vietnamese_vowel_with_every_tone_is_in_the_typeface(file: Path) -> None:
    import unicodedata

    letters = set(TTFont(file).getBestCmap())
    marked = [unicodedata.normalize("NFC", vowel + tone) for vowel in VIETNAMESE for tone in ("", *TONES)]
    wanted = "".join(marked) + "".join(marked).upper() + "đĐ₫"
    assert [letter for letter in wanted if ord(letter) not in letters] == []


def test_the_typeface_is_small_and_bears_its_digest() -> None:
    assert len(typeface()) == 2 and sum(file.stat().st_size for file in typeface()) < 45_000
    for file in typeface():
        assert file.stem.endswith(hashlib.sha256(file.read_bytes()).hexdigest()[:8])
        assert f"url({file.name})" in joined()


def test_its_licence_stands_in_the_tree() -> None:
    licence = (ROOT / "docs" / "licenses" / "noto-sans.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence and "Noto Project Authors" in licence


@pytest.mark.parametrize("page", ["/", "/tinh/thanh-hoa", "/dang-nhap"])
def test_a_page_has_the_typeface_fetched_before_its_sheet(client: FlaskClient, page: str) -> None:
    text = client.get(page).text
    links = re.findall(r'<link rel="preload" href="([^"]*)" as="font" type="font/woff2" crossorigin>', text)
    assert links == [f"/assets/{file.name}" for file in typeface()]
    assert text.index(links[-1]) < text.index('rel="stylesheet"')
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200 and answer.mimetype == "font/woff2"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000"
