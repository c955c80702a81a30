"""What the database itself does for the record: it refuses every change, and PostgreSQL chains events at the commit.

PostgreSQL chains when a transaction commits, and not when an event is written: the head of the chain is locked for the
moment of the commit alone, so that two actions never wait for each other (docs/adr/0012). SQLite has one writer at a
time and no such moment; there ``record`` chains. A migration that makes the table of events anew must put these back.
"""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

SAYS = "the audit record is append-only"

SQLITE = {
    "audit_no_update": f"""
        CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_auditevent WHEN old.sequence IS NOT NULL BEGIN
            SELECT RAISE(ABORT, '{SAYS}');
        END
    """,
    "audit_no_delete": f"""
        CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_auditevent BEGIN
            SELECT RAISE(ABORT, '{SAYS}');
        END
    """,
}

POSTGRESQL = {
    "audit_no_change": f"""
        CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF TG_OP = 'UPDATE' AND OLD.sequence IS NULL THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION '{SAYS}';
        END $$;
        CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit_auditevent
            FOR EACH ROW EXECUTE FUNCTION audit_refuse()
    """,
    "audit_no_truncate": """
        CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_auditevent
            FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()
    """,
    "audit_seal": """
        CREATE OR REPLACE FUNCTION audit_seal() RETURNS trigger LANGUAGE plpgsql AS $$
        DECLARE
            head audit_head%ROWTYPE;
            event record;
        BEGIN
            PERFORM 1 FROM audit_auditevent WHERE id = NEW.id AND sequence IS NULL;
            IF NOT FOUND THEN
                RETURN NULL;  -- chained with an earlier one of the same transaction
            END IF;
            INSERT INTO audit_head (id, count, hash) VALUES (1, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
            SELECT * INTO head FROM audit_head WHERE id = 1 FOR UPDATE;
            FOR event IN SELECT id, hash FROM audit_auditevent WHERE sequence IS NULL ORDER BY id LOOP
                head.count := head.count + 1;
                head.hash := encode(
                    sha256(convert_to(head.hash || ' ' || head.count || ' ' || event.hash, 'UTF8')), 'hex'
                );
                UPDATE audit_auditevent SET sequence = head.count, hash = head.hash WHERE id = event.id;
            END LOOP;
            UPDATE audit_head SET count = head.count, hash = head.hash WHERE id = 1;
            RETURN NULL;
        END $$;
        CREATE CONSTRAINT TRIGGER audit_seal AFTER INSERT ON audit_auditevent
            DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW WHEN (NEW.sequence IS NULL) EXECUTE FUNCTION audit_seal()
    """,
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers in place that are not there."""
    missing = set(_triggers(connection)) - standing(connection)
    with connection.cursor() as cursor:
        for name in sorted(missing):
            cursor.execute(_triggers(connection)[name])


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away, for whoever empties a database of tests or takes the migration back."""
    with connection.cursor() as cursor:
        for name in sorted(standing(connection)):
            where = " ON audit_auditevent" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{where}")


def standing(connection: BaseDatabaseWrapper) -> set[str]:
    """Return the names of those that are in place."""
    asks = (
        "SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D' AND tgrelid = to_regclass('audit_auditevent')"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(asks)
        return {name for (name,) in cursor.fetchall()} & set(_triggers(connection))


def whole(connection: BaseDatabaseWrapper) -> bool:
    """Say whether all of them are in place."""
    return standing(connection) == set(_triggers(connection))


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    return POSTGRESQL if connection.vendor == "postgresql" else SQLITE
