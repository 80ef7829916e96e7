"""Programmes: whether every task of the annex and every duty of the body has been entered"""

import sqlalchemy as sa
from alembic import op


revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("is_annex_entered", "is_body_entered"):
        op.add_column("programme", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("programme") as batch_op:
        batch_op.drop_column("is_body_entered")
        batch_op.drop_column("is_annex_entered")
