"""Every code has a word, and names are folded in one way only."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.access import trail_words as trail
from dashboard.reconciliation.parts import reconciling
from dashboard.register import field_words as fields
from dashboard.register import words as register
from etl.parsing import text as etl_text
from models.base.text import fold
from models.operation.operation_lines import RUN_KINDS
from models.register.organization import LegalStatus, OperatingState, OrganizationDetail, OrganizationKind, RatingClass
from models.tasks.follow_up import ExplanationRequest, Petition, TaskReport
from models.tasks.meeting import Conclusion


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


def test_every_field_of_an_entry_has_a_word_in_its_history() -> None:
    kept = {"key", "organization_id", "id", "run_id", "recorded_at", "superseded_at", "superseded_by", "is_withdrawn"}
    told = set(OrganizationDetail.model_fields) - set(OrganizationDetail.__mro__[1].model_fields) - kept  # type: ignore[attr-defined]
    assert {name for name in told if fields.field_word(name) == name} == set()


def test_a_commune_of_before_the_reform_has_no_day_of_the_year_one() -> None:
    assert fields.value_word("commune_since", date.min) == "trước 01/7/2025"
    assert fields.value_word("commune_since", date(2025, 7, 1)) == "01/7/2025"


def test_runs_written_on_pages_have_words_and_not_the_names_of_tables() -> None:
    assert {m.__tablename__ for m in (Conclusion, ExplanationRequest, Petition, TaskReport)} <= set(RUN_KINDS)


def test_the_trail_tells_how_somebody_signed_in_in_vietnamese() -> None:
    assert trail.details_text({"method": "password"}) == "cách đăng nhập: mật khẩu"


def test_the_time_of_a_run_is_the_one_on_the_clock_in_viet_nam() -> None:
    assert reconciling.minute(datetime(2026, 11, 21, 18, 30, tzinfo=UTC)) == "22/11/2026 01:30"
