"""First tables: places, agencies, indicators, programmes, promises, tasks, observations"""

import sqlalchemy as sa
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('agency',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('remark', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('code')
    )
    op.create_table('place',
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('level', sa.String(), nullable=False),
    sa.Column('code', sa.String(), nullable=True),
    sa.Column('place_type', sa.String(), nullable=True),
    sa.Column('valid_from', sa.Date(), nullable=True),
    sa.Column('valid_to', sa.Date(), nullable=True),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.PrimaryKeyConstraint('slug')
    )
    op.create_table('run',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('checksum', sa.String(), nullable=False),
    sa.Column('actor', sa.String(), nullable=False),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('status', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=True),
    sa.Column('year', sa.Integer(), nullable=True),
    sa.Column('is_demo', sa.Boolean(), nullable=False),
    sa.Column('undoes', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['undoes'], ['run.id'], ),
    sa.Column('summary', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id')
    )
    op.create_table('threshold_set',
    sa.Column('version', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('content', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('version')
    )
    op.create_table('agency_succession',
    sa.Column('predecessor', sa.String(), nullable=False),
    sa.Column('successor', sa.String(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('scope', sa.String(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['predecessor'], ['agency.code'], ),
    sa.ForeignKeyConstraint(['successor'], ['agency.code'], ),
    sa.PrimaryKeyConstraint('predecessor', 'successor')
    )
    op.create_table('indicator',
    sa.Column('code', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('short_name', sa.String(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('direction', sa.String(), nullable=False),
    sa.Column('aggregation', sa.String(), nullable=False),
    sa.Column('decimals', sa.Integer(), nullable=False),
    sa.Column('group', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('formula', sa.String(), nullable=True),
    sa.Column('numerator', sa.String(), nullable=True),
    sa.Column('denominator', sa.String(), nullable=True),
    sa.Column('rhythm', sa.String(), nullable=True),
    sa.Column('owner', sa.String(), nullable=True),
    sa.Column('legal_source', sa.String(), nullable=True),
    sa.Column('definitions', sa.JSON(), nullable=False),
    sa.Column('related', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['owner'], ['agency.code'], ),
    sa.PrimaryKeyConstraint('code')
    )
    op.create_table('place_succession',
    sa.Column('predecessor', sa.String(), nullable=False),
    sa.Column('successor', sa.String(), nullable=False),
    sa.Column('effective_on', sa.Date(), nullable=False),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['predecessor'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['successor'], ['place.slug'], ),
    sa.PrimaryKeyConstraint('predecessor', 'successor')
    )
    op.create_table('place_title',
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('name', sa.String(), nullable=False),
    sa.Column('place_type', sa.String(), nullable=True),
    sa.Column('legal_basis', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.PrimaryKeyConstraint('place', 'valid_from')
    )
    op.create_table('programme',
    sa.Column('slug', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=True),
    sa.Column('issued_on', sa.Date(), nullable=False),
    sa.Column('issued_precision', sa.String(), nullable=False),
    sa.Column('issued_text', sa.String(), nullable=False),
    sa.Column('issuer', sa.String(), nullable=True),
    sa.Column('issuer_text', sa.String(), nullable=False),
    sa.Column('signed_note', sa.String(), nullable=True),
    sa.Column('implements', sa.JSON(), nullable=False),
    sa.Column('replaces', sa.JSON(), nullable=False),
    sa.Column('reporting', sa.JSON(), nullable=True),
    sa.Column('checked', sa.Boolean(), nullable=False),
    sa.Column('remark', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['issuer'], ['agency.code'], ),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.PrimaryKeyConstraint('slug')
    )
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_programme_place'), ['place'], unique=False)

    op.create_table('reference_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('table_name', sa.String(), nullable=False),
    sa.Column('row_key', sa.String(), nullable=False),
    sa.Column('before', sa.JSON(), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('reference_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reference_change_row_key'), ['row_key'], unique=False)
        batch_op.create_index(batch_op.f('ix_reference_change_table_name'), ['table_name'], unique=False)

    op.create_table('observation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('period_start', sa.Date(), nullable=False),
    sa.Column('period_end', sa.Date(), nullable=False),
    sa.Column('period_kind', sa.String(), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('value_kind', sa.String(), nullable=False),
    sa.Column('qualifier', sa.String(), nullable=False),
    sa.Column('publisher', sa.String(), nullable=False),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('known_on', sa.Date(), nullable=False),
    sa.Column('known_on_is_load_date', sa.Boolean(), nullable=False),
    sa.Column('source_title', sa.String(), nullable=False),
    sa.Column('source_url', sa.String(), nullable=False),
    sa.Column('note', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.code'], ),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_observation_indicator'), ['indicator'], unique=False)
        batch_op.create_index(batch_op.f('ix_observation_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_observation_place'), ['place'], unique=False)
        batch_op.create_index(batch_op.f('ix_observation_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_observation_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_observation_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('qualitative_promise',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('horizon', sa.Integer(), nullable=True),
    sa.Column('clause', sa.String(), nullable=False),
    sa.Column('text', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['programme'], ['programme.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('qualitative_promise', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_qualitative_promise_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_qualitative_promise_programme'), ['programme'], unique=False)
        batch_op.create_index(batch_op.f('ix_qualitative_promise_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_qualitative_promise_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_qualitative_promise_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('series_break',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.code'], ),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('series_break', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_break_indicator'), ['indicator'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_break_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_break_place'), ['place'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_break_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_break_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_series_break_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('series_judgement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('definitions', sa.String(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('reason', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.code'], ),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('series_judgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_series_judgement_indicator'), ['indicator'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_judgement_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_judgement_place'), ['place'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_judgement_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_series_judgement_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_series_judgement_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('target',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('indicator', sa.String(), nullable=False),
    sa.Column('definition', sa.String(), nullable=False),
    sa.Column('horizon', sa.Integer(), nullable=False),
    sa.Column('comparator', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('low', sa.Float(), nullable=True),
    sa.Column('high', sa.Float(), nullable=True),
    sa.Column('unit', sa.String(), nullable=False),
    sa.Column('clause', sa.String(), nullable=False),
    sa.Column('wording', sa.String(), nullable=False),
    sa.Column('nested_in', sa.String(), nullable=True),
    sa.Column('note', sa.String(), nullable=True),
    sa.Column('amended_on', sa.Date(), nullable=True),
    sa.Column('amended_by', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['amended_by'], ['programme.slug'], ),
    sa.ForeignKeyConstraint(['indicator'], ['indicator.code'], ),
    sa.ForeignKeyConstraint(['nested_in'], ['indicator.code'], ),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['programme'], ['programme.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_target_indicator'), ['indicator'], unique=False)
        batch_op.create_index(batch_op.f('ix_target_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_target_place'), ['place'], unique=False)
        batch_op.create_index(batch_op.f('ix_target_programme'), ['programme'], unique=False)
        batch_op.create_index(batch_op.f('ix_target_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_target_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_target_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))

    op.create_table('task',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('key', sa.String(), nullable=False),
    sa.Column('fingerprint', sa.String(), nullable=False),
    sa.Column('recorded_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('superseded_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('superseded_by', sa.Integer(), nullable=True),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('programme', sa.String(), nullable=False),
    sa.Column('place', sa.String(), nullable=False),
    sa.Column('section', sa.String(), nullable=False),
    sa.Column('section_title', sa.String(), nullable=False),
    sa.Column('number', sa.String(), nullable=False),
    sa.Column('parent', sa.String(), nullable=True),
    sa.Column('title', sa.String(), nullable=False),
    sa.Column('leads', sa.JSON(), nullable=False),
    sa.Column('leads_text', sa.String(), nullable=False),
    sa.Column('coordinators', sa.JSON(), nullable=False),
    sa.Column('coordinators_text', sa.String(), nullable=False),
    sa.Column('product', sa.String(), nullable=True),
    sa.Column('deadline_text', sa.String(), nullable=False),
    sa.Column('deadline_kind', sa.String(), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('condition', sa.String(), nullable=True),
    sa.Column('is_heading', sa.Boolean(), nullable=False),
    sa.Column('is_done_in_document', sa.Boolean(), nullable=False),
    sa.Column('note', sa.String(), nullable=True),
    sa.ForeignKeyConstraint(['place'], ['place.slug'], ),
    sa.ForeignKeyConstraint(['programme'], ['programme.slug'], ),
    sa.ForeignKeyConstraint(['run_id'], ['run.id'], ),
    sa.ForeignKeyConstraint(['superseded_by'], ['run.id'], ),
    sa.PrimaryKeyConstraint('id')
    )
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_task_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_place'), ['place'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_programme'), ['programme'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_run_id'), ['run_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_task_superseded_by'), ['superseded_by'], unique=False)
        batch_op.create_index('ux_task_current', ['key'], unique=True, sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))



def downgrade() -> None:
    with op.batch_alter_table('task', schema=None) as batch_op:
        batch_op.drop_index('ux_task_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_task_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_task_run_id'))
        batch_op.drop_index(batch_op.f('ix_task_programme'))
        batch_op.drop_index(batch_op.f('ix_task_place'))
        batch_op.drop_index(batch_op.f('ix_task_key'))

    op.drop_table('task')
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.drop_index('ux_target_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_target_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_target_run_id'))
        batch_op.drop_index(batch_op.f('ix_target_programme'))
        batch_op.drop_index(batch_op.f('ix_target_place'))
        batch_op.drop_index(batch_op.f('ix_target_key'))
        batch_op.drop_index(batch_op.f('ix_target_indicator'))

    op.drop_table('target')
    with op.batch_alter_table('series_judgement', schema=None) as batch_op:
        batch_op.drop_index('ux_series_judgement_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_series_judgement_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_series_judgement_run_id'))
        batch_op.drop_index(batch_op.f('ix_series_judgement_place'))
        batch_op.drop_index(batch_op.f('ix_series_judgement_key'))
        batch_op.drop_index(batch_op.f('ix_series_judgement_indicator'))

    op.drop_table('series_judgement')
    with op.batch_alter_table('series_break', schema=None) as batch_op:
        batch_op.drop_index('ux_series_break_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_series_break_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_series_break_run_id'))
        batch_op.drop_index(batch_op.f('ix_series_break_place'))
        batch_op.drop_index(batch_op.f('ix_series_break_key'))
        batch_op.drop_index(batch_op.f('ix_series_break_indicator'))

    op.drop_table('series_break')
    with op.batch_alter_table('qualitative_promise', schema=None) as batch_op:
        batch_op.drop_index('ux_qualitative_promise_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_qualitative_promise_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_qualitative_promise_run_id'))
        batch_op.drop_index(batch_op.f('ix_qualitative_promise_programme'))
        batch_op.drop_index(batch_op.f('ix_qualitative_promise_key'))

    op.drop_table('qualitative_promise')
    with op.batch_alter_table('observation', schema=None) as batch_op:
        batch_op.drop_index('ux_observation_current', sqlite_where=sa.text('superseded_at IS NULL'), postgresql_where=sa.text('superseded_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_observation_superseded_by'))
        batch_op.drop_index(batch_op.f('ix_observation_run_id'))
        batch_op.drop_index(batch_op.f('ix_observation_place'))
        batch_op.drop_index(batch_op.f('ix_observation_key'))
        batch_op.drop_index(batch_op.f('ix_observation_indicator'))

    op.drop_table('observation')
    with op.batch_alter_table('reference_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reference_change_table_name'))
        batch_op.drop_index(batch_op.f('ix_reference_change_row_key'))

    op.drop_table('reference_change')
    with op.batch_alter_table('programme', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_programme_place'))

    op.drop_table('programme')
    op.drop_table('place_title')
    op.drop_table('place_succession')
    op.drop_table('indicator')
    op.drop_table('agency_succession')
    op.drop_table('threshold_set')
    op.drop_table('run')
    op.drop_table('place')
    op.drop_table('agency')
