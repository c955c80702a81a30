"""One name instead of two, the demo's people marked, and accounts that nothing deletes."""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DEMO = ("demo-editor", "demo-coder-a", "demo-coder-b", "demo-chair", "demo-focal-point")


def keep_names(apps: Any, _schema_editor: Any) -> None:
    """Write first and last names as one, and mark the people whom earlier demos made."""
    User = apps.get_model("accounts", "User")
    for user in User.objects.exclude(first_name="", last_name=""):
        user.name = f"{user.first_name} {user.last_name}".strip()[:150]
        user.save(update_fields=["name"])
    User.objects.filter(username__in=DEMO, is_superuser=False).update(demo=True)


def split_names(apps: Any, _schema_editor: Any) -> None:
    """Write the name as the first one: where it would be parted cannot be known."""
    User = apps.get_model("accounts", "User")
    User.objects.update(first_name=models.F("name"))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AlterModelManagers(name="user", managers=[]),
        migrations.AddField(
            model_name="user",
            name="demo",
            field=models.BooleanField(default=False, verbose_name="an invented person of the demo"),
        ),
        migrations.AddField(
            model_name="user",
            name="name",
            field=models.CharField(blank=True, max_length=150, verbose_name="name"),
        ),
        migrations.RunPython(keep_names, split_names),
        migrations.RemoveField(model_name="user", name="first_name"),
        migrations.RemoveField(model_name="user", name="last_name"),
        migrations.AlterField(
            model_name="grant",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="grants", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
