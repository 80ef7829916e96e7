"""What the web's PostgreSQL role may do: as much as its pages need, and never change the trail.

Applied by `python -m etl init` when MIGRATION_DATABASE_URL names another role than DATABASE_URL. Why:
docs/decisions/0016-the-trail-is-append-only.md.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, make_url, text

from etl.parsing.issues import LoadError
from models.config.settings import Settings

READ, ADD, CHANGE, REMOVE = "SELECT", "SELECT, INSERT", "SELECT, INSERT, UPDATE", "SELECT, INSERT, UPDATE, DELETE"
RIGHTS = {
    "trail": ADD,
    "alembic_version": READ,  # everything that only the reviewed data fills
    "agency": READ,
    "agency_succession": READ,
    "indicator": READ,
    "place": READ,
    "place_succession": READ,
    "place_title": READ,
    "programme": READ,
    "threshold_set": READ,
    "source_file": REMOVE,  # a file that nobody loaded goes
    "commune": REMOVE,  # undoing a load takes these back
    "commune_succession": REMOVE,
    "spelling_decision": REMOVE,
    "account_session": REMOVE,  # signing in clears what is long over
    "failed_sign_in": REMOVE,
    "sent_form": REMOVE,
}


def web_role(settings: Settings) -> str:
    """The role that needs rights granted; empty when the web connects as the owner.

    Raises LoadError when the two addresses are not of one PostgreSQL database.
    """
    if not settings.migration_database_url:
        return ""
    owner, web = make_url(settings.migration_database_url), make_url(settings.database_url)
    if {owner.get_backend_name(), web.get_backend_name()} != {"postgresql"} or owner.database != web.database:
        raise LoadError("MIGRATION_DATABASE_URL phải trỏ đến chính cơ sở dữ liệu PostgreSQL của DATABASE_URL")
    return "" if owner.username == web.username else web.username or ""


def grant_web_role(engine: Engine, role: str) -> None:
    """Give the role exactly its rights on every table there is; `engine` connects as the owner of the tables."""
    with engine.begin() as connection:
        if not connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role}):
            raise LoadError(f'Máy chủ PostgreSQL chưa có vai trò "{role}" của DATABASE_URL. Tạo vai trò rồi chạy lại')
        for statement in _statements(connection, role):
            connection.exec_driver_sql(statement)


def _statements(connection: Connection, role: str) -> list[str]:
    quote = connection.dialect.identifier_preparer.quote
    name = quote(role)
    grants = [
        f"GRANT {RIGHTS.get(table, CHANGE)} ON {quote(table)} TO {name}"
        for table in inspect(connection).get_table_names()
    ]
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {name}",
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        *grants,
    ]
