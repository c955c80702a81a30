"""Chain the events that are there, in the order in which they were written; from then on the database guards them."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from followthrough.web.audit import guards
from followthrough.web.audit.chain import GENESIS, content, link

PAGE = 2_000


def chain(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Give every event its place and its hash, a page at a time."""
    model: Any = apps.get_model("audit", "AuditEvent")
    sequence, end, last = 0, GENESIS, 0
    while page := list(model.objects.filter(id__gt=last).order_by("id")[:PAGE]):
        for event in page:
            sequence += 1
            own = content(event.at, event.by, event.verb, event.kind, event.target, event.detail)
            end = link(end, sequence, own)
            event.sequence, event.hash = sequence, end
        model.objects.bulk_update(page, ["sequence", "hash"], batch_size=200)
        last = page[-1].id
    apps.get_model("audit", "Head").objects.create(pk=1, count=sequence, hash=end)
    guards.install(schema_editor.connection)


def unchain(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Take the guards away."""
    guards.remove(schema_editor.connection)
    apps.get_model("audit", "Head").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_chain")]

    operations = [migrations.RunPython(chain, unchain)]
