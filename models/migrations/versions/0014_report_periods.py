"""Reports about a part of a year: a month, a quarter, half a year"""

import sqlalchemy as sa
from alembic import op


revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task_report", sa.Column("period", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("task_report", "period")
