"""Who is kept from an incident, told by the database in the same query that reads it.

A family is a report with the reports merged into it: who may not see one of them sees none.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from people.models import User

# The ids of those named, of everyone above them or the reporter where an account was asked for, of today's stand-ins
# for these, and of whoever reported another of the family.
BARRED = RawSQL(
    "incident_kept_from(incidents_incident.id, %s)", (settings.TIME_ZONE,), output_field=ArrayField(BigIntegerField())
)


def hidden_from(user: User) -> RawSQL:
    """The families of incidents this person is kept from whatever their role: few, and found once a query."""
    sql = "SELECT hidden.family FROM incident_hidden_from(%s, %s) AS hidden (family)"
    return RawSQL(sql, (user.pk, settings.TIME_ZONE))  # noqa: S611  fixed text, the values are parameters
