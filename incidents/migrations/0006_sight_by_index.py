from django.db import migrations

from incidents.sight_functions import find_reports_by_the_index
from incidents.triggers import KIND_DOES_NOT_STAND, KIND_STANDS


class Migration(migrations.Migration):
    dependencies = [("incidents", "0005_sight")]

    operations = [find_reports_by_the_index(), migrations.RunSQL(KIND_STANDS, KIND_DOES_NOT_STAND)]
