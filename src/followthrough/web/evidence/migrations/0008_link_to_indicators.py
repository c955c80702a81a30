"""A link may tie an indicator too. The table is remade on SQLite, so its triggers are made again."""

from importlib import import_module

import django.db.models.deletion
from django.db import migrations, models

THINGS = ("claim", "activity", "target", "series", "meeting", "instrument", "indicator")
make = import_module("followthrough.web.evidence.migrations.0007_links_withdrawn").make


def _one_thing() -> models.Q:
    """Return the condition that exactly one of the things is tied."""
    found = models.Q()
    for chosen in THINGS:
        found |= models.Q(**{f"{thing}__isnull": thing != chosen for thing in THINGS})
    return found


class Migration(migrations.Migration):
    """The seventh thing that a link may tie, and the constraints that name it."""

    dependencies = [
        ("evidence", "0007_links_withdrawn"),
        ("indicators", "0002_registry"),
    ]

    operations = [
        migrations.RemoveConstraint("link", "link_to_one_thing"),
        migrations.AddField(
            "link",
            "indicator",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="links",
                to="indicators.indicator",
            ),
        ),
        migrations.AddConstraint("link", models.CheckConstraint(condition=_one_thing(), name="link_to_one_thing")),
        *[
            migrations.AddConstraint(
                "link",
                models.UniqueConstraint(
                    fields=[place, "indicator"],
                    condition=models.Q(indicator__isnull=False, withdrawn=""),
                    name=f"{place}_indicator_once",
                ),
            )
            for place in ("commitment", "provision")
        ],
        migrations.RunPython(make, migrations.RunPython.noop, elidable=False),
    ]
