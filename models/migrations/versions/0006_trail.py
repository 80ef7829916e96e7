"""The trail, and changes that wait for a second person"""

import sqlalchemy as sa
from alembic import op

from models.migrations.tables import create_table, documents, instants, texts, wholes, yes_no


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
    create_table(
        "trail", wholes("id"), instants("at"), wholes("actor_id", null=True), texts("actor_name"),
        yes_no("is_verified"), texts("roles action subject"), texts("place", null=True), documents("details"),
        texts("address_mark request_id actor_norm search_norm previous"), indexed="at place",
    )
    create_table(
        "pending_change", wholes("id"), texts("kind"), texts("place", null=True), wholes("year", null=True),
        texts("title"), documents("payload"), wholes("proposed_by"), texts("proposed_by_name"), instants("proposed_at"),
        wholes("decided_by", null=True), texts("decided_by_name"), instants("decided_at", null=True),
        texts("verdict", null=True), texts("reason"), wholes("run_id", null=True),
        to={"place": "place.slug", "run_id": "run.id"},
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
