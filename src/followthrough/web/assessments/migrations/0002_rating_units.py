from django.db import migrations


class Migration(migrations.Migration):
    """The models have other names; their tables keep their own."""

    dependencies = [("assessments", "0001_rounds")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("Cell", "RatingUnit"),
                migrations.AlterModelTable("ratingunit", "assessments_cell"),
                migrations.RenameModel("Verdict", "AdjudicatedRating"),
                migrations.AlterModelTable("adjudicatedrating", "assessments_verdict"),
            ]
        )
    ]
