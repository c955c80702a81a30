import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The model has another name; its table keeps its own."""

    dependencies = [("workbench", "0002_undo")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Bench", "ProvisionDraft"),
                migrations.AlterModelTable("provisiondraft", "workbench_bench"),
                migrations.AlterField(
                    model_name="provisiondraft",
                    name="provision",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provision_draft",
                        to="agreements.provision",
                    ),
                ),
                migrations.AlterField(
                    model_name="provisiondraft",
                    name="draft",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provision_drafts",
                        to="workbench.draft",
                    ),
                ),
            ]
        )
    ]
