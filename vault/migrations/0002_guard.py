"""What a data key may become, held by the database whoever connects: rewrapped or destroyed, nothing else."""

from django.db import migrations

GUARD = """
CREATE FUNCTION public.vault_guard_datakey() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.destroyed_at IS NOT NULL THEN
            RAISE EXCEPTION 'A data key begins alive' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'A data key is destroyed, never deleted' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.destroyed_at IS NOT NULL THEN
        RAISE EXCEPTION 'A destroyed data key never comes back' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (NEW.id, NEW.binding, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.binding, OLD.created_at) THEN
        RAISE EXCEPTION 'A data key stays with its record' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER vault_guard_datakey BEFORE INSERT OR UPDATE OR DELETE ON public.vault_datakey
    FOR EACH ROW EXECUTE FUNCTION public.vault_guard_datakey();
CREATE TRIGGER vault_keep_datakeys BEFORE TRUNCATE ON public.vault_datakey
    FOR EACH STATEMENT EXECUTE FUNCTION public.vault_guard_datakey();
"""

UNGUARD = """
DROP TRIGGER vault_keep_datakeys ON public.vault_datakey;
DROP TRIGGER vault_guard_datakey ON public.vault_datakey;
DROP FUNCTION public.vault_guard_datakey();
"""


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [migrations.RunSQL(GUARD, UNGUARD)]
