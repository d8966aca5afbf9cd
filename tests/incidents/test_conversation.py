"""Messages sent twice, and numbers sent again with other words."""

import uuid

import pytest

from incidents.models import Message
from tests.incidents.stage import analyst, browser, case_url, reported
from tests.personas import employee

pytestmark = pytest.mark.django_db


def test_a_double_click_is_one_message() -> None:
    erin = employee()
    incident, number = reported(erin), uuid.uuid4()
    for _ in range(2):
        sent = {"body": "Only once.", "submission": number}
        assert browser(erin).post(case_url(incident, "my_reply"), sent).status_code == 302
    assert Message.objects.count() == 1


def test_other_words_under_a_used_number_are_kept_as_a_message_of_their_own_and_once() -> None:
    ana, incident, number = analyst(), reported(), uuid.uuid4()
    for words in ("The first.", "The second.", "The second."):
        sent = {"body": words, "submission": number}
        assert browser(ana).post(case_url(incident, "say_thread"), sent).status_code == 302
    assert [message.body for message in incident.messages.order_by("pk")] == ["The first.", "The second."]


def test_a_used_number_comes_back_as_a_note_on_another_case_and_from_another_person() -> None:
    ana, bea, number = analyst(), analyst("Bea Analyst"), uuid.uuid4()
    first, second = reported(), reported()
    sent = {"body": "The same words.", "submission": number}
    steps = [
        (ana, first, "say_thread"),
        (ana, first, "say_office"),
        (ana, second, "say_thread"),
        (bea, first, "say_thread"),
    ]
    for person, incident, place in steps:
        assert browser(person).post(case_url(incident, place), sent).status_code == 302
    kept = Message.objects.order_by("pk").values_list("author", "incident", "audience")
    assert list(kept) == [
        (ana.pk, first.pk, "thread"),
        (ana.pk, first.pk, "office"),
        (ana.pk, second.pk, "thread"),
        (bea.pk, first.pk, "thread"),
    ]
