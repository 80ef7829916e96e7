"""Accounts, grants, sessions, tokens"""

import sqlalchemy as sa

from models.migrations.tables import create_table, days, drop_tables, instants, texts, wholes, yes_no


revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_table(
        "account", wholes("id"), texts("username display_name"), texts("password_hash", null=True),
        yes_no("must_change_password"), instants("password_changed_at", null=True), wholes("failed_count"),
        instants("locked_until", null=True), yes_no("is_active"), texts("totp_secret", null=True),
        instants("totp_confirmed_at", null=True), wholes("totp_last_step", null=True),
        texts("oidc_issuer oidc_subject", null=True), instants("created_at"),
        unique=[
            sa.UniqueConstraint("oidc_issuer", "oidc_subject", name="ux_account_oidc"),
            sa.UniqueConstraint("username"),
        ],
    )
    create_table("failed_sign_in", wholes("id"), texts("address"), instants("failed_at"), indexed="address failed_at")
    create_table(
        "access_token", wholes("id account_id"), texts("token_hash purpose label"), instants("created_at"),
        days("last_used_on", null=True), instants("revoked_at", null=True), to={"account_id": "account.id"},
        indexed="account_id", unique=[sa.UniqueConstraint("token_hash")],
    )
    create_table(
        "account_grant", wholes("id account_id"), texts("role"), texts("place agency", null=True),
        yes_no("sees_persons"), texts("origin granted_by"), instants("granted_at"), texts("revoked_by", null=True),
        instants("revoked_at", null=True),
        to={"account_id": "account.id", "agency": "agency.code", "place": "place.slug"}, indexed="account_id",
    )
    create_table(
        "account_session", wholes("id account_id"), texts("token_hash"), instants("created_at seen_at expires_at"),
        instants("revoked_at", null=True), yes_no("is_waiting has_second_step"), texts("method browser address"),
        to={"account_id": "account.id"}, indexed="account_id", unique=[sa.UniqueConstraint("token_hash")],
    )
    create_table(
        "recovery_code", wholes("id account_id"), texts("code_hash"), instants("made_at"),
        instants("used_at", null=True), to={"account_id": "account.id"}, indexed="account_id",
    )


def downgrade() -> None:
    drop_tables("recovery_code account_session account_grant access_token failed_sign_in account")
