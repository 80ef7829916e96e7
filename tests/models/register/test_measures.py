"""Figures counted from the register: what is counted, what is not known, and on which boundary."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
import yaml

from models.config.settings import ROOT
from models.register.measure_list import RULES
from models.register.organization import OrganizationPerson

NOW = datetime(2026, 11, 21, tzinfo=UTC)
OLD_GIA_LAI, BINH_DINH, GIA_LAI, THANH_HOA = "gia-lai-truoc-2025-07", "binh-dinh", "gia-lai", "thanh-hoa"


def test_registered_is_the_sum_of_active_stopped_and_not_converted(register: Any) -> None:
    for state, times in (
        ("active", 5),
        ("stopped", 2),
        ("awaiting_dissolution", 1),
        ("not_converted", 3),
        ("suspended", 1),
    ):
        for _ in range(times):
            register.put(state={2023: state})
    found = register.count()
    assert {code: found[code].value for code in found if found[code].value is not None} == {
        "htx_count": 12,
        "htx_active_count": 5,
        "htx_stopped_count": 3,
        "htx_suspended_count": 1,
        "htx_not_converted_count": 3,
    }
    assert found["htx_count"].definition == "register"
    assert found["htx_count"].period_end == date(2023, 12, 31)


def test_every_measurable_code_is_an_indicator() -> None:
    listed = yaml.safe_load((ROOT / "data" / "indicators.yaml").read_text(encoding="utf-8"))["indicators"]
    assert set(RULES) <= {row["code"] for row in listed}


def test_credit_funds_and_dissolved_ones_are_not_counted_as_cooperatives(register: Any) -> None:
    register.put()
    register.put(kind="qtdnd")
    register.put(state={2022: "active", 2023: "dissolved"})
    found = register.count()
    assert (found["htx_count"].value, found["qtdnd_count"].value) == (1, 1)


def test_a_kind_that_the_list_never_names_is_unknown_and_not_zero(register: Any) -> None:
    register.put()
    found = register.count()
    assert found["tht_count"].value is None
    assert "chưa có THT" in found["tht_count"].note
    assert found["tht_member_count"].value is None


def test_a_year_without_a_list_is_unknown(register: Any) -> None:
    register.put()
    found = register.count(year=2024)
    assert all(measure.value is None for measure in found.values())
    assert found["htx_count"].note == "Chưa có danh sách tổ chức năm 2024 của Thanh Hóa."


def test_invented_organisations_never_count(register: Any) -> None:
    register.put()
    register.put(is_demo=True)
    register.put(is_demo=True)
    assert register.count()["htx_count"].value == 1
    assert register.count(demo=True)["htx_count"].value == 2


def test_a_later_list_does_not_change_an_earlier_year(register: Any) -> None:
    first = register.put(state={2023: "active", 2024: "stopped"})
    register.put(state={2024: "active"}, founded_on=date(2019, 1, 1))
    assert register.count()["htx_count"].value == 1
    assert register.count()["htx_active_count"].value == 1
    later = register.count(year=2024)
    assert (later["htx_count"].value, later["htx_stopped_count"].value) == (2, 1)
    assert first


def test_one_missing_from_this_years_list_lowers_the_coverage(register: Any) -> None:
    register.put(state={2023: "active"})
    register.put(state={2023: "active", 2024: "active"})
    found = register.count(year=2024)["htx_count"]
    assert (found.value, found.coverage) == (2, 50)
    assert "1/2" in found.note


def test_founded_after_the_year_is_not_counted_in_it(register: Any) -> None:
    register.put(founded_on=date(2023, 6, 1))
    register.put(founded_on=date(2024, 1, 1))
    register.put(founded_on=date(2020, 1, 1))
    found = register.count()
    assert (found["htx_count"].value, found["htx_new_count"].value) == (2, 1)


def test_sums_take_only_reported_numbers_and_say_of_how_many(register: Any) -> None:
    register.put(report={2023: {"member_count": 25, "revenue_mn": 100.0}})
    register.put(report={2023: {"member_count": 7}})
    register.put(report={2023: {"revenue_mn": 0.0}})
    register.put()
    found = register.count()
    assert (found["htx_member_count"].value, found["htx_member_count"].coverage) == (32, 50)
    revenue = found["htx_revenue_avg_mn"]
    assert (revenue.value, revenue.numerator, revenue.denominator) == (50, 100, 2)
    assert found["htx_worker_count"].value is None


def test_shares_carry_numerator_denominator_and_rated_coverage(register: Any) -> None:
    for rating_class in ("good", "fair", "average", "weak", "not_rated"):
        register.put(rating={2023: {"TT01_2020": rating_class}})
    register.put()
    share = register.count()["htx_good_fair_share"]
    assert (share.value, share.numerator, share.denominator) == (50, 2, 4)
    assert share.coverage == pytest.approx(100 * 4 / 6)
    assert register.count()["htx_weak_count"].value == 1


def test_of_two_ratings_of_a_year_the_general_scheme_counts_once(register: Any) -> None:
    register.put(rating={2023: {"TT09_2017": "weak", "TT01_2020": "good"}})
    share = register.count()["htx_good_fair_share"]
    assert (share.value, share.denominator) == (100, 1)


def test_ticks_without_a_single_no_give_a_count_but_no_share(register: Any) -> None:
    register.put(sector="agriculture", report={2023: {"has_high_tech": True}})
    register.put(sector="agriculture", report={2023: {"has_high_tech": None}})
    found = register.count()
    assert found["htx_agri_hightech_count"].value == 1
    assert found["htx_agri_hightech_share"].value is None
    assert "mẫu số" in found["htx_agri_hightech_share"].note


def test_a_linkage_contract_counts_only_in_the_years_in_which_it_ran(register: Any) -> None:
    valid = {
        "has_linkage_contract": True,
        "linkage_valid_from": date(2021, 1, 1),
        "linkage_valid_to": date(2022, 12, 31),
    }
    register.put(sector="agriculture", report={2023: valid})
    register.put(
        sector="agriculture",
        report={2023: {"has_linkage_contract": True, "linkage_valid_from": None, "linkage_valid_to": None}},
    )
    found = register.count()["htx_agri_linked_share"]
    assert (found.value, found.numerator, found.denominator) == (50, 1, 2)


def test_growth_compares_means_of_two_years_and_needs_both(register: Any) -> None:
    register.put(
        state={2022: "active", 2023: "active"}, report={2022: {"revenue_mn": 100.0}, 2023: {"revenue_mn": 110.0}}
    )
    assert register.count()["htx_revenue_growth"].value == pytest.approx(10)
    assert register.count(year=2022)["htx_revenue_growth"].value is None
    assert "năm trước" in register.count(year=2022)["htx_revenue_growth"].note


def test_women_directors_are_known_from_the_report_or_the_person(register: Any) -> None:
    register.put(report={2023: {"is_director_female": False}})
    other = register.put()
    register.say(OrganizationPerson, other, "director/2023", role="director", year=2023, is_female=True)
    share = register.count()["female_director_share"]
    assert (share.value, share.numerator, share.denominator) == (50, 1, 2)


def test_managers_trained_are_shared_only_among_those_that_reported_both(register: Any) -> None:
    register.put(report={2023: {"manager_count": 10, "manager_trained_count": 5}})
    register.put(report={2023: {"manager_count": 90, "manager_trained_count": None}})
    found = register.count()
    assert (found["manager_trained_share"].value, found["manager_trained_share"].denominator) == (50, 10)
    assert found["manager_count"].value == 100


def test_postgresql_counts_the_same(register: Any, postgres_register: Any) -> None:
    valid = {"has_linkage_contract": True, "linkage_valid_from": None, "linkage_valid_to": date(2022, 6, 30)}
    found = []
    for each in (register, postgres_register):
        each.put(
            sector="agriculture", founded_on=date(2023, 2, 1), report={2023: {"member_count": 9, "revenue_mn": 5.5}}
        )
        each.put(rating={2023: {"TT01_2020": "good"}}, report={2022: {"revenue_mn": 4.0}, 2023: valid})
        each.put(state={2022: "active", 2023: "dissolved"})
        each.put(OLD_GIA_LAI, state={2023: "stopped", 2025: "active"})
        each.put(GIA_LAI, state={2025: "active"}, commune_code="N1", known_on=date(2025, 12, 31))
        each.communes({"O1": (OLD_GIA_LAI, "N1", True)})
        found.append([each.count(THANH_HOA, 2023), each.count(OLD_GIA_LAI, 2025), each.count(GIA_LAI, 2023)])
    assert found[0] == found[1]
    assert found[0][1]["htx_count"].value == 2


def test_a_merged_place_needs_the_lists_of_all_its_parts(register: Any) -> None:
    register.put(OLD_GIA_LAI)
    missing = register.count(GIA_LAI, 2023)["htx_count"]
    assert missing.value is None
    assert "Bình Định" in missing.note
    register.put(BINH_DINH)
    assert register.count(GIA_LAI, 2023)["htx_count"].value == 2


def test_a_later_list_of_the_merged_place_leaves_the_former_figures_as_they_were(register: Any) -> None:
    first = register.put(OLD_GIA_LAI, state={2023: "active", 2025: "active"})
    register.put(BINH_DINH)
    register.describe(first, GIA_LAI, known_on=date(2025, 12, 31))
    assert register.count(OLD_GIA_LAI, 2023)["htx_count"].value == 1
    assert register.count(BINH_DINH, 2023)["htx_count"].value == 1
    assert register.count(GIA_LAI, 2025)["htx_count"].value == 2
    assert register.count(OLD_GIA_LAI, 2025)["htx_count"].value == 1


def test_on_old_boundaries_what_cannot_be_assigned_is_said_and_not_guessed(register: Any) -> None:
    register.put(OLD_GIA_LAI, state={2023: "active", 2025: "active"})
    register.put(GIA_LAI, state={2025: "active"}, commune_code="N1", known_on=date(2025, 12, 31))
    found = register.count(OLD_GIA_LAI, 2025)["htx_count"]
    assert found.value is None
    assert "không đoán" in found.note
    register.communes({"O1": (OLD_GIA_LAI, "N1", False)})
    assert register.count(OLD_GIA_LAI, 2025)["htx_count"].value == 2
    assert register.count(BINH_DINH, 2025)["htx_count"].value is None


def test_the_earlier_picture_can_be_read_from_a_frozen_instant(register: Any) -> None:
    register.put()
    assert register.count(recorded_at=datetime(2026, 1, 1, tzinfo=UTC))["htx_count"].value is None
    assert register.count(recorded_at=NOW)["htx_count"].value == 1


def test_estimated_reports_are_mentioned(register: Any) -> None:
    register.put(report={2023: {"member_count": 5, "value_kind": "estimate"}})
    assert "báo cáo ước" in register.count()["htx_member_count"].note
    assert "báo cáo ước" not in register.count()["htx_count"].note
