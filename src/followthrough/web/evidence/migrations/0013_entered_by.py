"""A claim says who entered it; of those that are there, the audit record said it alone."""

from typing import Any

from django.db import migrations, models

PORTION = 500


def take_from_the_record(apps: Any, _editor: Any) -> None:
    """Write into each claim who entered it, as its event says; a claim that an import brought has no such event."""
    claims = apps.get_model("evidence", "Claim").objects
    events = apps.get_model("audit", "AuditEvent").objects.filter(kind="claim", verb="claim.added")
    entered: dict[str, list[str]] = {}
    for key, by in events.order_by("id").values_list("target", "by"):
        entered.setdefault(by, []).append(key)
    for by, keys in entered.items():
        for start in range(0, len(keys), PORTION):
            claims.filter(pk__in=keys[start : start + PORTION]).update(entered_by=by)


class Migration(migrations.Migration):
    dependencies = [("evidence", "0012_apart"), ("audit", "0003_chained")]

    operations = [
        migrations.AddField(
            model_name="claim", name="entered_by", field=models.CharField(blank=True, default="", max_length=150)
        ),
        migrations.RunPython(take_from_the_record, migrations.RunPython.noop),
    ]
