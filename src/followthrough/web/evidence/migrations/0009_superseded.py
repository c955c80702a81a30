"""A claim names what takes its place; corrections made before say so in words alone."""

import re
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_CORRECTED = re.compile(r"corrected as (\S+):")


def name_what_corrected(apps: Any, _editor: Any) -> None:
    """Take the id out of the reason of each claim that was corrected."""
    claims = apps.get_model("evidence", "Claim").objects
    for claim in claims.filter(withdrawn__startswith="corrected as "):
        found = _CORRECTED.match(claim.withdrawn)
        if found and claims.filter(pk=found.group(1)).exists():
            claims.filter(pk=claim.pk).update(replaced_by=found.group(1))


class Migration(migrations.Migration):
    dependencies = [("evidence", "0008_link_to_indicators")]

    operations = [
        migrations.AddField(
            model_name="claim",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="evidence.claim",
            ),
        ),
        migrations.RunPython(name_what_corrected, migrations.RunPython.noop),
    ]
