"""What the database itself holds about notices: how one begins, what of it may change, and in which order."""

from django.db import migrations

BEGINS = """
CREATE FUNCTION public.notice_begins() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    held text := coalesce(current_setting('portal.held_at', true), '');
BEGIN
    IF NEW.mail NOT IN ('owed', 'none', 'grouped') OR NEW.attempts <> 0 OR NEW.claimed_at IS NOT NULL
        OR NEW.digest_id IS NOT NULL OR NEW.read_at IS NOT NULL THEN
        RAISE EXCEPTION 'A notice begins unread and unsent' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    NEW.created_at := clock_timestamp();
    NEW.next_attempt_at := NEW.created_at;
    -- Only the loader of a demonstration's past connects as the owner.
    IF held <> '' AND session_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        NEW.created_at := held::timestamptz;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notice_begins BEFORE INSERT ON public.notifications_notice
    FOR EACH ROW EXECUTE FUNCTION public.notice_begins();
"""

NOT_BEGINS = """
DROP TRIGGER notice_begins ON public.notifications_notice;
DROP FUNCTION public.notice_begins();
"""

CHANGES = """
CREATE FUNCTION public.notice_changes() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.event_key, NEW.recipient_id, NEW.kind, NEW.template, NEW.reference, NEW.url, NEW.facts,
        NEW.due_at, NEW.created_at, NEW.message_id) IS DISTINCT FROM
       (OLD.id, OLD.event_key, OLD.recipient_id, OLD.kind, OLD.template, OLD.reference, OLD.url, OLD.facts,
        OLD.due_at, OLD.created_at, OLD.message_id) THEN
        RAISE EXCEPTION 'What was told, and to whom, does not change'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF (OLD.read_at IS NOT NULL AND NEW.read_at IS DISTINCT FROM OLD.read_at)
        OR (OLD.digest_id IS NOT NULL AND NEW.digest_id IS DISTINCT FROM OLD.digest_id) THEN
        RAISE EXCEPTION 'A notice is read once and grouped once' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notice_changes BEFORE UPDATE ON public.notifications_notice
    FOR EACH ROW EXECUTE FUNCTION public.notice_changes();
"""

NOT_CHANGES = """
DROP TRIGGER notice_changes ON public.notifications_notice;
DROP FUNCTION public.notice_changes();
"""

# Claimed follows claimed when a lost worker's lease has run out; only a dead letter starts over.
MOVES = """
CREATE FUNCTION public.notice_moves() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.mail || ' ' || NEW.mail NOT IN (
        'owed claimed', 'failed claimed', 'claimed claimed', 'claimed sent', 'claimed failed', 'claimed dead',
        'claimed none', 'dead owed') THEN
        RAISE EXCEPTION 'Mail does not go from % to %', OLD.mail, NEW.mail
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.attempts <> (
        CASE NEW.mail WHEN 'claimed' THEN OLD.attempts + 1 WHEN 'owed' THEN 0 ELSE OLD.attempts END) THEN
        RAISE EXCEPTION 'Every attempt is counted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER notice_moves BEFORE UPDATE OF mail, attempts, sent_at ON public.notifications_notice
    FOR EACH ROW EXECUTE FUNCTION public.notice_moves();
"""

NOT_MOVES = """
DROP TRIGGER notice_moves ON public.notifications_notice;
DROP FUNCTION public.notice_moves();
"""


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.RunSQL(BEGINS, NOT_BEGINS),
        migrations.RunSQL(CHANGES, NOT_CHANGES),
        migrations.RunSQL(MOVES, NOT_MOVES),
    ]
