"""The trail, and changes that wait for a second person"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

REFUSAL = 'Nhật ký chỉ được ghi thêm'

# INSERT OR REPLACE deletes without asking the delete trigger, so SQLite also refuses a number that is taken
SQLITE_TRIGGERS = {
    'trail_no_update': f"CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    'trail_no_delete': f"CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    'trail_no_replace': (
        'CREATE TRIGGER trail_no_replace BEFORE INSERT ON trail '
        'WHEN EXISTS (SELECT 1 FROM trail WHERE id = NEW.id) '
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    ),
}
POSTGRES_TRIGGERS = (
    'CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS '
    f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
    'CREATE TRIGGER trail_no_change BEFORE UPDATE OR DELETE ON trail '
    'FOR EACH ROW EXECUTE FUNCTION trail_is_append_only()',
    'CREATE TRIGGER trail_no_truncate BEFORE TRUNCATE ON trail '
    'FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()',
)


def upgrade() -> None:
    op.add_column('remark', sa.Column('is_answerer_verified', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('trail',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sa.String(), nullable=False),
    sa.Column('is_verified', sa.Boolean(), nullable=False),
    sa.Column('roles', sa.String(), nullable=False),
    sa.Column('action', sa.String(), nullable=False),
    sa.Column('subject', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('details', sa.JSON(), nullable=False),
    sa.Column('address_mark', sa.String(), nullable=False),
    sa.Column('request_id', sa.String(), nullable=False),
    sa.Column('actor_norm', sa.String(), nullable=False),
    sa.Column('search_norm', sa.String(), nullable=False),
    sa.Column('previous', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('trail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trail_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_trail_place'), ['place'], unique=False)

    op.create_table('pending_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('payload', sa.JSON(), nullable=False),
    sa.Column('proposed_by', sa.Integer(), nullable=False),
    sa.Column('proposed_by_name', sa.String(), nullable=False),
    sa.Column('proposed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_by', sa.Integer(), nullable=True),
    sa.Column('decided_by_name', sa.String(), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('verdict', sa.String(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    on_postgres = op.get_bind().dialect.name == 'postgresql'
    for statement in POSTGRES_TRIGGERS if on_postgres else SQLITE_TRIGGERS.values():
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table('remark') as batch_op:
        batch_op.drop_column('is_answerer_verified')
    op.drop_table('pending_change')
    on_postgres = op.get_bind().dialect.name == 'postgresql'
    if not on_postgres:
        for name in SQLITE_TRIGGERS:
            op.execute(f'DROP TRIGGER {name}')
    op.drop_table('trail')
    if on_postgres:
        op.execute('DROP FUNCTION trail_is_append_only()')
