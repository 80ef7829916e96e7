"""Answers to what received files left open"""

import sqlalchemy as sa
from alembic import op


revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["place"], ["place.slug"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_import_answer_text_key", "import_answer", ["text_key"], unique=False)
    op.create_index("ix_import_answer_place", "import_answer", ["place"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_import_answer_place", table_name="import_answer")
    op.drop_index("ix_import_answer_text_key", table_name="import_answer")
    op.drop_table("import_answer")
