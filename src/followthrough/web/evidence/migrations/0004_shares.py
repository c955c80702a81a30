"""The database itself refuses shares of one activity that exceed 100 per cent together.

A later migration that remakes the table on SQLite drops these triggers: make them again there. tests/web/test_evidence.py
asks the database.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_REFUSE = """
    WHEN NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL
    BEGIN
        SELECT RAISE(ABORT, 'the shares of one activity exceed 100 per cent')
        WHERE CAST(NEW.share AS REAL) + (
            SELECT COALESCE(SUM(CAST(share AS REAL)), 0) FROM evidence_link
            WHERE activity_id = NEW.activity_id AND id <> NEW.id
        ) > 100.000001;
    END
"""

SQLITE = [
    "CREATE TRIGGER link_shares_insert BEFORE INSERT ON evidence_link" + _REFUSE,
    "CREATE TRIGGER link_shares_update BEFORE UPDATE OF share, activity_id ON evidence_link" + _REFUSE,
]

POSTGRESQL = [
    """
    CREATE FUNCTION link_shares() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL THEN
            PERFORM 1 FROM activities_activity WHERE id = NEW.activity_id FOR UPDATE;
            IF (SELECT SUM(share::numeric) FROM evidence_link WHERE activity_id = NEW.activity_id) > 100 THEN
                RAISE EXCEPTION 'the shares of one activity exceed 100 per cent'
                USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        RETURN NULL;
    END $$
    """,
    """
    CREATE CONSTRAINT TRIGGER link_shares AFTER INSERT OR UPDATE OF share, activity_id ON evidence_link
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION link_shares()
    """,
]


def make(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is there."""
    statements = SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL
    for statement in statements:
        schema_editor.execute(statement)


def drop(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    if schema_editor.connection.vendor == "sqlite":
        for name in ("insert", "update"):
            schema_editor.execute(f"DROP TRIGGER link_shares_{name}")
    else:
        schema_editor.execute("DROP TRIGGER link_shares ON evidence_link")
        schema_editor.execute("DROP FUNCTION link_shares()")


class Migration(migrations.Migration):
    """Triggers on the shares of links."""

    dependencies = [("evidence", "0003_evidence"), ("activities", "0001_evidence")]

    operations = [migrations.RunPython(make, drop, elidable=False)]
