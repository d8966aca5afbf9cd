"""Reply codes: how they are made, what is kept of them, and what a try costs."""

import hashlib
import hmac
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from incidents import return_codes
from incidents.models import PublicReport, ReturnKey
from incidents.operations import outside
from tests.incidents.outsiders import hashes_counted, reported_outside
from tests.vault.keys import NEW, OLD
from vault import rotation, store

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_codes")]
# Before the tests make codes quick.
IN_USE = return_codes.COST


def test_a_ticket_always_gives_the_same_sixteen_digits_and_another_ticket_others() -> None:
    codes = [return_codes.code_for(outside.fresh_ticket()) for _ in range(200)]
    assert len(set(codes)) == 200
    assert all(len(code) == 16 and code.isdigit() for code in codes)
    assert return_codes.code_for("x") == return_codes.code_for("x")


def test_every_digit_is_as_likely_in_every_place() -> None:
    key = bytes(32)
    codes = [return_codes._digits(key, f"ticket {number}") for number in range(5000)]
    for place in range(16):
        counted = Counter(code[place] for code in codes)
        # Five hundred each are expected; six standard deviations either way.
        assert all(370 < counted[digit] < 630 for digit in "0123456789"), place


def test_numbers_that_would_favour_some_codes_are_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([b"\xff" * 32, (10**16 + 7).to_bytes(8) + bytes(24)])
    monkeypatch.setattr("incidents.return_codes.hmac.digest", lambda *_args: next(drawn))
    assert return_codes._digits(bytes(32), "x") == "0000000000000007"


def test_what_is_kept_of_a_code_is_slow_to_make_and_needs_the_sealed_key(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[str, Any] = {}

    def scrypt(_code: bytes, **how: Any) -> bytes:
        asked.update(how)
        return bytes(32)

    monkeypatch.setattr(return_codes, "COST", IN_USE)
    monkeypatch.setattr("incidents.return_codes.hashlib.scrypt", scrypt)
    return_codes.kept_form("1")
    key = return_codes._key()
    assert asked["n"] >= 2**14
    assert asked["salt"] == hmac.digest(key, b"salt", "sha256")
    assert key not in bytes(ReturnKey.objects.get().sealed)


def test_neither_code_nor_ticket_nor_key_is_in_the_database() -> None:
    incident, code = reported_outside()
    digits = code.replace(" ", "")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(r)::text FROM incidents_publicreport r")
        kept = cursor.fetchone()[0]
        cursor.execute("SELECT row_to_json(i)::text FROM incidents_incident i")
        kept += cursor.fetchone()[0]
    assert digits not in kept
    assert hashlib.sha256(digits.encode()).hexdigest() not in kept
    assert incident.public_report.code_hash in kept


@pytest.mark.parametrize("between", ["", " ", "-", " – ", ".", "\n"])
def test_spaces_and_hyphens_do_not_matter(between: str) -> None:
    incident, code = reported_outside()
    found = return_codes.opened_by(f" {code.replace(' ', between)} ")
    assert found is not None
    assert found.incident == incident


@pytest.mark.parametrize(
    "typed",
    ["", "1", "0" * 16, "0" * 15, "0" * 17, "x" * 16, "\x00" * 16, "０" * 16, "١" * 16, "9" * 100_000, "no code"],
)
def test_a_wrong_a_malformed_and_an_unknown_code_cost_exactly_the_same(
    typed: str, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    reported_outside()
    hashed = hashes_counted(monkeypatch)
    with django_assert_num_queries(2):
        assert return_codes.opened_by(typed) is None
    assert len(hashed) == 1


def test_the_code_that_opens_costs_the_same_as_one_that_does_not(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    _, code = reported_outside()
    hashed = hashes_counted(monkeypatch)
    with django_assert_num_queries(2):
        assert return_codes.opened_by(code) is not None
    assert len(hashed) == 1


def test_a_report_without_a_code_is_opened_by_none() -> None:
    outside.tell_without_code(999_999, words="It was deleted.", ticket="t" * 32)
    assert PublicReport.objects.count() == 1
    assert return_codes.opened_by("no code") is None
    assert return_codes.opened_by("") is None


def test_codes_still_open_after_the_master_key_was_rotated_and_the_old_one_taken_away(settings: Settings) -> None:
    settings.VAULT_KEYS = [OLD]
    incident, code = reported_outside()
    settings.VAULT_KEYS = [NEW, OLD]
    assert [batch.failures for batch in rotation.batches(100)] == [[]]
    settings.VAULT_KEYS = [NEW]
    found = return_codes.opened_by(code)
    assert found is not None
    assert found.incident == incident


def test_there_is_one_key_for_all_codes_held_by_the_database() -> None:
    return_codes.code_for("x")
    key = store.new_key("incidents.returnkey:2")
    with pytest.raises(DatabaseError), transaction.atomic():
        ReturnKey.objects.create(id=2, key=key, sealed=b"x")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_need_the_first_key_at_once_both_get_the_same() -> None:
    gate = threading.Barrier(4)

    def make(_: int) -> str:
        gate.wait(5)
        try:
            return return_codes.code_for("same ticket")
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(make, range(4)))) == 1
    assert ReturnKey.objects.count() == 1


@pytest.mark.parametrize("change", ["UPDATE incidents_returnkey SET sealed = 'x'", "DELETE FROM incidents_returnkey"])
def test_the_key_of_all_codes_is_never_changed_or_lost(change: str) -> None:
    return_codes.code_for("a ticket")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize("change", ["SET code_hash = 'x'", "SET code_saved_at = NULL"])
def test_the_way_back_to_a_report_does_not_change_once_its_code_was_saved(change: str) -> None:
    incident, _code = reported_outside()
    assert PublicReport.objects.get(incident=incident).code_saved_at is not None
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE incidents_publicreport {change}")
