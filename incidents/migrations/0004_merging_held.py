from django.db import migrations

from incidents.triggers import hold_merged_incidents


class Migration(migrations.Migration):
    dependencies = [("incidents", "0003_merging_and_outsiders")]

    operations = [hold_merged_incidents()]
