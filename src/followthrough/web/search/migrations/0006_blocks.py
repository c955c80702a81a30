"""On PostgreSQL the words of an entry stand under its kind and a block of it, so that a search reads a block at a time.

The index gives all entries that have a word before the first of them is looked at: of a common word half a kind.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

KIND = "\"group\"::text || '~'"
BLOCK = "\"group\"::text || '.' || least((id % 1000000000000) / 8192, 15)::text || '~'"
"""The kind and the block before a word: ``models.SIZE`` entries in each, and in the last all that are left."""


def _index(schema_editor: BaseDatabaseSchemaEditor, before: str) -> None:
    """Give the words of entries the sign ``before`` them, and make their index anew."""
    if schema_editor.connection.vendor == "postgresql":
        words = f"array_to_tsvector(string_to_array({before} || replace(words, ' ', ' ' || {before}), ' '))"
        schema_editor.execute("ALTER TABLE search_entry DROP COLUMN vector", None)
        schema_editor.execute(
            f"ALTER TABLE search_entry ADD vector tsvector GENERATED ALWAYS AS ({words}) STORED", None
        )
        schema_editor.execute("CREATE INDEX search_words ON search_entry USING gin (vector)", None)


def split(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Look words up block by block."""
    _index(schema_editor, BLOCK)


def join(_apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Go back to whole kinds."""
    _index(schema_editor, KIND)


class Migration(migrations.Migration):
    dependencies = [("search", "0005_alike_words")]

    operations = [migrations.RunPython(split, join)]
