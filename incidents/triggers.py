"""The trigger SQL that holds an incident's states, identity and impartiality whoever writes; used by migrations."""

from django.db.migrations import RunSQL

from incidents.family_triggers import MERGED_IMPARTIAL, TASKS

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

# What a case is about decides which rules its decision had to meet.
KIND_STANDS = """
CREATE FUNCTION public.incident_kind_stands() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the kind of a decided case stands; review the case again' USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER incident_kind_stands BEFORE UPDATE OF kind ON public.incidents_incident
    FOR EACH ROW
    WHEN (NEW.kind <> OLD.kind AND OLD.status IN ('substantiated', 'unsubstantiated', 'near_miss', 'closed'))
    EXECUTE FUNCTION public.incident_kind_stands();
"""
KIND_DOES_NOT_STAND = """
DROP TRIGGER incident_kind_stands ON public.incidents_incident;
DROP FUNCTION public.incident_kind_stands();
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


# --- Since reports can be merged, searched and made without signing in ------------------------------------------------

# What is searched and what the queue is narrowed by, kept in one index so that any combination is found in one walk.
# No fields of the model: no page shows them, and they are longer than the rest of the row.
FOUND_BY = """
ALTER TABLE public.incidents_incident
    ADD COLUMN words tsvector GENERATED ALWAYS AS (
        to_tsvector('pg_catalog.english'::regconfig, narrative || ' ' || containment || ' ' || people_described
            || ' ' || address || ' ' || platform || ' ' || platform_other || ' ' || finding)) STORED,
    ADD COLUMN facets text[] GENERATED ALWAYS AS (array_remove(ARRAY[
        'status:' || status::text,
        CASE WHEN status IN ('closed', 'merged') THEN NULL ELSE 'open' END,
        'kind:' || kind::text,
        'severity:' || CASE WHEN severity = '' THEN 'none' ELSE severity::text END,
        'platform:' || NULLIF(platform::text, ''),
        'division:' || division_id::text,
        'assignee:' || COALESCE(assignee_id::text, 'nobody')], NULL)) STORED,
    ADD COLUMN address_key text GENERATED ALWAYS AS (left(lower(regexp_replace(regexp_replace(
        address, '^([a-z]+://)?((www|m|mobile|old)\\.)?', '', 'i'), '[/?]*(#.*)?$', '')), 400)) STORED;
CREATE INDEX incident_found_by ON public.incidents_incident USING gin (words, facets) WITH (fastupdate = off);
-- In order of number, so that the newest few of very many are read without the others.
CREATE INDEX incident_same_address ON public.incidents_incident (address_key, id) WHERE address_key <> '';
CREATE INDEX incident_named_in ON public.incidents_involvement (person_id, incident_id);
"""

MERGED_STATES = """
CREATE OR REPLACE FUNCTION public.incident_states() RETURNS trigger
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
        ('unsubstantiated', 'under_review'), ('near_miss', 'under_review'), ('reported', 'merged'),
        ('in_triage', 'merged'), ('under_review', 'merged'), ('reopened', 'merged'), ('merged', 'reopened')
    ) THEN
        RAISE EXCEPTION 'an incident does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.status = 'closed' AND EXISTS (
        SELECT 1 FROM public.incidents_task WHERE incident_id = NEW.id AND state = 'open')
    THEN
        RAISE EXCEPTION 'tasks are still to do' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

MERGED_KEPT = """
CREATE OR REPLACE FUNCTION public.incident_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    -- The last four are computed from the others, after this trigger.
    what_is_learned text[] := ARRAY[
        'status', 'kind', 'verb', 'division_id', 'still_live', 'moved_to_personal', 'severity', 'severity_reason',
        'assignee_id', 'due_at', 'looked_at', 'finding', 'ground', 'decided_by_id', 'decided_at', 'closed_at',
        'merged_into_id', 'family', 'words', 'facets', 'address_key'];
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
"""

NOT_MERGED = """
DROP TRIGGER incident_merged ON public.incidents_incident;
DROP TRIGGER incident_family_of_one_kind ON public.incidents_incident;
DROP TRIGGER incident_task_kept ON public.incidents_task;
DROP FUNCTION public.incident_merged(), public.incident_family_of_one_kind(), public.incident_task_kept();
DROP INDEX public.incident_named_in;
ALTER TABLE public.incidents_incident DROP COLUMN words, DROP COLUMN facets, DROP COLUMN address_key;
"""


def functions_of(sql: str) -> str:
    """Only the functions among these definitions, to put former ones back."""
    return "".join(
        f"CREATE OR REPLACE FUNCTION {part.split('$$;')[0]}$$;" for part in sql.split("CREATE FUNCTION ")[1:]
    )


def hold_incidents() -> RunSQL:
    """The migration step after which the database itself holds what rules and lifecycle say."""
    return RunSQL(STATES + KEPT + IMPARTIAL, DROP)


def hold_merged_incidents() -> RunSQL:
    """The migration step from which on merged reports, tasks and searches are held as well."""
    before = functions_of(STATES + KEPT + IMPARTIAL)
    return RunSQL(FOUND_BY + MERGED_STATES + MERGED_KEPT + MERGED_IMPARTIAL + TASKS, NOT_MERGED + before)


def number_from(first: int) -> RunSQL:
    """The migration step that lets the quoted numbers start here."""
    return RunSQL(f"ALTER TABLE public.incidents_incident ALTER COLUMN id SET START WITH {first} RESTART;", RunSQL.noop)
