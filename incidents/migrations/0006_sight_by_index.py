from django.db import migrations

from incidents.sight_functions import find_reports_by_the_index


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_sight")]

    operations = [find_reports_by_the_index()]
