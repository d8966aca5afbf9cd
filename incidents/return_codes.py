"""Reply codes: sixteen digits that open a report made without signing in, and of which only a hash is kept."""

import hashlib
import hmac
import re
import secrets

from django.db import connection, transaction

from incidents.models import PublicReport, ReturnKey
from vault import store

DIGITS = 16
BINDING = "incidents.returnkey:1"
KEY_BYTES = 32
# What one try costs whoever guesses: some fifty milliseconds and sixteen mebibytes.
COST = 2**14
_LOCK = 4023
_ONE_NUMBER = 8
_KEPT_APART = re.compile(r"[\s.\-‐‑‒–—]")
_LONGEST_TYPED = 100


def code_for(ticket: str) -> str:
    """The code that belongs to a form's ticket: the same whenever it is asked, every code as likely as any other."""
    return _digits(_key(), ticket)


def kept_form(code: str) -> str:
    """What is kept of a code; without the return key, nobody can try codes out on a copy of the database."""
    return _slow_hash(_key(), code)


def opened_by(typed: str) -> PublicReport | None:
    """The report that this code opens, if any: one slow hash and one look, whatever was typed."""
    code = _KEPT_APART.sub("", typed[:_LONGEST_TYPED])
    # What is no code is hashed as well, as words that no report was ever kept under.
    tried = code if re.fullmatch(rf"[0-9]{{{DIGITS}}}", code) else "no code"
    found = PublicReport.objects.select_related("incident").filter(code_hash=kept_form(tried))
    return found.first()


def opens_nothing() -> str:
    """What is kept for a report to which no code belongs; it costs as much as keeping one."""
    return kept_form(secrets.token_hex(KEY_BYTES))


def in_groups(code: str) -> list[str]:
    """The code as people write it down: four groups of four digits."""
    return [code[start : start + 4] for start in range(0, DIGITS, 4)]


def _digits(key: bytes, ticket: str) -> str:
    # Numbers above the last whole multiple are passed over: with them some codes would be likelier than others.
    fair = 2 ** (8 * _ONE_NUMBER) // 10**DIGITS * 10**DIGITS
    attempt = 0
    while True:
        drawn = hmac.digest(key, f"code {attempt} {ticket}".encode(), hashlib.sha256)
        number = int.from_bytes(drawn[:_ONE_NUMBER])
        if number < fair:
            return f"{number % 10**DIGITS:0{DIGITS}}"
        attempt += 1


def _slow_hash(key: bytes, code: str) -> str:
    salt = hmac.digest(key, b"salt", hashlib.sha256)
    return hashlib.scrypt(code.encode(), salt=salt, n=COST, r=8, p=1, dklen=32).hex()


def _key() -> bytes:
    row = _row() or _made()
    return store.unseal(row.key, row.sealed, binding=BINDING)


def _row() -> ReturnKey | None:
    return ReturnKey.objects.select_related("key").first()


@transaction.atomic
def _made() -> ReturnKey:
    # Of two who need the first one at once, the second waits here and then finds the first one's.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    if (found := _row()) is not None:
        return found
    key = store.new_key(BINDING)
    return ReturnKey.objects.create(key=key, sealed=store.seal(key, secrets.token_bytes(KEY_BYTES)))
