from django.db import migrations

from audit.triggers import append_only
from incidents.sight_functions import tell_who_is_kept_from_what

# The way back to a report: only the moment at which its code was saved is ever added, once.
WAY_BACK_KEPT = """
CREATE TRIGGER only_ends BEFORE UPDATE OR DELETE ON public.incidents_publicreport
    FOR EACH ROW EXECUTE FUNCTION public.people_only_ends('code_saved_at');
"""
NOT_KEPT = "DROP TRIGGER only_ends ON public.incidents_publicreport;"


class Migration(migrations.Migration):
    dependencies = [("incidents", "0004_merging_held"), ("people", "0002_held_by_the_database")]

    operations = [
        tell_who_is_kept_from_what(),
        migrations.RunSQL(WAY_BACK_KEPT, NOT_KEPT),
        append_only("incidents_returnkey"),
    ]
