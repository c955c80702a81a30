"""The index follows the places of events in the chain, and no longer their ids: it is made anew by the next search."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget(apps: StateApps, _schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Forget how far the index had come."""
    apps.get_model("search", "Upto").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0001_search"), ("audit", "0003_chained")]

    operations = [migrations.RunPython(forget, forget)]
