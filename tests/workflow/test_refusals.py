"""What the database refuses is told as a refusal; what merely failed is not."""

import pytest
from django.db import DatabaseError, connection, transaction

from workflow.decisions import Denied, Refused
from workflow.refusals import AT_ONCE, MOVED_ON, denied_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("code", "denied"),
    [
        ("23514", MOVED_ON),
        ("P0001", MOVED_ON),
        ("40001", AT_ONCE),
        ("40P01", AT_ONCE),
        ("23505", None),
        ("22003", None),
    ],
)
def test_each_way_the_database_says_no_has_its_sentence(code: str, denied: Denied | None) -> None:
    with pytest.raises(DatabaseError) as raised, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '{code}'; END $$")
    assert denied_by(raised.value) is denied


def test_a_rules_refusal_speaks_for_itself_and_a_mistake_is_none() -> None:
    denied = Denied("Not today.")
    assert denied_by(Refused(denied, action="incident.take")) is denied
    assert denied_by(ValueError("x")) is None
