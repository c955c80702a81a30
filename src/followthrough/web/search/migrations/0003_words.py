"""Words of the index are kept, and all entries are made anew: their tokens are of one spelling now."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Forget how far the index had come: the next search makes it anew."""
    apps.get_model("search", "Upto").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0002_sequence")]

    operations = [
        migrations.CreateModel(
            name="Word",
            fields=[
                ("word", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("size", models.PositiveSmallIntegerField(db_index=True)),
                ("letters", models.IntegerField()),
            ],
        ),
        migrations.RunPython(forget, forget),
    ]
