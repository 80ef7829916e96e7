"""Names of organisations in the order of the Vietnamese alphabet"""

import sqlalchemy as sa
from alembic import op

from models.base.vietnamese_order import vietnamese_key

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

CHUNK = 5000


def upgrade() -> None:
    op.add_column("organization", sa.Column("name_sort", sa.String(), nullable=False, server_default=""))
    table = sa.table("organization", sa.column("id"), sa.column("name"), sa.column("name_sort"))
    link = op.get_bind()
    change = sa.update(table).where(table.c.id == sa.bindparam("row")).values(name_sort=sa.bindparam("key"))
    rows = [{"row": row, "key": vietnamese_key(name)} for row, name in link.execute(sa.select(table.c.id, table.c.name))]
    for start in range(0, len(rows), CHUNK):
        link.execute(change, rows[start : start + CHUNK])
    op.create_index("ix_organization_name_sort", "organization", ["name_sort"])


def downgrade() -> None:
    op.drop_index("ix_organization_name_sort", "organization")
    with op.batch_alter_table("organization") as batch:
        batch.drop_column("name_sort")
