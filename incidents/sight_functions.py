"""The SQL functions that say who is kept from which incident; used by migrations, asked by conflicts.

Functions, because their plans are kept for as long as a connection lives: planned anew each time, they cost a page more
than all it shows, and for want of knowing how few are beneath most people they read the whole table.
"""

from django.db.migrations import RunSQL

from people.subtree import ACTS_AS, BELOW

_ACTS_AS, _BELOW = (sql % ("who", "who", "zone") for sql in (ACTS_AS, BELOW))

# COST and ROWS are what is planned with: few, and soon found, as for nearly everyone. The two indexes hold all that is
# asked for those who are above many.
INDEXES = """
CREATE INDEX incident_asked ON public.incidents_incident (id, family) WHERE kind = 'asked';
CREATE INDEX incident_asked_of ON public.incidents_incident (reporter_id, family) WHERE kind = 'asked';
"""
HIDDEN_FROM = f"""
CREATE OR REPLACE FUNCTION public.incident_hidden_from(who bigint, zone text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE COST 1000 ROWS 100 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acts_for bigint[] := ARRAY({_ACTS_AS});
    beneath bigint[] := ARRAY({_BELOW});
BEGIN
    RETURN QUERY SELECT i.family FROM public.incidents_incident i WHERE i.reporter_id = who;
    RETURN QUERY SELECT i.family FROM public.incidents_involvement v
        JOIN public.incidents_incident i ON i.id = v.incident_id WHERE v.person_id = ANY (acts_for);
    IF cardinality(beneath) > 0 THEN
        RETURN QUERY SELECT i.family FROM public.incidents_incident i
            WHERE i.kind = 'asked' AND i.reporter_id = ANY (beneath);
        RETURN QUERY SELECT i.family FROM public.incidents_involvement v
            JOIN public.incidents_incident i ON i.id = v.incident_id AND i.kind = 'asked'
            WHERE v.person_id = ANY (beneath);
    END IF;
END $$;
"""  # noqa: S608  put together from constants

# Where someone was asked for an account, everyone above a person named and above the reporter is kept away as well.
KEPT_FROM = """
CREATE FUNCTION public.incident_kept_from(number bigint, zone text) RETURNS bigint[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        WITH RECURSIVE members AS MATERIALIZED (
            SELECT m.id, m.kind, m.reporter_id FROM public.incidents_incident m
            WHERE m.family = (SELECT i.family FROM public.incidents_incident i WHERE i.id = number)
        ), named (id, climbs) AS (
            SELECT v.person_id, m.kind = 'asked' FROM members m JOIN public.incidents_involvement v
            ON v.incident_id = m.id
            UNION
            SELECT r.supervisor_id, true FROM members m JOIN public.people_user r ON r.id = m.reporter_id
            WHERE m.kind = 'asked' AND r.supervisor_id IS NOT NULL
            UNION
            SELECT p.supervisor_id, true FROM named JOIN public.people_user p ON p.id = named.id
            WHERE named.climbs AND p.supervisor_id IS NOT NULL
        )
        SELECT n.id FROM named n
        UNION
        SELECT d.delegate_id FROM public.people_delegation d JOIN named n ON d.delegator_id = n.id
        WHERE d.ended_at IS NULL AND (now() AT TIME ZONE zone)::date BETWEEN d.starts_on AND d.ends_on
        UNION
        SELECT m.reporter_id FROM members m WHERE m.id <> number AND m.reporter_id IS NOT NULL
    );
END $$;
"""

FORGET_SIGHT = """
DROP FUNCTION public.incident_hidden_from(bigint, text), public.incident_kept_from(bigint, text);
DROP INDEX public.incident_asked, public.incident_asked_of;
"""


def tell_who_is_kept_from_what() -> RunSQL:
    """The migration step from which on the database says who is kept from which incident."""
    return RunSQL(INDEXES + HIDDEN_FROM + KEPT_FROM, FORGET_SIGHT)


def find_reports_by_the_index() -> RunSQL:
    """The migration step from which on whoever is above few people is not asked about the whole directory."""
    return RunSQL(HIDDEN_FROM, RunSQL.noop)
