"""The trigger SQL that holds a request's states, what was asked for, and each turn, whoever writes; for migrations."""

from django.db.migrations import RunSQL

# The same pairs as lifecycle.TABLE and ENDS_BY_ITSELF, written by hand: a test holds the two against each other.
REQUESTS = """
CREATE FUNCTION public.access_request_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked text[] := ARRAY['sites', 'wanted', 'task', 'why_sign_in', 'investigation_id', 'case_number', 'starts_on',
        'ends_on', 'device'];
    granted text[] := ARRAY['granted_by_id', 'granted_at', 'provided_on', 'provided_what', 'provided_where'];
    moves text[] := ARRAY['status', 'submitted_at', 'round', 'unit_id', 'granted_sites', 'until', 'review_on',
        'ended_by_id', 'ended_at', 'end_reason', 'end_words', 'removal_due_at', 'removed_by_id', 'removed_at',
        'removed_on', 'removed_where'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a request for access is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' OR NEW.round <> 0 OR coalesce(NEW.granted_by_id, NEW.ended_by_id) IS NOT NULL THEN
            RAISE EXCEPTION 'a request for access begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF OLD.status IN ('ended', 'declined', 'withdrawn') THEN
        RAISE EXCEPTION 'a request for access that is over does not change' USING ERRCODE = 'restrict_violation';
    ELSIF NEW.status <> OLD.status AND (OLD.status, NEW.status) NOT IN (
        ('draft', 'submitted'), ('returned', 'submitted'), ('draft', 'withdrawn'), ('returned', 'withdrawn'),
        ('submitted', 'withdrawn'), ('approved', 'withdrawn'), ('submitted', 'approved'), ('submitted', 'returned'),
        ('submitted', 'declined'), ('submitted', 'ended'), ('returned', 'ended'), ('approved', 'ended'),
        ('approved', 'active'), ('active', 'ending'), ('ending', 'ended')
    ) THEN
        RAISE EXCEPTION 'a request for access does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    ELSIF OLD.status NOT IN ('draft', 'returned') AND to_jsonb(NEW) - moves - granted
        IS DISTINCT FROM to_jsonb(OLD) - moves - granted THEN
        RAISE EXCEPTION 'what was asked for does not change' USING ERRCODE = 'check_violation';
    ELSIF to_jsonb(NEW) - moves - granted - asked IS DISTINCT FROM to_jsonb(OLD) - moves - granted - asked THEN
        RAISE EXCEPTION 'whose request it is does not change' USING ERRCODE = 'check_violation';
    ELSIF NOT (OLD.status = 'approved' AND NEW.status = 'active')
        AND (NEW.granted_by_id, NEW.granted_at, NEW.provided_on, NEW.provided_what, NEW.provided_where)
        IS DISTINCT FROM
            (OLD.granted_by_id, OLD.granted_at, OLD.provided_on, OLD.provided_what, OLD.provided_where) THEN
        RAISE EXCEPTION 'a grant stands as it was confirmed' USING ERRCODE = 'check_violation';
    ELSIF NEW.round < OLD.round OR NEW.status = 'submitted' AND OLD.status <> 'submitted' AND NEW.round = OLD.round THEN
        RAISE EXCEPTION 'each sending goes through the whole chain' USING ERRCODE = 'check_violation';
    ELSIF OLD.status = 'submitted' AND (coalesce(NEW.until, 'infinity') > OLD.until
        OR NOT NEW.granted_sites <@ OLD.granted_sites) THEN
        RAISE EXCEPTION 'whoever decides only narrows what was asked for' USING ERRCODE = 'check_violation';
    ELSIF OLD.status NOT IN ('draft', 'returned', 'submitted')
        AND (NEW.until, NEW.granted_sites) IS DISTINCT FROM (OLD.until, OLD.granted_sites) THEN
        RAISE EXCEPTION 'what was approved does not change' USING ERRCODE = 'check_violation';
    ELSIF OLD.ended_at IS NOT NULL AND (NEW.ended_at, NEW.ended_by_id, NEW.end_reason, NEW.end_words)
        IS DISTINCT FROM (OLD.ended_at, OLD.ended_by_id, OLD.end_reason, OLD.end_words) THEN
        RAISE EXCEPTION 'why it ended does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_request_held BEFORE INSERT OR UPDATE OR DELETE ON public.access_requests_accessrequest
    FOR EACH ROW EXECUTE FUNCTION public.access_request_held();
CREATE TRIGGER access_request_kept BEFORE TRUNCATE ON public.access_requests_accessrequest
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

TURNS = """
CREATE FUNCTION public.access_turn_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    closes text[] := ARRAY['outcome', 'closed_at', 'code', 'words', 'until', 'sites'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a turn is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.outcome <> '' THEN
            RAISE EXCEPTION 'a turn begins undecided' USING ERRCODE = 'check_violation';
        ELSIF EXISTS (
            SELECT FROM public.access_requests_accessrequest
            WHERE id = NEW.request_id AND requester_id IN (NEW.person_id, NEW.acting_for_id)
        ) THEN
            RAISE EXCEPTION 'nobody decides about their own request' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.outcome <> '' THEN
        RAISE EXCEPTION 'a decision does not change' USING ERRCODE = 'restrict_violation';
    ELSIF to_jsonb(NEW) - closes - 'due_at' IS DISTINCT FROM to_jsonb(OLD) - closes - 'due_at' THEN
        RAISE EXCEPTION 'whose turn it is does not change; give the next one' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_turn_held BEFORE INSERT OR UPDATE OR DELETE ON public.access_requests_turn
    FOR EACH ROW EXECUTE FUNCTION public.access_turn_held();
CREATE TRIGGER access_turn_kept BEFORE TRUNCATE ON public.access_requests_turn
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

# Asked at the end of the transaction, in which the state and the turn change together.
APPROVALS = """
CREATE FUNCTION public.access_request_approved() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT outcome FROM public.access_requests_turn
        WHERE request_id = NEW.id AND round = NEW.round ORDER BY id DESC LIMIT 1) IS DISTINCT FROM 'approved' THEN
        RAISE EXCEPTION 'silence approves nothing: the last one asked must approve' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER access_request_approved AFTER UPDATE OF status ON public.access_requests_accessrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'approved' AND OLD.status = 'submitted')
    EXECUTE FUNCTION public.access_request_approved();
"""

TOKENS = """
CREATE FUNCTION public.access_token_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changes text[] := ARRAY['last_read_at', 'revoked_at', 'revoked_by_id'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.revoked_at IS NOT NULL OR to_jsonb(NEW) - changes <> to_jsonb(OLD) - changes THEN
        RAISE EXCEPTION 'a token is only read with, and revoked once' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER access_token_held BEFORE UPDATE OR DELETE ON public.access_requests_feedtoken
    FOR EACH ROW EXECUTE FUNCTION public.access_token_held();
ALTER TABLE public.access_requests_accessrequest ALTER COLUMN id SET START WITH 1001 RESTART;
"""

_UNDO = """
DROP TRIGGER access_token_held ON public.access_requests_feedtoken;
DROP TRIGGER access_request_approved ON public.access_requests_accessrequest;
DROP TRIGGER access_turn_kept ON public.access_requests_turn;
DROP TRIGGER access_turn_held ON public.access_requests_turn;
DROP TRIGGER access_request_kept ON public.access_requests_accessrequest;
DROP TRIGGER access_request_held ON public.access_requests_accessrequest;
DROP FUNCTION public.access_request_approved(), public.access_token_held(), public.access_turn_held(),
    public.access_request_held();
"""


def hold_access() -> RunSQL:
    """The migration step by which states, decisions and grants stand as they were written."""
    return RunSQL(REQUESTS + TURNS + APPROVALS + TOKENS, _UNDO)
