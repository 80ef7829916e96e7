"""The register: organisations, reports, ratings, communes, official values"""

import sqlalchemy as sa

from models.migrations.tables import (
    create_fact_table, create_table, days, drop_tables, instants, numbers, texts, wholes, yes_no,
)


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "remark", wholes("id"), texts("address subject text reporter"), yes_no("is_reporter_verified"),
        instants("made_at"), texts("answer answered_by", null=True), instants("answered_at", null=True),
    )
    create_table("source_file", texts("checksum name"), wholes("size"), instants("received_at"), key="checksum")
    create_table(
        "commune", texts("code"), days("valid_from"), days("valid_to", null=True), texts("name name_norm"),
        texts("district_name", null=True), texts("place"), wholes("run_id"), key="code valid_from",
        to={"place": "place.slug", "run_id": "run.id"}, indexed="name_norm place",
    )
    create_table(
        "commune_succession", texts("old_code new_code"), yes_no("is_whole"), texts("remark"), wholes("run_id"),
        key="old_code new_code", to={"run_id": "run.id"},
    )
    create_fact_table(
        "official_value", texts("place indicator"), days("period_end"), texts("observation_key", null=True),
        numbers("value"), texts("definition reason actor"), yes_no("is_actor_verified"), days("decided_on"),
        to={"indicator": "indicator.code", "place": "place.slug"}, indexed="indicator place",
    )
    create_table(
        "organization", wholes("id"), yes_no("is_demo"), texts("tax_code", null=True),
        yes_no("tax_code_is_valid", null=True), texts("legacy_number", null=True), texts("kind name name_norm"),
        texts("sector", null=True), texts("place"), texts("commune_code commune_name", null=True),
        days("founded_on", null=True), texts("legal_status", null=True), days("legal_status_on", null=True),
        texts("operating_state", null=True), days("operating_state_on", null=True),
        yes_no("is_law_compliant", null=True), texts("union_name rating_class", null=True),
        wholes("rating_year member_count report_year", null=True), yes_no("is_withdrawn"), wholes("run_id"),
        to={"place": "place.slug", "run_id": "run.id"},
        indexed="commune_code is_demo is_withdrawn kind legacy_number legal_status name_norm operating_state "
                "place rating_class run_id sector",
        unique=[sa.UniqueConstraint("tax_code")],
    )
    create_fact_table("pair_decision", yes_no("is_same"), texts("reason actor"))
    create_table(
        "spelling_decision", texts("kind place spelling code"), wholes("run_id"), key="kind place spelling",
        to={"place": "place.slug", "run_id": "run.id"},
    )
    create_fact_table(
        "organization_detail", wholes("organization_id"), texts("tax_code legacy_number", null=True),
        texts("kind name"), texts("sector vsic_version vsic_code", null=True), texts("place"),
        texts("commune_code commune_name district_name", null=True), days("founded_on", null=True),
        yes_no("is_law_compliant", null=True), texts("union_name", null=True), texts("source"), days("known_on"),
        to={"organization_id": "organization.id", "place": "place.slug"}, indexed="organization_id",
    )
    create_fact_table(
        "organization_person", wholes("organization_id"), texts("role"), wholes("year"), texts("name", null=True),
        yes_no("is_female", null=True), wholes("birth_year", null=True), texts("education", null=True),
        to={"organization_id": "organization.id"}, indexed="organization_id",
    )
    create_fact_table(
        "organization_state", wholes("organization_id"), texts("field state"), days("on"), texts("source"),
        to={"organization_id": "organization.id"}, indexed="organization_id",
    )
    create_fact_table(
        "rating", wholes("organization_id"), texts("scheme"), wholes("year"), texts("rating_class"),
        numbers("points", null=True), texts("not_rated_reason", null=True), yes_no("is_contradicting"), texts("source"),
        to={"organization_id": "organization.id"}, indexed="organization_id year",
    )
    create_fact_table(
        "worklist_step", wholes("organization_id"), texts("responsible next_step"), days("due_on", null=True),
        texts("note actor"), to={"organization_id": "organization.id"}, indexed="organization_id",
    )
    create_fact_table(
        "year_report", wholes("organization_id year"),
        wholes("official_member_count capital_associate_count noncapital_associate_count member_count", null=True),
        wholes("female_member_count new_member_count worker_count member_worker_count manager_count", null=True),
        wholes("manager_trained_count manager_degree_count", null=True), yes_no("is_director_female", null=True),
        numbers("charter_capital_mn working_capital_mn revenue_mn member_revenue_mn profit_mn", null=True),
        numbers("worker_income_mn", null=True), yes_no("has_high_tech has_linkage_contract", null=True),
        wholes("linkage_form", null=True), texts("linkage_partner_kind", null=True),
        days("linkage_valid_from linkage_valid_to", null=True),
        yes_no("has_digital has_traceability has_ocop", null=True), wholes("ocop_product_count", null=True),
        texts("value_kind source"), to={"organization_id": "organization.id"}, indexed="organization_id year",
    )


def downgrade() -> None:
    drop_tables(
        "year_report worklist_step rating organization_state organization_person organization_detail spelling_decision "
        "pair_decision organization official_value commune_succession commune source_file remark"
    )
