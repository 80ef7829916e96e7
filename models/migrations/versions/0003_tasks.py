"""Tasks: duties of the bodies, reports, triggers, products, explanations, petitions"""

import sqlalchemy as sa
from alembic import op

from models.migrations.tables import create_fact_table, days, drop_tables, numbers, texts, wholes


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_fact_table(
        "explanation_request", texts("place subject_kind subject agency question asked_by"), days("asked_on due_on"),
        texts("answer", null=True), days("answered_on", null=True), texts("answer_document verdict", null=True),
        days("judged_on", null=True), to={"agency": "agency.code", "place": "place.slug"}, by_hand=True,
        indexed="agency place subject",
    )
    create_fact_table(
        "petition", texts("place raised_by_kind raised_by"), days("raised_on"), texts("topic text"),
        texts("agency", null=True), days("assigned_on due_on", null=True), texts("answer", null=True),
        days("answered_on", null=True), texts("answer_document", null=True),
        to={"agency": "agency.code", "place": "place.slug"}, by_hand=True, indexed="agency place",
    )
    create_fact_table(
        "task_product", texts("task"), wholes("year"), texts("name"), numbers("value"), texts("unit source"),
        days("source_date", null=True), by_hand=True, indexed="task",
    )
    create_fact_table(
        "task_report", texts("task"), wholes("year", null=True), texts("outcome"), days("reported_on"),
        days("done_on", null=True), texts("document_number", null=True), days("document_date", null=True),
        texts("file_checksum", null=True), texts("progress"), to={"file_checksum": "source_file.checksum"},
        by_hand=True, indexed="task",
    )
    create_fact_table(
        "task_trigger", texts("task"), days("happened_on"), texts("document_number"),
        days("document_date due_on", null=True), by_hand=True, indexed="task",
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.add_column(sa.Column('origin', sa.String(), nullable=False, server_default='annex'))
        batch_op.add_column(sa.Column('due_month', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('due_day', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('indicators', sa.JSON(), nullable=False, server_default='[]'))
        batch_op.add_column(sa.Column('counts', sa.JSON(), nullable=False, server_default='[]'))


def downgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_column('counts')
        batch_op.drop_column('indicators')
        batch_op.drop_column('due_day')
        batch_op.drop_column('due_month')
        batch_op.drop_column('origin')
    drop_tables("task_trigger task_report task_product petition explanation_request")
