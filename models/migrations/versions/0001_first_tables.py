"""First tables: places, agencies, indicators, programmes, promises, tasks, observations"""

from models.migrations.tables import (
    create_fact_table, create_table, days, documents, drop_tables, instants, numbers, texts, wholes, yes_no,
)


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "agency", texts("code name short_name level kind"), days("valid_from valid_to", null=True), texts("remark"),
        key="code",
    )
    create_table(
        "place", texts("slug name level"), texts("code place_type", null=True), days("valid_from valid_to", null=True),
        texts("legal_basis"), key="slug",
    )
    create_table(
        "run", wholes("id"), texts("kind source checksum actor"), instants("started_at"),
        instants("finished_at", null=True), texts("status"), texts("place", null=True), wholes("year", null=True),
        yes_no("is_demo"), wholes("undoes", null=True), documents("summary"),
        to={"place": "place.slug", "undoes": "run.id"},
    )
    create_table("threshold_set", texts("version"), days("valid_from"), documents("content"), key="version")
    create_table(
        "agency_succession", texts("predecessor successor"), days("effective_on"), texts("scope legal_basis"),
        key="predecessor successor", to={"predecessor": "agency.code", "successor": "agency.code"},
    )
    create_table(
        "indicator", texts("code"), wholes("position"), texts("name short_name unit kind direction aggregation"),
        wholes("decimals"), texts("group definition"),
        texts("formula numerator denominator rhythm owner legal_source", null=True), documents("definitions related"),
        key="code", to={"owner": "agency.code"},
    )
    create_table(
        "place_succession", texts("predecessor successor"), days("effective_on"), texts("legal_basis"),
        key="predecessor successor", to={"predecessor": "place.slug", "successor": "place.slug"},
    )
    create_table(
        "place_title", texts("place"), days("valid_from"), texts("name"), texts("place_type", null=True),
        texts("legal_basis"), key="place valid_from", to={"place": "place.slug"},
    )
    create_table(
        "programme", texts("slug place title"), texts("number", null=True), days("issued_on"),
        texts("issued_precision issued_text"), texts("issuer", null=True), texts("issuer_text"),
        texts("signed_note", null=True), documents("implements replaces"), documents("reporting", null=True),
        yes_no("checked"), texts("remark", null=True), key="slug", to={"issuer": "agency.code", "place": "place.slug"},
        indexed="place",
    )
    create_table(
        "reference_change", wholes("id"), texts("table_name row_key"), documents("before"), instants("changed_at"),
        wholes("run_id"), to={"run_id": "run.id"}, indexed="row_key table_name",
    )
    create_fact_table(
        "observation", texts("place indicator definition"), days("period_start period_end"), texts("period_kind"),
        numbers("value"), texts("unit value_kind qualifier publisher"), days("published_on", null=True),
        days("known_on"), yes_no("known_on_is_load_date"), texts("source_title source_url note"),
        to={"indicator": "indicator.code", "place": "place.slug"}, indexed="indicator place",
    )
    create_fact_table(
        "qualitative_promise", wholes("position"), texts("programme"), wholes("horizon", null=True),
        texts("clause text"), to={"programme": "programme.slug"}, indexed="programme",
    )
    create_fact_table(
        "series_break", texts("place indicator"), days("on"), texts("reason"),
        to={"indicator": "indicator.code", "place": "place.slug"}, indexed="indicator place",
    )
    create_fact_table(
        "series_judgement", texts("place indicator definitions"), days("decided_on"), texts("reason"),
        to={"indicator": "indicator.code", "place": "place.slug"}, indexed="indicator place",
    )
    create_fact_table(
        "target", wholes("position"), texts("programme place indicator definition"), wholes("horizon"),
        texts("comparator kind"), numbers("low high", null=True), texts("unit clause wording"),
        texts("nested_in note", null=True), days("amended_on", null=True), texts("amended_by", null=True),
        to={"amended_by": "programme.slug", "indicator": "indicator.code", "nested_in": "indicator.code",
            "place": "place.slug", "programme": "programme.slug"},
        indexed="indicator place programme",
    )
    create_fact_table(
        "task", wholes("position"), texts("programme place section section_title number"), texts("parent", null=True),
        texts("title"), documents("leads"), texts("leads_text"), documents("coordinators"), texts("coordinators_text"),
        texts("product", null=True), texts("deadline_text deadline_kind"), days("starts_on due_on", null=True),
        texts("condition", null=True), yes_no("is_heading is_done_in_document"), texts("note", null=True),
        to={"place": "place.slug", "programme": "programme.slug"}, indexed="place programme",
    )


def downgrade() -> None:
    drop_tables(
        "task target series_judgement series_break qualitative_promise observation reference_change programme "
        "place_title place_succession indicator agency_succession threshold_set run place agency"
    )
