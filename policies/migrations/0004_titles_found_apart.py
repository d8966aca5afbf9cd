import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0003_questions_held"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="passage",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("position", 0)), fastupdate=False, fields=["words"], name="policy_title_words"
            ),
        ),
    ]
