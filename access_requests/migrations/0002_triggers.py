from django.db import migrations

from access_requests.triggers import hold_access


class Migration(migrations.Migration):
    dependencies = [
        ("access_requests", "0001_access"),
        ("audit", "0002_triggers"),
        ("people", "0002_held_by_the_database"),
    ]

    operations = [hold_access()]
