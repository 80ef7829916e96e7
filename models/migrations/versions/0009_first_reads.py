"""What first reads need at national scale: values counted, last states and the report of a year found by index alone"""

import sqlalchemy as sa
from alembic import op


revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    in_force = sa.text("superseded_at IS NULL")
    op.create_index(
        "ix_observation_counts",
        "observation",
        ["indicator", "run_id", "known_on"],
        sqlite_where=in_force,
        postgresql_where=in_force,
    )
    op.drop_index("ix_observation_indicator", "observation")
    columns = ["organization_id", "field", "on", "id", "superseded_at", "state"]
    op.create_index("ix_organization_state_last", "organization_state", columns)
    op.drop_index("ix_organization_state_organization_id", "organization_state")
    op.create_index("ix_year_report_of", "year_report", ["organization_id", "year"])
    op.drop_index("ix_year_report_organization_id", "year_report")


def downgrade() -> None:
    op.create_index("ix_year_report_organization_id", "year_report", ["organization_id"])
    op.drop_index("ix_year_report_of", "year_report")
    op.create_index("ix_organization_state_organization_id", "organization_state", ["organization_id"])
    op.drop_index("ix_organization_state_last", "organization_state")
    op.create_index("ix_observation_indicator", "observation", ["indicator"])
    op.drop_index("ix_observation_counts", "observation")
