"""What the database itself holds about people: how they are found, and that grants and absences are only ever ended."""

import unicodedata

from django.db import migrations


def _folded(letter: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter.lower()) if not unicodedata.combining(c))
    return plain if len(plain) == 1 else letter.lower()


# Independent of the server's locale, and without any extension: Latin letters lose their accents and capitals.
_LETTERS = [c for c in map(chr, range(0xC0, 0x180)) if c.isalpha() and len(_folded(c)) == 1]
_SIGNS = "_-.,+/()\u2018\u2019"
_FROM = "".join(_LETTERS) + _SIGNS
_TO = "".join(map(_folded, _LETTERS)) + " " * len(_SIGNS)

FINDING = f"""
CREATE FUNCTION public.people_words(name text, email text, number text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp AS $$
    SELECT to_tsvector('pg_catalog.simple', translate(
        lower(replace(name, '''', ' ') || ' ' || split_part(email, '@', 1) || ' ' || number), '{_FROM}', '{_TO}'))
$$;

-- No field of the model: a page never needs it, and a row of the session's person is read on every request.
ALTER TABLE public.people_user ADD COLUMN words tsvector
    GENERATED ALWAYS AS (public.people_words(name, email, employee_number)) STORED;
CREATE INDEX people_user_words ON public.people_user USING gin (words);
"""

NOT_FINDING = """
ALTER TABLE people_user DROP COLUMN words;
DROP FUNCTION public.people_words(text, text, text);
"""

# The columns named as arguments may be filled in once; nothing else ever changes.
ENDING = """
CREATE FUNCTION public.people_only_ends() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION '% keeps its history: DELETE refused', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF to_jsonb(OLD) ->> TG_ARGV[0] IS NOT NULL OR to_jsonb(NEW) ->> TG_ARGV[0] IS NULL
        OR to_jsonb(NEW) - TG_ARGV::text[] <> to_jsonb(OLD) - TG_ARGV::text[] THEN
        RAISE EXCEPTION '% may only be ended, and once', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER only_ends BEFORE UPDATE OR DELETE ON public.people_rolegrant
    FOR EACH ROW EXECUTE FUNCTION public.people_only_ends('revoked_at', 'revoked_by_id');

CREATE TRIGGER only_ends BEFORE UPDATE OR DELETE ON public.people_delegation
    FOR EACH ROW EXECUTE FUNCTION public.people_only_ends('ended_at');

ALTER TABLE public.people_delegation ADD CONSTRAINT delegation_one_at_a_time EXCLUDE USING gist (
    int8range(delegator_id, delegator_id, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&
) WHERE (ended_at IS NULL);
"""

NOT_ENDING = """
ALTER TABLE public.people_delegation DROP CONSTRAINT delegation_one_at_a_time;
DROP TRIGGER only_ends ON public.people_delegation;
DROP TRIGGER only_ends ON public.people_rolegrant;
DROP FUNCTION public.people_only_ends();
"""

# Where an import stands within its transaction; outside of one it is empty.
INCOMING = """
CREATE UNLOGGED TABLE public.people_incoming (
    line integer PRIMARY KEY, email text NOT NULL, name text NOT NULL, employee_number text NOT NULL UNIQUE,
    title text NOT NULL, county text NOT NULL, unit_code text NOT NULL, supervisor_number text NOT NULL,
    active boolean NOT NULL, unit_id bigint, user_id bigint, changed boolean NOT NULL DEFAULT false
);
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(FINDING, NOT_FINDING),
        migrations.RunSQL(ENDING, NOT_ENDING),
        migrations.RunSQL(INCOMING, "DROP TABLE people_incoming;"),
    ]
