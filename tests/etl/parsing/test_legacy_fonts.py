"""Text in TCVN3 and VNI fonts is told from Unicode and from foreign words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from etl.parsing.legacy_fonts import LegacyEncoding, first_legacy, is_syllable, legacy_encoding, legacy_problem

SHARED = Path(__file__).resolve().parents[4] / "shared" / "geography"


@pytest.mark.parametrize("text", ["Hîp t¸c x· n«ng nghiÖp", "x·", "§ång Nai", "Tæ hîp t¸c", "HîP T¸C X·"])
def test_tcvn3_text_is_known(text: str) -> None:
    assert legacy_encoding(text) == LegacyEncoding.TCVN3


@pytest.mark.parametrize("text", ["Hôïp taùc xaõ", "xaõ", "Ñoàng Nai", "HÔÏP TAÙC XAÕ NOÂNG NGHIEÄP"])
def test_vni_text_is_known(text: str) -> None:
    assert legacy_encoding(text) == LegacyEncoding.VNI


@pytest.mark.parametrize(
    "text",
    [
        *("Hợp tác xã", "Xã Hà Tây", "Hoà Bình", "Krông Pa", "Kông Chro", "Tô Múa", "Lê Văn Mùi", "Ðồng Tâm", "Chrôh"),
        *("Café Müller", "El Niño", "São Paulo", "5×3 m²", "«An»", "±5 °C", "§ 5", "1½", "10 µm3", "", "abc"),
    ],
)
def test_unicode_and_foreign_words_are_not_taken_for_old_fonts(text: str) -> None:
    assert legacy_encoding(text) is None


def test_first_text_in_an_old_font_is_named() -> None:
    assert first_legacy(["TT", "Hợp tác xã", "Hîp t¸c x·"]) == (2, LegacyEncoding.TCVN3)
    assert "TCVN3" in legacy_problem(LegacyEncoding.TCVN3).what


def test_tone_on_the_wrong_vowel_makes_no_syllable() -> None:
    assert is_syllable("hoà") and is_syllable("hòa") and is_syllable("quyết") and is_syllable("già")
    assert not is_syllable("xaõ") and not is_syllable("muà") and not is_syllable("Krông")


def test_no_place_name_is_taken_for_an_old_font() -> None:
    if not SHARED.is_dir():
        pytest.skip("needs the place tables of the shared folder")
    for file in SHARED.glob("*.csv"):
        with file.open(encoding="utf-8-sig", newline="") as stream:
            names = {cell for row in csv.reader(stream) for cell in row}
        assert [name for name in names if legacy_encoding(name)] == []
