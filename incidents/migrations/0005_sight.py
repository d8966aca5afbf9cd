from django.db import migrations

from incidents.sight_functions import tell_who_is_kept_from_what


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_merging_held"), ("people", "0002_held_by_the_database")]

    operations = [tell_who_is_kept_from_what()]
