"""Which organisations a run named, and since when their commune's code means what it means"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None

COUNTED_BY = [
    'place', 'kind', 'sector', 'operating_state', 'legal_status', 'rating_class', 'is_demo', 'is_withdrawn',
]


def upgrade() -> None:
    op.create_table('run_organization',
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('organization_id', sa.Integer(), nullable=False),
    sa.Column('stated_state', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['organization_id'], ['organization.id'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.PrimaryKeyConstraint('run_id', 'organization_id'),
    sqlite_with_rowid=False
    )
    op.add_column('organization_detail', sa.Column('commune_since', sa.Date(), nullable=True))
    op.create_index('ix_organization_counts', 'organization', COUNTED_BY)


def downgrade() -> None:
    op.drop_index('ix_organization_counts', table_name='organization')
    with op.batch_alter_table('organization_detail') as batch_op:
        batch_op.drop_column('commune_since')
    op.drop_table('run_organization')
