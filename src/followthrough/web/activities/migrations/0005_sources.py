"""A source is one of the app ``agreements``; no table changes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0004_pledges_due"),
        ("agreements", "0005_sources"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name="activity",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="activities", to="agreements.source"
                    ),
                ),
                migrations.AlterField(
                    model_name="activityevent",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="agreements.source",
                    ),
                ),
                migrations.AlterField(
                    model_name="fundfigure",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figures", to="agreements.source"
                    ),
                ),
                migrations.AlterField(
                    model_name="meeting",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="agreements.source"
                    ),
                ),
            ]
        )
    ]
