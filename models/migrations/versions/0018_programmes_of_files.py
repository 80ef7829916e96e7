"""Programmes, indicators and agencies that a received file brought: which load, and since when it is taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

TABLES = ("programme", "indicator", "agency")


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("run_id", sa.Integer(), nullable=True))
    op.add_column("programme", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("programme") as batch:
        batch.drop_column("withdrawn_at")
    for table in TABLES:
        with op.batch_alter_table(table) as batch:
            batch.drop_column("run_id")
