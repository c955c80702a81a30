"""The registry of indicators, the vintages of their figures, and the rounds of fetching them."""

import django.db.models.deletion
from django.db import migrations, models

import followthrough.web.kit.model_fields


class Migration(migrations.Migration):
    """Indicators, feeds, vintages, figures, refreshes."""

    dependencies = [
        ("indicators", "0001_evidence"),
    ]

    operations = [
        migrations.CreateModel(
            name="Refresh",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("asked", models.CharField(max_length=500)),
                ("started", models.DateTimeField()),
                ("finished", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "verbose_name_plural": "refreshes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Indicator",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("definition", models.CharField(max_length=1000)),
                ("unit", models.CharField(max_length=60)),
                ("direction", models.CharField(max_length=20)),
                ("target", followthrough.web.kit.model_fields.ExactDecimalField(blank=True, max_length=40, null=True)),
                ("target_year", models.IntegerField(blank=True, null=True)),
                ("target_says", models.CharField(blank=True, max_length=300)),
                ("limit", followthrough.web.kit.model_fields.ExactDecimalField(blank=True, max_length=40, null=True)),
                ("base_year", models.IntegerField(blank=True, null=True)),
                ("breaks", models.JSONField(default=list)),
                ("aggregation", models.CharField(max_length=20)),
                ("above", models.JSONField(default=list)),
                ("below", models.JSONField(default=list)),
                ("verified", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "derived_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="derived",
                        to="indicators.indicator",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Feed",
            fields=[
                ("id", models.CharField(max_length=120, primary_key=True, serialize=False)),
                ("rank", models.IntegerField()),
                ("provider", models.CharField(max_length=40)),
                ("code", models.CharField(max_length=200)),
                ("filter", models.CharField(blank=True, max_length=300)),
                ("verified", models.BooleanField(default=False)),
                ("note", models.CharField(blank=True, max_length=500)),
                (
                    "indicator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="feeds", to="indicators.indicator"
                    ),
                ),
            ],
            options={
                "ordering": ["indicator", "rank"],
            },
        ),
        migrations.CreateModel(
            name="Fetch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("outcome", models.CharField(max_length=12)),
                ("says", models.CharField(blank=True, max_length=500)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fetches", to="indicators.feed"
                    ),
                ),
                (
                    "refresh",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="fetches", to="indicators.refresh"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "fetches",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Vintage",
            fields=[
                ("id", models.CharField(max_length=160, primary_key=True, serialize=False)),
                ("number", models.IntegerField()),
                ("fetched", models.CharField(max_length=32)),
                ("connector", models.CharField(max_length=60)),
                ("url", models.CharField(max_length=1000)),
                ("raws", models.JSONField(default=list)),
                ("notes", models.CharField(blank=True, max_length=1000)),
                (
                    "feed",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="vintages", to="indicators.feed"
                    ),
                ),
            ],
            options={
                "ordering": ["feed", "-number"],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.CharField(max_length=400, primary_key=True, serialize=False)),
                ("area", models.CharField(max_length=12)),
                ("period", models.CharField(max_length=40)),
                ("value", models.CharField(max_length=40)),
                ("status", models.CharField(blank=True, max_length=60)),
                (
                    "vintage",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="figures",
                        to="indicators.vintage",
                    ),
                ),
            ],
            options={
                "ordering": ["vintage", "area", "period"],
            },
        ),
        migrations.AddConstraint(
            model_name="feed",
            constraint=models.UniqueConstraint(fields=("indicator", "rank"), name="feed_rank_once"),
        ),
        migrations.AddConstraint(
            model_name="fetch",
            constraint=models.UniqueConstraint(fields=("refresh", "feed"), name="fetch_once_a_round"),
        ),
        migrations.AddConstraint(
            model_name="vintage",
            constraint=models.UniqueConstraint(fields=("feed", "number"), name="vintage_number_once"),
        ),
        migrations.AddConstraint(
            model_name="figure",
            constraint=models.UniqueConstraint(fields=("vintage", "area", "period"), name="figure_once"),
        ),
    ]
