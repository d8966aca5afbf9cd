"""Every message about access has its words, and none says what a request is for."""

import re

import pytest
from django.template.loader import render_to_string

from access_requests.operations import deciding, ending
from notifications import words
from notifications.models import Notice
from tests.access_requests.stage import PURPOSE, asked, cast, granted
from tests.architecture.source import ROOT

FOLDER = ROOT / "templates/email/access_requests"
REMINDERS = {"decision_due", "review_due", "removal_overdue", "runs_out"}
NAMES = sorted(file.name.removesuffix(".subject.txt") for file in FOLDER.glob("*.subject.txt"))
FACTS = {"reference": "ACC-1001", "link": "https://portal.example/access-requests/1001/"}


@pytest.mark.parametrize("name", NAMES)
def test_a_message_has_one_line_and_a_link(name: str) -> None:
    line = render_to_string(f"email/access_requests/{name}.subject.txt", FACTS).strip()
    assert line.startswith("ACC-1001: ")
    assert "\n" not in line
    if name not in REMINDERS:
        assert FACTS["link"] in render_to_string(f"email/access_requests/{name}.txt", FACTS)


def test_every_message_that_is_sent_has_its_words() -> None:
    sources = [ROOT / "access_requests/notices.py", *(ROOT / "access_requests/operations").glob("*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    named = set(re.findall(r"(?:tell|telling|tell_requester|tell_security|_reminder)\(\s*\"([a-z_]+)\"", text))
    assert len(named) > 10
    assert named <= set(NAMES)


@pytest.mark.django_db
def test_what_is_told_names_the_request_and_never_its_purpose() -> None:
    people = cast()
    deciding.decline(asked(people.erin), actor=people.sam, words="Public viewing is enough.")
    ending.finish(granted(people.erin, people.ivan), actor=people.erin)
    told = Notice.objects.filter(template__startswith="access_requests/")
    assert told.count() > 8
    for notice in told:
        said = words.line(notice) + words.text(notice)
        assert notice.reference in said
        assert not any(purpose in said for purpose in (*PURPOSE.values(), "Public viewing"))
