from django.db import migrations

from audit.triggers import append_only
from policies.triggers import hold_the_library


class Migration(migrations.Migration):
    dependencies = [
        ("policies", "0001_library"),
        ("audit", "0002_triggers"),
        ("people", "0002_held_by_the_database"),
    ]

    operations = [
        hold_the_library(),
        append_only("policies_contribution"),
        append_only("policies_remark"),
        append_only("policies_turn"),
    ]
