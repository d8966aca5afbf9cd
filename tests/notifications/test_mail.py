"""What a message says, and what it keeps to itself."""

import pytest
from django.core import mail as outgoing
from pytest_django import Settings

from notifications import delivery
from notifications.mail import compose
from notifications.models import Mail, Notice
from tests.notifications.telling import told
from tests.personas import employee

pytestmark = pytest.mark.django_db


def test_a_message_is_a_sentence_a_link_and_the_frame(settings: Settings) -> None:
    settings.SITE_URL, settings.DEPARTMENT = "https://portal.dhs.example", "Department of Tests"
    message = compose(told(employee("Zoë O'Hara & Sons"), from_whom="<the Privacy Office>"))
    assert message.subject == "INC-1 has news for you"
    assert message.body.startswith(
        "Zoë O'Hara & Sons,\n\nThere is news about INC-1 from <the Privacy Office>.\n\n"
        "https://portal.dhs.example/incidents/INC-1/\n\n-- \nDepartment of Tests, "
    )


def test_a_message_is_plain_text_and_says_that_a_program_sent_it() -> None:
    notice = told()
    message = compose(notice).message()
    assert message.get_content_type() == "text/plain"
    assert (message["Auto-Submitted"], message["Message-ID"]) == ("auto-generated", notice.message_id)


def test_no_fact_can_stand_in_for_the_link_or_the_name() -> None:
    notice = told(employee("Rita Reporter"), link="https://evil.example/", recipient_name="Somebody Else")
    body = compose(notice).body
    assert "evil.example" not in body
    assert body.startswith("Rita Reporter,")


@pytest.mark.parametrize("reference", ["INC-1\nBcc: all@dhs.example", "INC-1\r\nX: y", "INC-1\rX: y"])
def test_a_subject_with_a_line_break_is_refused(reference: str) -> None:
    notice = told(reference=reference)
    delivery.deliver(notice.pk)
    assert (Notice.objects.get().mail, outgoing.outbox) == (Mail.DEAD, [])
