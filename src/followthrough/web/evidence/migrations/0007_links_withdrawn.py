"""Links are withdrawn with a reason; what is withdrawn counts neither as a tie nor as a share of money.

A later migration that remakes the table on SQLite drops the triggers: make them again there. tests/web/test_evidence.py
asks the database.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

PAIRS = [
    (place, thing)
    for place in ("commitment", "provision")
    for thing in ("claim", "activity", "target", "series", "meeting", "instrument")
]
BRIEF = ("claim", "activity")

_REFUSE = """
    WHEN NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL AND NEW.withdrawn = ''
    BEGIN
        SELECT RAISE(ABORT, 'the shares of one activity exceed 100 per cent')
        WHERE CAST(NEW.share AS REAL) + (
            SELECT COALESCE(SUM(CAST(share AS REAL)), 0) FROM evidence_link
            WHERE activity_id = NEW.activity_id AND id <> NEW.id AND withdrawn = ''
        ) > 100.000001;
    END
"""

SQLITE = [
    "CREATE TRIGGER link_shares_insert BEFORE INSERT ON evidence_link" + _REFUSE,
    "CREATE TRIGGER link_shares_update BEFORE UPDATE OF share, activity_id, withdrawn ON evidence_link" + _REFUSE,
]

POSTGRESQL = [
    """
    CREATE OR REPLACE FUNCTION link_shares() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF NEW.activity_id IS NOT NULL AND NEW.share IS NOT NULL AND NEW.withdrawn = '' THEN
            PERFORM 1 FROM activities_activity WHERE id = NEW.activity_id FOR UPDATE;
            IF (SELECT SUM(share::numeric) FROM evidence_link
                WHERE activity_id = NEW.activity_id AND withdrawn = '') > 100 THEN
                RAISE EXCEPTION 'the shares of one activity exceed 100 per cent'
                USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        RETURN NULL;
    END $$
    """,
    "DROP TRIGGER IF EXISTS link_shares ON evidence_link",
    """
    CREATE CONSTRAINT TRIGGER link_shares AFTER INSERT OR UPDATE OF share, activity_id, withdrawn ON evidence_link
    DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION link_shares()
    """,
]


def make(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the triggers of the database that is there, once more."""
    sqlite = schema_editor.connection.vendor == "sqlite"
    for name in ("insert", "update") if sqlite else ():
        schema_editor.execute(f"DROP TRIGGER IF EXISTS link_shares_{name}")
    for statement in SQLITE if sqlite else POSTGRESQL:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """A reason on links, and everything that must be true only of those that stand."""

    dependencies = [
        ("activities", "0002_briefs"),
        ("agreements", "0003_evidence"),
        ("evidence", "0006_briefs"),
        ("indicators", "0001_evidence"),
    ]

    operations = [
        migrations.AlterModelManagers("link", [("everything", models.Manager())]),
        *[migrations.RemoveConstraint("link", f"{place}_{thing}_once") for place, thing in PAIRS],
        *[migrations.RemoveIndex("link", f"link_{thing}_in_brief") for thing in BRIEF],
        migrations.AddField("link", "withdrawn", models.CharField(blank=True, max_length=300)),
        *[
            migrations.AddIndex(
                "link",
                models.Index(
                    fields=["commitment", thing, "role", "confirmed", "withdrawn"], name=f"link_{thing}_in_brief"
                ),
            )
            for thing in BRIEF
        ],
        *[
            migrations.AddConstraint(
                "link",
                models.UniqueConstraint(
                    fields=[place, thing],
                    condition=models.Q(**{f"{thing}__isnull": False, "withdrawn": ""}),
                    name=f"{place}_{thing}_once",
                ),
            )
            for place, thing in PAIRS
        ],
        migrations.RunPython(make, migrations.RunPython.noop, elidable=False),
    ]
