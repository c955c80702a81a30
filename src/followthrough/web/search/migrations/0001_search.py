"""The index, and what each database needs to look words up in it."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The full-text table keeps no text of its own: triggers hand it the words of every entry that comes and goes.
SQLITE = [
    """
    CREATE VIRTUAL TABLE search_words USING fts5(
        words, content='search_entry', content_rowid='id', detail=none, columnsize=0,
        tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc' tokenchars '._'"
    )
    """,
    """
    CREATE TRIGGER search_entry_added AFTER INSERT ON search_entry BEGIN
        INSERT INTO search_words(rowid, words) VALUES (new.id, new.words);
    END
    """,
    """
    CREATE TRIGGER search_entry_gone AFTER DELETE ON search_entry BEGIN
        INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
    END
    """,
]
POSTGRESQL = [
    "CREATE INDEX search_words ON search_entry USING gin (array_to_tsvector(string_to_array(words, ' ')))",
]


def make(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Make the full-text index of the database that is there."""
    for statement in SQLITE if schema_editor.connection.vendor == "sqlite" else POSTGRESQL:
        schema_editor.execute(statement)


def drop(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take it away again."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in ("TRIGGER search_entry_added", "TRIGGER search_entry_gone", "TABLE search_words"):
            schema_editor.execute(f"DROP {statement}")
    else:
        schema_editor.execute("DROP INDEX search_words")


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("group", models.PositiveSmallIntegerField()),
                ("record", models.CharField(max_length=200)),
                ("document", models.CharField(blank=True, max_length=120)),
                ("words", models.TextField()),
                ("exact", models.TextField(blank=True)),
                ("link", models.CharField(blank=True, max_length=1200)),
                ("name", models.CharField(max_length=600)),
                ("says", models.TextField(blank=True)),
                ("about", models.CharField(blank=True, max_length=600)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["group", "record"], name="search_entry_group_record"),
                    models.Index(fields=["document"], name="search_entry_document"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upto",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event", models.BigIntegerField()),
            ],
        ),
        migrations.RunPython(make, drop),
    ]
