"""Values of received lists that could not be read yet, as they were written"""

from models.migrations.tables import create_fact_table, days, drop_tables, texts, wholes

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    held = [*wholes("organization_id year"), *days("on"), *texts("field of text why heading unit marks source")]
    create_fact_table("unread_value", held, to={"organization_id": "organization.id"}, indexed="organization_id")


def downgrade() -> None:
    drop_tables("unread_value")
