"""The trigger SQL that holds merged reports together and keeps their tasks; used by migrations."""

# A report is merged into one that stands by itself, and never with one whose holder has to do with it. The row of the
# one the others went into is the lock of the whole family: merging, naming and assigning all hold it, so that none of
# them can slip past another.
MERGED_IMPARTIAL = """
CREATE FUNCTION public.incident_merged() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    came_from bigint := CASE WHEN TG_OP = 'UPDATE' THEN OLD.merged_into_id END;
    other public.incidents_incident;
BEGIN
    IF NEW.merged_into_id IS NULL OR NEW.merged_into_id = came_from THEN
        RETURN NEW;
    END IF;
    SELECT * INTO other FROM public.incidents_incident WHERE id = NEW.merged_into_id FOR UPDATE;
    IF came_from IS NOT NULL OR NEW.assignee_id IS NOT NULL OR other.status IN ('merged', 'closed')
        OR EXISTS (SELECT 1 FROM public.incidents_incident WHERE merged_into_id = NEW.id)
    THEN
        RAISE EXCEPTION 'a report that nobody has is merged into an open one, and takes none with it'
            USING ERRCODE = 'check_violation';
    END IF;
    IF (NEW.kind = 'asked') <> (other.kind = 'asked') THEN
        RAISE EXCEPTION 'who was asked for an account is merged with the same kind only'
            USING ERRCODE = 'check_violation';
    END IF;
    IF other.assignee_id = NEW.reporter_id
        OR EXISTS (SELECT 1 FROM public.incidents_involvement
                   WHERE incident_id = NEW.id AND person_id = other.assignee_id)
    THEN
        RAISE EXCEPTION 'someone named in a report does not work on it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_merged BEFORE INSERT OR UPDATE OF merged_into_id ON public.incidents_incident
    FOR EACH ROW EXECUTE FUNCTION public.incident_merged();

CREATE FUNCTION public.incident_family_of_one_kind() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM public.incidents_incident
               WHERE family = OLD.family AND id <> NEW.id AND (kind = 'asked') <> (NEW.kind = 'asked'))
    THEN
        RAISE EXCEPTION 'who was asked for an account is merged with the same kind only'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_family_of_one_kind BEFORE UPDATE OF kind ON public.incidents_incident
    FOR EACH ROW WHEN ((NEW.kind = 'asked') <> (OLD.kind = 'asked'))
    EXECUTE FUNCTION public.incident_family_of_one_kind();

CREATE OR REPLACE FUNCTION public.incident_impartial() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.status = 'merged' AND NEW.assignee_id IS NOT NULL THEN
        RAISE EXCEPTION 'whoever has the other report has this one too' USING ERRCODE = 'check_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM public.incidents_incident f
               LEFT JOIN public.incidents_involvement v ON v.incident_id = f.id
               WHERE f.family = OLD.family
                 AND (NEW.assignee_id IN (v.person_id, CASE WHEN f.id <> NEW.id THEN f.reporter_id END)
                      OR NEW.decided_by_id IN (v.person_id, CASE WHEN f.id <> NEW.id THEN f.reporter_id END)
                         AND (NEW.decided_by_id, NEW.decided_at) IS DISTINCT FROM (OLD.decided_by_id, OLD.decided_at)))
    THEN
        RAISE EXCEPTION 'someone named in a report does not work on it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION public.incident_named() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    head bigint;
    holder bigint;
BEGIN
    SELECT family INTO head FROM public.incidents_incident WHERE id = NEW.incident_id FOR NO KEY UPDATE;
    SELECT assignee_id INTO holder FROM public.incidents_incident WHERE id = head FOR NO KEY UPDATE;
    IF holder = NEW.person_id THEN
        RAISE EXCEPTION 'someone named in a report does not work on it' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
"""

# A task keeps its words and its case, is settled and never deleted, and leaves a closed case alone. The case is held
# meanwhile, so that none is added or opened again while its case is being closed.
TASKS = """
CREATE FUNCTION public.incident_task_kept() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    stands text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a task is settled, never deleted' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE'
        AND (NEW.incident_id, NEW.text, NEW.added_by_id) IS DISTINCT FROM (OLD.incident_id, OLD.text, OLD.added_by_id)
    THEN
        RAISE EXCEPTION 'a task does not change' USING ERRCODE = 'check_violation';
    END IF;
    SELECT status INTO stands FROM public.incidents_incident WHERE id = NEW.incident_id FOR SHARE;
    IF stands = 'closed' THEN
        RAISE EXCEPTION 'a closed case stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER incident_task_kept BEFORE INSERT OR UPDATE OR DELETE ON public.incidents_task
    FOR EACH ROW EXECUTE FUNCTION public.incident_task_kept();
"""
