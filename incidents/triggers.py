"""The trigger SQL that holds an incident's states, identity and impartiality whoever writes; used by migrations."""

from django.db.migrations import RunSQL

# The same pairs as lifecycle.TABLE, written by hand: a test holds the two against each other.
STATES = """
CREATE FUNCTION public.incident_states() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'reported' THEN
            RAISE EXCEPTION 'an incident begins as reported' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('reported', 'in_triage'), ('reopened', 'in_triage'), ('in_triage', 'under_review'),
        ('in_triage', 'near_miss'), ('under_review', 'near_miss'), ('under_review', 'substantiated'),
        ('under_review', 'unsubstantiated'), ('substantiated', 'closed'), ('unsubstantiated', 'closed'),
        ('near_miss', 'closed'), ('closed', 'reopened'), ('substantiated', 'under_review'),
        ('unsubstantiated', 'under_review'), ('near_miss', 'under_review')
    ) THEN
        RAISE EXCEPTION 'an incident does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_states BEFORE INSERT OR UPDATE ON public.incidents_incident
    FOR EACH ROW EXECUTE FUNCTION public.incident_states();
"""

# What the reporter said is evidence: it is added to by messages, never changed.
KEPT = """
CREATE FUNCTION public.incident_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    what_is_learned text[] := ARRAY[
        'status', 'kind', 'still_live', 'moved_to_personal', 'severity', 'severity_reason', 'assignee_id', 'due_at',
        'finding', 'ground', 'decided_by_id', 'decided_at', 'closed_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an incident is never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF to_jsonb(NEW) - what_is_learned IS DISTINCT FROM to_jsonb(OLD) - what_is_learned THEN
        RAISE EXCEPTION 'what was reported does not change' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.status IN ('substantiated', 'unsubstantiated', 'near_miss', 'closed')
        AND (NEW.finding, NEW.ground, NEW.decided_at, NEW.decided_by_id, NEW.severity, NEW.severity_reason)
        IS DISTINCT FROM
            (OLD.finding, OLD.ground, OLD.decided_at, OLD.decided_by_id, OLD.severity, OLD.severity_reason)
    THEN
        RAISE EXCEPTION 'a decision does not change; review the case again' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_kept BEFORE UPDATE OR DELETE ON public.incidents_incident
    FOR EACH ROW EXECUTE FUNCTION public.incident_kept();
"""

# Naming and assigning lock the same incident row, so neither can slip past the other.
IMPARTIAL = """
CREATE FUNCTION public.incident_impartial() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.incidents_involvement
               WHERE incident_id = NEW.id AND person_id IN (NEW.assignee_id, NEW.decided_by_id)
                 AND (person_id IS NOT DISTINCT FROM NEW.assignee_id
                      OR (NEW.decided_by_id, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at)))
    THEN
        RAISE EXCEPTION 'someone named in a report does not work on it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_impartial BEFORE UPDATE OF assignee_id, decided_by_id ON public.incidents_incident
    FOR EACH ROW EXECUTE FUNCTION public.incident_impartial();

CREATE FUNCTION public.incident_named() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM public.incidents_incident
        WHERE id = NEW.incident_id AND assignee_id = NEW.person_id FOR UPDATE;
    IF FOUND THEN
        RAISE EXCEPTION 'someone named in a report does not work on it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_named BEFORE INSERT OR UPDATE ON public.incidents_involvement
    FOR EACH ROW EXECUTE FUNCTION public.incident_named();

CREATE FUNCTION public.incident_involvement_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a person named in a report stays named' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER incident_involvement_kept BEFORE UPDATE OR DELETE ON public.incidents_involvement
    FOR EACH ROW EXECUTE FUNCTION public.incident_involvement_kept();
"""

DROP = """
DROP TRIGGER incident_states ON public.incidents_incident;
DROP TRIGGER incident_kept ON public.incidents_incident;
DROP TRIGGER incident_impartial ON public.incidents_incident;
DROP TRIGGER incident_named ON public.incidents_involvement;
DROP TRIGGER incident_involvement_kept ON public.incidents_involvement;
DROP FUNCTION public.incident_states(), public.incident_kept(), public.incident_impartial(),
    public.incident_named(), public.incident_involvement_kept();
"""


def hold_incidents() -> RunSQL:
    """The migration step after which the database itself holds what rules.py and lifecycle.py say."""
    return RunSQL(STATES + KEPT + IMPARTIAL, DROP)


def number_from(first: int) -> RunSQL:
    """The migration step that lets the quoted numbers start here."""
    return RunSQL(f"ALTER TABLE public.incidents_incident ALTER COLUMN id SET START WITH {first} RESTART;", RunSQL.noop)
