"""The two sample workbooks: what they hold is what was published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from etl.loading.recipe import ImportResult
from models.register.measures import read_measures
from models.register.organization import Organization, OrganizationPerson, OrganizationState, Rating, YearReport
from models.targets.observation import Observation
from tests.etl.loading.desk import FORM, SAMPLE, Desk

PLACE = "gia-lai-truoc-2025-07"
PUBLISHED = {
    "htx_count": 439,
    "htx_active_count": 353,
    "htx_stopped_count": 67,
    "htx_not_converted_count": 19,
    "htx_member_count": 18778,
}


def test_the_sample_register_gives_the_published_figures_of_31_12_2023(any_desk: Desk) -> None:
    outcome = any_desk.load(SAMPLE, is_demo=True)
    assert outcome.run_id is not None
    assert outcome.written.new == 439
    with Session(any_desk.engine) as session:
        counted = read_measures(session, PLACE, 2023, demo=True)
    assert {code: counted[code].value for code in PUBLISHED} == PUBLISHED


def test_an_invented_register_never_counts_officially(desk: Desk) -> None:
    outcome = desk.load(SAMPLE, is_demo=True)
    with Session(desk.engine) as session:
        assert read_measures(session, PLACE, 2023)["htx_count"].value is None
    assert [effect for effect in outcome.effects if effect.source == "promise" and effect.is_changed] == []


def test_without_commune_tables_names_are_kept_with_one_remark(
    desk: Desk, rules: Callable[[ImportResult], set[str]]
) -> None:
    outcome = desk.load(SAMPLE, is_demo=True)
    assert [finding.rule for finding in outcome.findings].count("commune.no_table") == 1
    assert {row.commune_code for row in desk.all(Organization)} == {None}
    assert "Xã Đak Jơ Ta" in {row.commune_name for row in desk.all(Organization)}


def test_the_register_brings_states_reports_ratings_and_sex_of_directors(desk: Desk) -> None:
    desk.load(SAMPLE, is_demo=True)
    assert {row.on for row in desk.all(OrganizationState)} == {date(2023, 12, 31)}
    assert len(desk.all(YearReport)) == len(desk.all(Rating)) == len(desk.all(OrganizationPerson)) == 439
    assert {row.name for row in desk.all(OrganizationPerson)} == {None}
    assert sum(row.is_director_female for row in desk.all(YearReport)) == sum(
        row.is_female for row in desk.all(OrganizationPerson)
    )
    reasons = {row.not_rated_reason for row in desk.all(Rating) if row.rating_class == "not_rated"}
    assert reasons == {"under_12_months", "stopped_over_3_months", "unstated"}


def test_the_same_register_twice_changes_nothing(desk: Desk) -> None:
    desk.load(SAMPLE, is_demo=True)
    again = desk.load(SAMPLE, is_demo=True)
    assert again.run_id is None
    assert again.written.untouched == 439


def test_biểu_1_gives_the_published_values_as_estimates(any_desk: Desk) -> None:
    before = {row.key for row in any_desk.all(Observation)}
    assert any_desk.load(FORM, "report_form").run_id is not None
    rows = [row for row in any_desk.all(Observation) if row.key not in before]
    found = {(row.indicator, row.period_end.year): (row.value, row.value_kind) for row in rows}
    assert found == {
        ("htx_count", 2022): (388, "actual"),
        ("htx_count", 2023): (439, "estimate"),
        ("htx_active_count", 2022): (318, "actual"),
        ("htx_active_count", 2023): (353, "estimate"),
        ("htx_member_count", 2023): (18778, "estimate"),
        ("htx_worker_count", 2023): (6790, "estimate"),
        ("htx_revenue_avg_mn", 2022): (2805, "actual"),
        ("htx_revenue_avg_mn", 2023): (2900, "estimate"),
        ("htx_profit_avg_mn", 2022): (101, "actual"),
        ("htx_profit_avg_mn", 2023): (104, "estimate"),
        ("lhhtx_count", 2022): (2, "actual"),
        ("lhhtx_count", 2023): (2, "estimate"),
        ("tht_count", 2023): (502, "estimate"),
        ("tht_member_count", 2023): (4385, "estimate"),
    }
    assert {row.place for row in rows} == {PLACE}
    assert {row.publisher for row in rows} == {"UBND tỉnh Gia Lai"}
    money = next(row for row in rows if row.indicator == "htx_revenue_avg_mn")
    assert (money.period_kind, money.period_start.month, money.unit) == ("year", 1, "triệu đồng/HTX/năm")
