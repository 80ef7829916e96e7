"""Members of collective names, and which office and which document of several a report is about"""

import sqlalchemy as sa
from alembic import op

from models.migrations.tables import create_fact_table, days, drop_tables, texts

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("lead_share", sa.Integer(), nullable=True))
    for name in ("office", "product"):
        op.add_column("task_report", sa.Column(name, sa.String(), nullable=True))
    create_fact_table(
        "group_member",
        texts("place group_code code name legal_basis"),
        days("valid_from valid_to", null=True),
        to={"place": "place.slug", "group_code": "agency.code"},
        indexed="place",
    )


def downgrade() -> None:
    drop_tables("group_member")
    for table, names in (("task_report", ("office", "product")), ("task", ("lead_share",))):
        for name in names:
            op.drop_column(table, name)
