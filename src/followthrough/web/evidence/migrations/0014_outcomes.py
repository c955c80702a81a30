"""A suggestion says what became of it, and which evidence item."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evidence", "0013_entered_by")]

    operations = [
        migrations.AddField(
            model_name="suggestion", name="outcome", field=models.CharField(blank=True, default="", max_length=20)
        ),
        migrations.AddField(
            model_name="suggestion",
            name="claim",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="suggestions",
                to="evidence.claim",
            ),
        ),
    ]
