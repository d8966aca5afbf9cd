"""What may become of a file's row, held by the database whoever connects: moved once, removed once, nothing else."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.attachments_guard() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changing text[] := '{removed_at,moved_at,record_type,record_id}';
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.removed_at IS NOT NULL OR NEW.moved_at IS NOT NULL THEN
            RAISE EXCEPTION 'A file begins neither moved nor removed' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'A file''s row is never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.removed_at IS NOT NULL THEN
        RAISE EXCEPTION 'A removed file never comes back' USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(NEW) - changing IS DISTINCT FROM to_jsonb(OLD) - changing THEN
        RAISE EXCEPTION 'A file''s row cannot be edited' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.record_type, NEW.record_id, NEW.moved_at) IS DISTINCT FROM (OLD.record_type, OLD.record_id, OLD.moved_at)
        AND (OLD.moved_at IS NOT NULL OR NEW.moved_at IS NULL) THEN
        RAISE EXCEPTION 'A file moves once, and the moment is kept' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER attachments_guard BEFORE INSERT OR UPDATE OR DELETE ON public.attachments_attachment
    FOR EACH ROW EXECUTE FUNCTION public.attachments_guard();
CREATE TRIGGER attachments_keep BEFORE TRUNCATE ON public.attachments_attachment
    FOR EACH STATEMENT EXECUTE FUNCTION public.attachments_guard();
"""

UNGUARD = """
DROP TRIGGER attachments_keep ON public.attachments_attachment;
DROP TRIGGER attachments_guard ON public.attachments_attachment;
DROP FUNCTION public.attachments_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
