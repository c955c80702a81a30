import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Ratings of a round of another register name their coder by letter alone."""

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("assessments", "0002_rating_units"),
    ]

    operations = [
        migrations.AddField(
            model_name="rating",
            name="letter",
            field=models.CharField(blank=True, max_length=3, default=""),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="rating",
            name="coder",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
