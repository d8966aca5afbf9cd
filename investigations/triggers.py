"""The trigger SQL that holds what an investigation is and that it was closed, whoever writes; used by migrations."""

from django.db.migrations import RunSQL

# The same pair as lifecycle.TABLE, written by hand: a test holds the two against each other.
INVESTIGATIONS = """
CREATE FUNCTION public.investigation_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moves text[] := ARRAY['status', 'closed_by_id', 'closed_at', 'outcome'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an investigation is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' THEN
            RAISE EXCEPTION 'an investigation begins open' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.status = 'closed' THEN
        RAISE EXCEPTION 'a closed investigation does not change' USING ERRCODE = 'restrict_violation';
    ELSIF to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'what an investigation was opened as does not change' USING ERRCODE = 'check_violation';
    ELSIF (OLD.status, NEW.status) NOT IN (('open', 'closed')) THEN
        RAISE EXCEPTION 'an investigation does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER investigation_held BEFORE INSERT OR UPDATE OR DELETE ON public.investigations_investigation
    FOR EACH ROW EXECUTE FUNCTION public.investigation_held();
CREATE TRIGGER investigation_kept BEFORE TRUNCATE ON public.investigations_investigation
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

# The share lock waits for whoever is closing it, and then sees that it is closed.
MEMBERS = """
CREATE FUNCTION public.investigation_member_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    state text;
BEGIN
    SELECT status INTO state FROM public.investigations_investigation WHERE id = NEW.investigation_id FOR SHARE;
    IF state = 'closed' THEN
        RAISE EXCEPTION 'who took part in a closed investigation stands' USING ERRCODE = 'check_violation';
    ELSIF TG_OP = 'INSERT' AND NEW.removed_at IS NOT NULL THEN
        RAISE EXCEPTION 'whoever joins an investigation takes part' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER investigation_member_held BEFORE INSERT OR UPDATE ON public.investigations_member
    FOR EACH ROW EXECUTE FUNCTION public.investigation_member_held();
CREATE TRIGGER only_ends BEFORE UPDATE OR DELETE ON public.investigations_member
    FOR EACH ROW EXECUTE FUNCTION public.people_only_ends('removed_at', 'removed_by_id');
CREATE TRIGGER investigation_member_kept BEFORE TRUNCATE ON public.investigations_member
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

_UNDO = """
DROP TRIGGER investigation_member_kept ON public.investigations_member;
DROP TRIGGER only_ends ON public.investigations_member;
DROP TRIGGER investigation_member_held ON public.investigations_member;
DROP TRIGGER investigation_kept ON public.investigations_investigation;
DROP TRIGGER investigation_held ON public.investigations_investigation;
DROP FUNCTION public.investigation_member_held(), public.investigation_held();
"""


def hold_investigations() -> RunSQL:
    """The migration step by which an investigation stays what it was opened as, and closed once it is closed."""
    return RunSQL(INVESTIGATIONS + MEMBERS, _UNDO)
