"""A change to a person is in that person's trail, or did not happen."""

from pathlib import Path

import pytest
from django.db import transaction

from audit import trail
from audit.models import Entry
from people import changes
from people.models import User
from tests.people.personnel import DEPARTMENT, OFFICE, person, take_over, written

pytestmark = pytest.mark.django_db


def test_a_change_to_a_person_is_written_into_their_trail(dana: User) -> None:
    changes.report("person.role_granted", actor=None, user=dana, role="auditor")
    entry = trail.of(dana).get()
    assert (entry.action, entry.actor, entry.facts) == ("people.role_granted", None, {"role": "auditor"})


def test_a_change_to_many_is_written_once(dana: User) -> None:
    changes.report("people.imported", actor=dana, user=None, created=3)
    entry = Entry.objects.get()
    assert (entry.record_type, entry.actor, entry.facts) == ("", dana, {"created": 3})


def test_an_undone_change_leaves_no_trace(dana: User) -> None:
    with transaction.atomic():
        changes.report("person.deactivated", actor=None, user=dana)
        transaction.set_rollback(True)
    assert not trail.of(dana).exists()


def test_who_moves_to_another_unit_is_in_the_trail_but_not_after_a_dry_run(tmp_path: Path) -> None:
    take_over(written(tmp_path, [person(1, **OFFICE), DEPARTMENT]))
    moved = written(tmp_path, [person(1, unit_code="DHS"), DEPARTMENT])
    take_over(moved, "--dry-run")
    assert not Entry.objects.filter(action="people.moved").exists()
    take_over(moved)
    assert Entry.objects.get(action="people.moved").facts == {"employee_numbers": ["E1"]}
