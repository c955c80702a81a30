"""Sources, links and counters stand in apps of their own; their tables keep their names, rows and triggers."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_sources"),
        ("agreements", "0005_sources"),
        ("evidence", "0011_counters"),
        ("indicators", "0005_sources"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(
                    name="Counter",
                ),
                migrations.AlterField(
                    model_name="conflictside",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="sides", to="agreements.source"
                    ),
                ),
                migrations.AlterField(
                    model_name="claim",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="agreements.source"
                    ),
                ),
                migrations.DeleteModel(
                    name="Link",
                ),
                migrations.DeleteModel(
                    name="Source",
                ),
            ]
        )
    ]
