"""Every code has a word, and names are folded in one way only."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words_register as register
from etl import text as etl_text
from models.organization import LegalStatus, OperatingState, OrganizationKind, RatingClass
from models.text import fold


@pytest.mark.parametrize(
    ("codes", "table"),
    [
        (OrganizationKind, register.KIND_WORDS),
        (OrganizationKind, register.KIND_SHORT),
        (LegalStatus, register.LEGAL_WORDS),
        (OperatingState, register.OPERATING_WORDS),
        (OperatingState, register.OPERATING_MARKS),
        (RatingClass, register.RATING_WORDS),
        (RatingClass, register.RATING_MARKS),
    ],
)
def test_every_code_has_its_word_and_mark(codes: type, table: dict[str, object]) -> None:
    assert {code.value for code in codes} <= set(table)  # type: ignore[attr-defined]


@given(st.text())
def test_pages_and_imports_fold_names_alike(text: str) -> None:
    assert fold(text) == etl_text.fold(text)


def test_folding_drops_accents_and_the_stroke_of_d() -> None:
    assert fold("  HỢP TÁC XÃ  Đắk   Đoa ") == "hop tac xa dak doa"
