"""Forms that made a new record, so that one sent twice makes one"""

import sqlalchemy as sa
from alembic import op


revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sent_form",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_sent_form_sent_at", "sent_form", ["sent_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_sent_form_sent_at", table_name="sent_form")
    op.drop_table("sent_form")
