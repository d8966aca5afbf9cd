from django.db import migrations

from investigations.triggers import hold_investigations


class Migration(migrations.Migration):
    dependencies = [
        ("investigations", "0001_initial"),
        ("audit", "0002_triggers"),
        ("people", "0002_held_by_the_database"),
    ]

    operations = [hold_investigations()]
