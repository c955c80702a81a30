from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0005_sources"),
    ]

    operations = [
        migrations.AddField(
            model_name="indicator",
            name="group_name",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
    ]
