"""Names compared across composition, case, tone places and long forms."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.parsing.text import clean, folded_key, name_key, nearest, nfc, same_name, tone_key
from models.base.text import fold


def test_decomposed_text_becomes_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Hợp tác xã")) == "Hợp tác xã"


def test_search_text_has_no_accents_and_d_for_đ() -> None:
    assert fold("  HTX  Đồng\u00a0Tâm ") == "htx dong tam"


@pytest.mark.parametrize(("old", "new"), [("Hoà", "Hòa"), ("THUỶ", "Thủy"), ("Khoẻ", "khỏe"), ("Tuý", "Túy")])
def test_tone_place_does_not_part_names(old: str, new: str) -> None:
    assert tone_key(old) == tone_key(new)


@pytest.mark.parametrize(("one", "other"), [("Hoa", "Hòa"), ("Hóa", "Hòa"), ("Hai", "Hải"), ("An", "Ân")])
def test_different_accents_part_names(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTX Hoà Bình", "Hợp tác xã Hòa  Bình"),
        ("LHHTX Mía đường", "LIÊN HIỆP HỢP TÁC XÃ MÍA - ĐƯỜNG"),
        ("Liên hiệp các hợp tác xã A", "LHHTX A"),
        ("THT Bàu Trúc", "Tổ hợp tác Bàu Trúc"),
        ("QTDND Ia Pa", "Quỹ tín dụng nhân dân Ia Pa"),
        ("HTX Ðồng Tâm", "HTX Đồng Tâm"),
    ],
)
def test_short_and_long_form_are_one_name(one: str, other: str) -> None:
    assert same_name(one, other)


def test_folded_key_joins_long_form_and_drops_punctuation() -> None:
    assert folded_key("Tên Hợp tác xã (HTX):") == "ten htx htx"


def test_nearest_name_ignores_misplaced_tone() -> None:
    assert nearest("Ninh Haỉ", ["Ninh Phước", "Ninh Hải", "Thuận Bắc"])[0] == "Ninh Hải"


def test_nearest_puts_the_same_accents_first() -> None:
    assert nearest("Ninh Hải", ["Ninh Hai", "Ninh Hải"]) == ["Ninh Hải", "Ninh Hai"]


def test_nothing_near_gives_no_suggestion() -> None:
    assert nearest("Pleiku", ["Ninh Hải", "Thuận Bắc"]) == []


@given(st.text())
def test_keys_do_not_depend_on_composition_of_the_text(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    for key in (clean, fold, tone_key, name_key, folded_key):
        assert key(decomposed) == key(unicodedata.normalize("NFC", text))


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
