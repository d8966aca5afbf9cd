"""The trigger SQL that holds published text, its approval and what was asked, whoever writes; used by migrations."""

from django.db.migrations import RunSQL

# The same pairs as lifecycle.TABLE, written by hand: a test holds the two against each other.
VERSIONS = """
CREATE FUNCTION public.policy_version_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET datestyle = 'ISO, YMD' AS $$
DECLARE
    moves text[] := ARRAY['status', 'approved_by_id', 'approved_at', 'number', 'published_by_id', 'published_at',
        'sha256', 'effective_on'];
    writes text[] := ARRAY['title', 'body', 'summary', 'effective_on', 'revision', 'imported_from'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a version of a policy is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' OR coalesce(NEW.approved_by_id, NEW.published_by_id) IS NOT NULL THEN
            RAISE EXCEPTION 'a version of a policy begins as a draft' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF OLD.status IN ('published', 'discarded') THEN
        RAISE EXCEPTION 'a % version of a policy does not change', OLD.status USING ERRCODE = 'restrict_violation';
    ELSIF OLD.status = NEW.status THEN
        IF OLD.status <> 'draft' OR to_jsonb(NEW) - writes IS DISTINCT FROM to_jsonb(OLD) - writes THEN
            RAISE EXCEPTION 'only the text of a draft changes' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF (OLD.status, NEW.status) NOT IN (
        ('draft', 'in_review'), ('draft', 'discarded'), ('in_review', 'draft'), ('in_review', 'approved'),
        ('approved', 'draft'), ('approved', 'published')
    ) THEN
        RAISE EXCEPTION 'a version of a policy does not go from % to %', OLD.status, NEW.status
            USING ERRCODE = 'check_violation';
    ELSIF to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'what was reviewed does not change on the way' USING ERRCODE = 'check_violation';
    ELSIF NEW.effective_on IS DISTINCT FROM OLD.effective_on
        AND NOT (NEW.status = 'published' AND OLD.effective_on IS NULL) THEN
        RAISE EXCEPTION 'the day a version takes effect was reviewed too' USING ERRCODE = 'check_violation';
    ELSIF NEW.status NOT IN ('approved', 'published') AND NEW.approved_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'what goes back is approved anew' USING ERRCODE = 'check_violation';
    ELSIF NEW.status <> 'published' AND NEW.published_by_id IS NOT NULL THEN
        RAISE EXCEPTION 'what is not published has no publisher' USING ERRCODE = 'check_violation';
    ELSIF NEW.status = 'approved' AND EXISTS (
        SELECT FROM public.policies_contribution WHERE version_id = NEW.id AND person_id = NEW.approved_by_id
    ) THEN
        RAISE EXCEPTION 'nobody approves a draft they wrote in' USING ERRCODE = 'check_violation';
    ELSIF NEW.status = 'published' THEN
        PERFORM public.policy_version_fits(NEW);
        IF (NEW.approved_by_id, NEW.approved_at) IS DISTINCT FROM (OLD.approved_by_id, OLD.approved_at) THEN
            RAISE EXCEPTION 'an approval stands as it was given' USING ERRCODE = 'check_violation';
        END IF;
        NEW.sha256 := encode(sha256(public.audit_canonical(
            (SELECT number FROM public.policies_document WHERE id = NEW.document_id), NEW.number::text, NEW.title,
            NEW.effective_on::text, NEW.summary, NEW.body)), 'hex');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_version_held BEFORE INSERT OR UPDATE OR DELETE ON public.policies_version
    FOR EACH ROW EXECUTE FUNCTION public.policy_version_held();
CREATE TRIGGER policy_version_kept BEFORE TRUNCATE ON public.policies_version
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

# History is not rewritten: each version follows the one before, and only a policy's first may come from before.
FITS = """
CREATE FUNCTION public.policy_version_fits(version public.policies_version) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $$
DECLARE
    last record;
