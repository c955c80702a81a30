"""Links, in the table that the app ``evidence`` made, with its constraints and triggers."""

import django.db.models.deletion
import django.db.models.manager
from django.db import migrations, models

import followthrough.web.kit.model_fields


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0005_sources"),
        ("agreements", "0005_sources"),
        ("evidence", "0012_apart"),
        ("indicators", "0005_sources"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Link",
                    fields=[
                        ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                        ("role", models.CharField(max_length=20)),
                        (
                            "share",
                            followthrough.web.kit.model_fields.ExactDecimalField(blank=True, max_length=40, null=True),
                        ),
                        ("rationale", models.CharField(max_length=300)),
                        ("origin", models.CharField(max_length=20)),
                        ("confirmed_by", models.CharField(blank=True, max_length=150)),
                        ("confirmed", models.CharField(blank=True, max_length=10)),
                        ("withdrawn", models.CharField(blank=True, max_length=300)),
                        (
                            "activity",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "claim",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="evidence.claim",
                            ),
                        ),
                        (
                            "commitment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="agreements.commitment",
                            ),
                        ),
                        (
                            "indicator",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="indicators.indicator",
                            ),
                        ),
                        (
                            "instrument",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="agreements.instrument",
                            ),
                        ),
                        (
                            "meeting",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="activities.meeting",
                            ),
                        ),
                        (
                            "provision",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="agreements.provision",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="indicators.series",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="links",
                                to="indicators.target",
                            ),
                        ),
                    ],
                    options={
                        "db_table": "evidence_link",
                        "ordering": ["id"],
                        "indexes": [
                            models.Index(
                                fields=["commitment", "claim", "role", "confirmed", "withdrawn"],
                                name="link_claim_in_brief",
                            ),
                            models.Index(
                                fields=["commitment", "activity", "role", "confirmed", "withdrawn"],
                                name="link_activity_in_brief",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("commitment__isnull", False), ("provision__isnull", True)),
                                    models.Q(("commitment__isnull", True), ("provision__isnull", False)),
                                    _connector="OR",
                                ),
                                name="link_from_one_place",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", False),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("series__isnull", True),
                                        ("target__isnull", True),
                                    ),
                                    models.Q(
                                        ("activity__isnull", False),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("series__isnull", True),
                                        ("target__isnull", True),
                                    ),
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("series__isnull", True),
                                        ("target__isnull", False),
                                    ),
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("series__isnull", False),
                                        ("target__isnull", True),
                                    ),
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", False),
                                        ("series__isnull", True),
                                        ("target__isnull", True),
                                    ),
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", True),
                                        ("instrument__isnull", False),
                                        ("meeting__isnull", True),
                                        ("series__isnull", True),
                                        ("target__isnull", True),
                                    ),
                                    models.Q(
                                        ("activity__isnull", True),
                                        ("claim__isnull", True),
                                        ("indicator__isnull", False),
                                        ("instrument__isnull", True),
                                        ("meeting__isnull", True),
                                        ("series__isnull", True),
                                        ("target__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="link_to_one_thing",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("claim__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "claim"),
                                name="commitment_claim_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("activity__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "activity"),
                                name="commitment_activity_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("target__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "target"),
                                name="commitment_target_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("series__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "series"),
                                name="commitment_series_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("meeting__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "meeting"),
                                name="commitment_meeting_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("instrument__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "instrument"),
                                name="commitment_instrument_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("indicator__isnull", False), ("withdrawn", "")),
                                fields=("commitment", "indicator"),
                                name="commitment_indicator_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("claim__isnull", False), ("withdrawn", "")),
                                fields=("provision", "claim"),
                                name="provision_claim_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("activity__isnull", False), ("withdrawn", "")),
                                fields=("provision", "activity"),
                                name="provision_activity_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("target__isnull", False), ("withdrawn", "")),
                                fields=("provision", "target"),
                                name="provision_target_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("series__isnull", False), ("withdrawn", "")),
                                fields=("provision", "series"),
                                name="provision_series_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("meeting__isnull", False), ("withdrawn", "")),
                                fields=("provision", "meeting"),
                                name="provision_meeting_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("instrument__isnull", False), ("withdrawn", "")),
                                fields=("provision", "instrument"),
                                name="provision_instrument_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("indicator__isnull", False), ("withdrawn", "")),
                                fields=("provision", "indicator"),
                                name="provision_indicator_once",
                            ),
                        ],
                    },
                    managers=[
                        ("everything", django.db.models.manager.Manager()),
                    ],
                ),
            ]
        )
    ]
