"""What reads need at national scale: values by place and indicator, runs by status"""

from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index('ix_observation_series', 'observation', ['place', 'indicator'])
    op.drop_index('ix_observation_place', 'observation')
    op.create_index('ix_run_status', 'run', ['status'])


def downgrade() -> None:
    op.drop_index('ix_run_status', 'run')
    op.create_index('ix_observation_place', 'observation', ['place'])
    op.drop_index('ix_observation_series', 'observation')
