from django.db import migrations

from audit.triggers import append_only
from incidents.triggers import hold_incidents, number_from


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("audit", "0002_triggers")]

    operations = [
        hold_incidents(),
        number_from(1001),
        append_only("incidents_message"),
        append_only("incidents_unmasking"),
    ]
