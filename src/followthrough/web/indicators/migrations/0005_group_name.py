from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0004_series_parts"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="group_name",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
