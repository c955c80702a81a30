"""A source is one of the app ``agreements``; no table changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agreements", "0005_sources"),
        ("indicators", "0004_series_parts"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="observation",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="observations", to="agreements.source"
                    ),
                ),
                migrations.AlterField(
                    model_name="target",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="agreements.source"
                    ),
                ),
            ]
        )
    ]
