"""Meetings: agenda, conclusions, papers handed out, background jobs"""

from models.migrations.tables import (
    create_fact_table, create_table, days, documents, drop_tables, instants, texts, wholes, yes_no,
)


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "job", wholes("id"), texts("kind"), documents("arguments"), texts("status"), wholes("done_count total_count"),
        texts("message actor"), instants("started_at beat_at"),
    )
    create_table(
        "meeting", wholes("id"), texts("title"), texts("place", null=True), wholes("horizon"), days("held_on known_on"),
        instants("recorded_at"), wholes("data_version"), texts("snapshot_id actor"), yes_no("is_actor_verified"),
        to={"place": "place.slug"}, indexed="place",
    )
    create_table(
        "agenda_item", wholes("id meeting_id position"), texts("subject_kind subject"), to={"meeting_id": "meeting.id"},
        indexed="meeting_id",
    )
    create_fact_table(
        "conclusion", wholes("meeting_id"), texts("place subject_kind subject kind text"), texts("agency", null=True),
        days("due_on", null=True), texts("explanation", null=True), days("done_on", null=True),
        texts("done_document", null=True),
        to={"agency": "agency.code", "meeting_id": "meeting.id", "place": "place.slug"}, by_hand=True,
        indexed="agency meeting_id subject",
    )
    create_table(
        "paper", wholes("id"), wholes("meeting_id job_id", null=True), texts("place format name checksum"),
        wholes("size"), texts("snapshot_id"), days("known_on"), instants("made_at"),
        to={"job_id": "job.id", "meeting_id": "meeting.id", "place": "place.slug"},
        indexed="checksum job_id meeting_id",
    )


def downgrade() -> None:
    drop_tables("paper conclusion agenda_item meeting job")
