"""Words are counted, and the entries of each kind are looked up by themselves, only as far as is shown.

PostgreSQL is given the words with the number of their kind before them, and keeps them in a column: working them out
anew for each row that it looks at takes longer than all the rest. All entries are made anew.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

WORDS = "array_to_tsvector(string_to_array(words, ' '))"
KIND = "\"group\"::text || '~'"
OF_A_KIND = f"array_to_tsvector(string_to_array({KIND} || replace(words, ' ', ' ' || {KIND}), ' '))"


def split(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Forget how far the index had come and what it held, and look words up by kind."""
    _forget(apps)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX search_words")
        schema_editor.execute(f"ALTER TABLE search_entry ADD vector tsvector GENERATED ALWAYS AS ({OF_A_KIND}) STORED")
        schema_editor.execute("CREATE INDEX search_words ON search_entry USING gin (vector)")


def join(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Go back to words of all kinds together."""
    _forget(apps)
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN vector")
        schema_editor.execute(f"CREATE INDEX search_words ON search_entry USING gin ({WORDS})")


def _forget(apps: StateApps) -> None:
    for name in ("Upto", "Entry", "Word"):
        apps.get_model("search", name).objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0003_words")]

    operations = [
        migrations.AddField("word", "entries", models.PositiveIntegerField(default=0)),
        migrations.RunPython(split, join),
    ]