BEGIN
    SELECT number, effective_on INTO last FROM public.policies_version
        WHERE document_id = version.document_id AND status = 'published' ORDER BY number DESC LIMIT 1;
    IF btrim(version.title) = '' THEN
        RAISE EXCEPTION 'what is published has a title' USING ERRCODE = 'check_violation';
    ELSIF version.number IS DISTINCT FROM coalesce(last.number, 0) + 1 THEN
        RAISE EXCEPTION 'versions are numbered in their order' USING ERRCODE = 'check_violation';
    ELSIF last.number IS NOT NULL AND version.effective_on <
        greatest(last.effective_on, (version.published_at - interval '1 day')::date) THEN
        RAISE EXCEPTION 'a later version does not take effect in the past' USING ERRCODE = 'check_violation';
    END IF;
END $$;
"""

DOCUMENTS = """
CREATE FUNCTION public.policy_document_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a policy is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.in_force_id IS NOT NULL THEN
            RAISE EXCEPTION 'a policy begins without a version' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
    ELSIF (NEW.number, NEW.started_at) IS DISTINCT FROM (OLD.number, OLD.started_at) THEN
        RAISE EXCEPTION 'the number of a policy stands' USING ERRCODE = 'check_violation';
    ELSIF NEW.in_force_id IS DISTINCT FROM OLD.in_force_id AND NOT EXISTS (
        SELECT FROM public.policies_version
        WHERE id = NEW.in_force_id AND document_id = NEW.id AND status = 'published'
    ) THEN
        RAISE EXCEPTION 'only a published version of its own is in force' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_document_held BEFORE INSERT OR UPDATE OR DELETE ON public.policies_document
    FOR EACH ROW EXECUTE FUNCTION public.policy_document_held();
"""

QUESTIONS = """
CREATE FUNCTION public.policy_question_held() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moves text[] := ARRAY['status', 'holder_id', 'acting_for_id', 'due_at', 'answer', 'answered_by_id', 'answered_at'];
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a question is never deleted' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'open' THEN
            RAISE EXCEPTION 'a question begins open' USING ERRCODE = 'check_violation';
        END IF;
    ELSIF OLD.status <> 'open' THEN
        RAISE EXCEPTION 'an answered or withdrawn question does not change' USING ERRCODE = 'restrict_violation';
    ELSIF to_jsonb(NEW) - moves IS DISTINCT FROM to_jsonb(OLD) - moves THEN
        RAISE EXCEPTION 'what was asked does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER policy_question_held BEFORE INSERT OR UPDATE OR DELETE ON public.policies_question
    FOR EACH ROW EXECUTE FUNCTION public.policy_question_held();
CREATE TRIGGER only_ends BEFORE UPDATE OR DELETE ON public.policies_publishedanswer
    FOR EACH ROW EXECUTE FUNCTION public.people_only_ends('withdrawn_at', 'withdrawn_by_id');
CREATE TRIGGER policy_answer_kept BEFORE TRUNCATE ON public.policies_publishedanswer
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
CREATE TRIGGER policy_question_kept BEFORE TRUNCATE ON public.policies_question
    FOR EACH STATEMENT EXECUTE FUNCTION public.audit_refuse();
"""

_UNDO = """
DROP TRIGGER policy_question_kept ON public.policies_question;
DROP TRIGGER policy_answer_kept ON public.policies_publishedanswer;
DROP TRIGGER only_ends ON public.policies_publishedanswer;
DROP TRIGGER policy_question_held ON public.policies_question;
DROP TRIGGER policy_document_held ON public.policies_document;
DROP TRIGGER policy_version_kept ON public.policies_version;
DROP TRIGGER policy_version_held ON public.policies_version;
DROP FUNCTION public.policy_question_held(), public.policy_document_held(), public.policy_version_held(),
    public.policy_version_fits(public.policies_version);
"""


def hold_the_library() -> RunSQL:
    """The migration step by which published text stays as it is, and questions keep what was asked."""
    return RunSQL(FITS + VERSIONS + DOCUMENTS + QUESTIONS, _UNDO)
