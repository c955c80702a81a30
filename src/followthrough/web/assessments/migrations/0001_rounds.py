"""Scales of packs; rounds of rating: cells, each coder's ratings, verdicts and replies."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import followthrough.web.kit.model_fields


class Migration(migrations.Migration):
    """All tables of rounds."""

    initial = True

    dependencies = [
        ("agreements", "0003_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Scale",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("version", models.CharField(max_length=20)),
                ("title", models.CharField(max_length=200)),
                ("published", models.CharField(max_length=300)),
                ("arithmetic", models.CharField(max_length=20)),
                ("percent", models.CharField(blank=True, max_length=20)),
                ("level", models.CharField(max_length=20)),
                ("aside", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.SlugField(max_length=80, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("scale", models.CharField(max_length=40)),
                ("scale_version", models.CharField(max_length=20)),
                ("na", models.CharField(default="exclude", max_length=20)),
                ("state", models.CharField(default="rating", max_length=20)),
                ("opened", models.DateTimeField()),
                ("opened_by", models.CharField(max_length=150)),
                ("reply_until", models.DateField(blank=True, null=True)),
                ("published", models.DateTimeField(blank=True, null=True)),
                ("example", models.BooleanField(default=False)),
                ("imported", models.CharField(blank=True, max_length=300)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assessments",
                        to="agreements.document",
                    ),
                ),
            ],
            options={
                "ordering": ["-opened"],
            },
        ),
        migrations.CreateModel(
            name="Cell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                (
                    "assessment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="assessments.assessment"
                    ),
                ),
                (
                    "commitment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="agreements.commitment"
                    ),
                ),
                (
                    "note",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cells",
                        to="agreements.interpretivenote",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cells", to="agreements.party"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("value", models.CharField(blank=True, max_length=60)),
                ("why", models.CharField(blank=True, max_length=1000)),
                ("sure", models.CharField(blank=True, max_length=20)),
                ("claims", models.JSONField(default=list)),
                ("submitted", models.DateTimeField(blank=True, null=True)),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="assessments.cell"
                    ),
                ),
                (
                    "coder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["cell", "coder"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=2000)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="assessments.cell"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "replies",
                "ordering": ["cell", "at"],
            },
        ),
        migrations.CreateModel(
            name="ScaleValue",
            fields=[
                ("id", models.CharField(max_length=200, primary_key=True, serialize=False)),
                ("position", models.IntegerField()),
                ("word", models.CharField(max_length=60)),
                ("number", followthrough.web.kit.model_fields.ExactDecimalField(blank=True, max_length=40, null=True)),
                ("also", models.JSONField(default=list)),
                (
                    "scale",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="values", to="assessments.scale"
                    ),
                ),
            ],
            options={
                "ordering": ["scale", "position"],
            },
        ),
        migrations.CreateModel(
            name="Verdict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("value", models.CharField(max_length=60)),
                ("why", models.CharField(max_length=1000)),
                ("reason", models.CharField(blank=True, max_length=20)),
                ("claims", models.JSONField(default=list)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField()),
                (
                    "cell",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="verdicts", to="assessments.cell"
                    ),
                ),
            ],
            options={
                "ordering": ["cell", "number"],
            },
        ),
        migrations.AddConstraint(
            model_name="cell",
            constraint=models.UniqueConstraint(fields=("assessment", "commitment", "party"), name="one_cell_each"),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("cell", "coder"), name="one_rating_a_coder"),
        ),
        migrations.AddConstraint(
            model_name="verdict",
            constraint=models.UniqueConstraint(fields=("cell", "number"), name="one_verdict_a_number"),
        ),
    ]
