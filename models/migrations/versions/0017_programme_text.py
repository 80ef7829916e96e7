"""Texts of documents attached to programmes"""

from models.migrations.tables import create_table, drop_tables, instants, texts, wholes

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "programme_text",
        wholes("id"),
        texts("programme place checksum name text actor"),
        instants("attached_at"),
        instants("removed_at", null=True),
        texts("removed_by", null=True),
        to={"programme": "programme.slug", "place": "place.slug"},
        indexed="programme place",
    )


def downgrade() -> None:
    drop_tables("programme_text")
