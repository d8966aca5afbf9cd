"""Who is kept from an incident, told by the database in the same query that reads it."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL

from incidents.choices import Kind

_BARRED = """
    ARRAY(
        WITH RECURSIVE named (id) AS (
            SELECT person_id FROM incidents_involvement WHERE incident_id = incidents_incident.id
            UNION
            SELECT p.supervisor_id FROM people_user p JOIN named ON p.id = named.id
            WHERE incidents_incident.kind = %s AND p.supervisor_id IS NOT NULL
        )
        SELECT id FROM named
        UNION
        SELECT d.delegate_id FROM people_delegation d JOIN named ON d.delegator_id = named.id
        WHERE d.ended_at IS NULL AND (now() AT TIME ZONE %s)::date BETWEEN d.starts_on AND d.ends_on
    )
"""
# The ids of those named, of everyone above them where an account was asked for, and of today's stand-ins for these.
BARRED = RawSQL(  # noqa: S611  fixed text, the values are parameters
    _BARRED, (Kind.ASKED, settings.TIME_ZONE), output_field=ArrayField(BigIntegerField())
)
