"""Sources stand with the agreements, which name them. Their table keeps its name, and its rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0011_counters"),
        ("agreements", "0004_standing"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Source",
                    fields=[
                        ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                        ("url", models.URLField(max_length=1000)),
                        ("title", models.CharField(max_length=500)),
                        ("publisher", models.CharField(max_length=300)),
                        ("publisher_kind", models.CharField(max_length=40)),
                        ("published", models.CharField(blank=True, max_length=10)),
                        ("language", models.CharField(max_length=12)),
                        ("archived", models.URLField(blank=True, max_length=1000)),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "db_table": "evidence_source",
                        "ordering": ["id"],
                        "indexes": [models.Index(fields=["id", "publisher_kind", "published"], name="source_in_brief")],
                    },
                ),
                migrations.AlterField(
                    model_name="document",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="agreements.source",
                    ),
                ),
                migrations.AlterField(
                    model_name="instrument",
                    name="source",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="instruments",
                        to="agreements.source",
                    ),
                ),
                migrations.AlterField(
                    model_name="membership",
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
                    model_name="partyevent",
                    name="source",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="agreements.source"
                    ),
                ),
            ]
        )
    ]
