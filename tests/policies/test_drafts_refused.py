"""Who is refused what on the pages for writers: in words on a page, and written down."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from audit.models import Entry
from people.models import Role, User
from policies.models import Document, Remark, Version
from policies.operations import publishing
from tests.personas import employee
from tests.policies.stage import approved, approver, browser, draft, published
from workflow import clock

pytestmark = pytest.mark.django_db
BEGIN_NONE = "Only the communications office, counsel, Privacy Officers and office heads begin a policy."
NEITHER_WRITER_NOR_OWNER = "Only those who write policies and the owner of this one begin a new version."
WRITES_NONE = "Only those who write policies and the owner of this one change its drafts."
REVIEWS_NONE = "Only counsel, Privacy Officers and office heads review drafts."


def _now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def _url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=args)


def _words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def _refusals(action: str, actor: User) -> int:
    return Entry.objects.filter(action=f"{action}.refused", actor=actor).count()


@pytest.mark.parametrize(
    ("method", "page", "action", "sentence"),
    [
        ("get", "new", "policy.start", BEGIN_NONE),
        ("post", "new", "policy.start", BEGIN_NONE),
        ("get", "import", "policy.import", BEGIN_NONE),
        ("post", "import", "policy.import", BEGIN_NONE),
        ("post", "begin", "policy.begin_version", NEITHER_WRITER_NOR_OWNER),
        ("get", "hand_over", "document.hand_over", NEITHER_WRITER_NOR_OWNER),
        ("post", "hand_over", "document.hand_over", NEITHER_WRITER_NOR_OWNER),
    ],
)
def test_an_employee_reads_whose_work_it_is_and_the_try_is_written_down(
    method: str, page: str, action: str, sentence: str
) -> None:
    published("1021")
    erin = employee()
    args = ["1021"] if page in {"begin", "hand_over"} else []
    response = getattr(browser(erin), method)(_url(page, *args), {"owner": erin.pk, "number": "1", "title": "Mine"})
    assert response.status_code == 403
    assert sentence in _words(response)
    assert _refusals(action, erin) == 1
    assert Document.objects.get().owner != erin


@pytest.mark.parametrize("page", ["draft", "edit", "give_back"])
def test_a_draft_and_what_is_done_with_it_are_not_there_for_an_employee(page: str) -> None:
    version = draft()
    erin = employee()
    assert browser(erin).get(_url(page, version.pk)).status_code == 404
    assert _refusals("version.read", erin) == 1


@pytest.mark.parametrize("name", ["submit", "approve", "publish", "take_back", "discard"])
def test_no_step_is_there_for_an_employee(name: str) -> None:
    version = approved(draft())
    assert browser(employee()).post(_url("step", version.pk, name), {"seen": 0}).status_code == 404
    assert browser(employee()).post(_url("remark", version.pk), {"body": "Mine."}).status_code == 404
    assert (_now(version).status, Remark.objects.count()) == (Version.Status.APPROVED, 0)


@pytest.mark.parametrize(
    ("role", "brought_to", "name", "sentence"),
    [
        (Role.AUDITOR, "draft", "submit", WRITES_NONE),
        (Role.AUDITOR, "draft", "discard", WRITES_NONE),
        (Role.AUDITOR, "in_review", "approve", REVIEWS_NONE),
        (Role.AUDITOR, "in_review", "take_back", WRITES_NONE),
        (Role.AUDITOR, "approved", "publish", WRITES_NONE),
        (Role.OCCE, "in_review", "approve", REVIEWS_NONE),
    ],
)
def test_each_step_tells_the_wrong_person_whose_it_is(role: Role, brought_to: str, name: str, sentence: str) -> None:
    version = draft()
    if brought_to != "draft":
        publishing.submit(version, actor=version.author)
    if brought_to == "approved":
        publishing.approve(version, actor=approver())
    person = employee("Wrong Person", roles=(role,))
    response = browser(person).post(_url("step", version.pk, name), {"seen": _now(version).revision})
    assert response.status_code == 403
    assert sentence in _words(response)
    assert _refusals(f"version.{name}", person) == 1
    assert _now(version).status == brought_to


@pytest.mark.parametrize(("role", "status"), [(Role.OCCE, 403), (Role.AUDITOR, 403), (Role.OFFICE_HEAD, 200)])
def test_only_reviewers_return_a_draft(role: Role, status: int) -> None:
    version = draft()
    publishing.submit(version, actor=version.author)
    response = browser(employee(roles=(role,))).get(_url("give_back", version.pk))
    assert response.status_code == status
    assert (REVIEWS_NONE in _words(response)) is (status == 403)


def test_what_was_taken_back_meanwhile_is_not_returned() -> None:
    version = draft()
    publishing.submit(version, actor=version.author)
    publishing.take_back(version, actor=version.author)
    response = browser(approver()).post(_url("give_back", version.pk), {"reason": "Say for how long."})
    assert response.status_code == 409
    assert "This is draft now, so “Return for changes” is no longer open." in _words(response)
    assert Remark.objects.count() == 0


def test_what_is_not_complete_is_not_sent_for_review() -> None:
    version = draft(summary="")
    response = browser(version.author).post(_url("step", version.pk, "submit"))
    assert response.status_code == 403
    assert "Say what changed in a sentence or two first." in _words(response)
    assert _refusals("version.submit", version.author) == 1


def test_a_day_before_the_last_version_is_not_sent_for_review() -> None:
    version = published()
    client = browser(User.objects.get(pk=version.author_id))
    client.post(_url("begin", "1021"))
    begun = Version.objects.get(status=Version.Status.DRAFT)
    answers = {"title": begun.title, "summary": "New.", "body": begun.body, "seen": begun.revision}
    client.post(_url("edit", begun.pk), {**answers, "effective_on": str(clock.today() - timedelta(days=1))})
    response = client.post(_url("step", begun.pk, "submit"))
    assert response.status_code == 403
    assert "A new version takes effect today or later. Choose another day." in _words(response)


def test_whoever_begins_a_second_draft_reads_that_there_is_one() -> None:
    version = published()
    wanda = User.objects.get(pk=version.author_id)
    client = browser(wanda)
    client.post(_url("begin", "1021"))
    response = client.post(_url("begin", "1021"))
    assert response.status_code == 409
    assert "This policy has a draft already. Go on with that one." in _words(response)
    assert _refusals("policy.begin_version", wanda) == 1
    assert Version.objects.count() == 2


@pytest.mark.parametrize("name", ["submit", "approve", "publish", "take_back", "discard"])
def test_no_step_leads_out_of_the_library_again(name: str) -> None:
    version = published()
    for person in (User.objects.get(pk=version.author_id), approver()):
        assert browser(person).post(_url("step", version.pk, name), {"seen": 0}).status_code in {403, 409}
    assert _now(version).status == Version.Status.PUBLISHED
