"""The counters of ids, in the table that the app ``evidence`` made."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("evidence", "0011_counters"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Counter",
                    fields=[
                        ("id", models.CharField(max_length=200, primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField()),
                    ],
                    options={
                        "db_table": "evidence_counter",
                    },
                ),
            ]
        )
    ]
