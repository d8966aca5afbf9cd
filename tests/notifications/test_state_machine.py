"""What the database refuses whoever asks."""

from typing import Any

import pytest
from django.db import IntegrityError, connections, transaction
from django.db.models import F
from django.db.models.functions import Now

from notifications.models import Mail, Notice
from tests.conftest import At
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db

CLAIM: dict[str, Any] = {"mail": Mail.CLAIMED, "attempts": F("attempts") + 1}
A_TIME = "2026-01-01T00:00Z"
WAYS: dict[str, list[dict[str, Any]]] = {
    Mail.OWED: [],
    Mail.CLAIMED: [CLAIM],
    Mail.FAILED: [CLAIM, {"mail": Mail.FAILED}],
    Mail.SENT: [CLAIM, {"mail": Mail.SENT, "sent_at": Now()}],
    Mail.DEAD: [CLAIM, {"mail": Mail.DEAD}],
    Mail.NONE: [CLAIM, {"mail": Mail.NONE}],
}
ALLOWED = {
    (Mail.OWED, Mail.CLAIMED),
    (Mail.FAILED, Mail.CLAIMED),
    (Mail.CLAIMED, Mail.CLAIMED),
    (Mail.CLAIMED, Mail.SENT),
    (Mail.CLAIMED, Mail.FAILED),
    (Mail.CLAIMED, Mail.DEAD),
    (Mail.CLAIMED, Mail.NONE),
    (Mail.DEAD, Mail.OWED),
}


def change(notice: Notice, **fields: Any) -> None:
    with transaction.atomic():
        Notice.objects.filter(pk=notice.pk).update(**fields)


def move(target: Mail) -> dict[str, Any]:
    attempts = {Mail.CLAIMED: F("attempts") + 1, Mail.OWED: 0}.get(target, F("attempts"))
    return {"mail": target, "attempts": attempts, "sent_at": Now() if target == Mail.SENT else None}


@pytest.mark.parametrize("target", WAYS)
@pytest.mark.parametrize("source", WAYS)
def test_mail_goes_only_the_ways_there_are(source: Mail, target: Mail) -> None:
    notice = told()
    for step in WAYS[source]:
        change(notice, **step)
    if (source, target) in ALLOWED:
        change(notice, **move(target))
        assert Notice.objects.get().mail == target
    else:
        with pytest.raises(IntegrityError, match=f"does not go from {source} to {target}"):
            change(notice, **move(target))


@pytest.mark.parametrize(
    "fields",
    [
        {"url": "/"},
        {"template": "tests/other"},
        {"reference": "INC-2"},
        {"facts": {"from_whom": "nobody"}},
        {"event_key": "other"},
        {"message_id": "<other@here>"},
        {"created_at": "2020-01-01T00:00Z"},
    ],
)
def test_what_was_told_never_changes(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="does not change"):
        change(told(), **fields)


def test_to_whom_it_was_told_never_changes() -> None:
    with pytest.raises(IntegrityError, match="does not change"):
        change(told(), recipient=employee("Olga Officer"))


def test_a_notice_once_read_stays_read() -> None:
    notice = told()
    change(notice, read_at=Now())
    with pytest.raises(IntegrityError, match="read once"):
        change(notice, read_at=None)


def test_no_attempt_goes_uncounted() -> None:
    with pytest.raises(IntegrityError, match="counted"):
        change(told(), mail=Mail.CLAIMED)


def test_sent_mail_has_a_time() -> None:
    notice = told()
    change(notice, **CLAIM)
    with pytest.raises(IntegrityError, match="sent_mail_has_a_time"):
        change(notice, mail=Mail.SENT)


@pytest.mark.parametrize(
    "fields",
    [
        {"mail": Mail.SENT, "sent_at": A_TIME},
        {"mail": Mail.DEAD},
        {"attempts": 3},
        {"read_at": A_TIME},
    ],
)
def test_a_notice_begins_unread_and_unsent(fields: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match="begins unread and unsent"), transaction.atomic():
        Notice.objects.create(recipient=employee(), event_key="x", template="tests/told", url="/", **fields)


def test_the_portal_cannot_back_date_a_notice(at: At) -> None:
    with at("2025-11-25 10:00"):
        notice = told()
    assert notice.created_at.year > 2025


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
def test_the_demos_loader_can(at: At) -> None:
    person = employee()
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.held_at', '2025-11-25T10:00Z', false)")
        Notice.objects.using("owner").create(recipient_id=person.pk, event_key="x", template="tests/told", url="/")
        cursor.execute("SELECT set_config('portal.held_at', '', false)")
    assert Notice.objects.get().created_at.isoformat() == "2025-11-25T10:00:00+00:00"
