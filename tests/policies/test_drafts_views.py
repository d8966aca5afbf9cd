"""Writing and reviewing over HTTP: each step as the right and the wrong person, and nothing typed is ever lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Entry
from people.models import Role, User
from policies.models import Contribution, Document, Remark, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.incidents.stage import browser
from tests.personas import employee
from tests.policies.stage import BODY, approved, approver, draft, published, writer

pytestmark = pytest.mark.django_db


def _now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def _url(name: str, *args: Any) -> str:
    return reverse(f"policies:{name}", args=args)


def _step(client: Client, version: Version, name: str, **answers: Any) -> Any:
    return client.post(_url("step", version.pk, name), answers)


def _write(client: Client, version: Version, **changed: Any) -> Any:
    answers = {"title": "Social media", "summary": "New.", "effective_on": "", "body": BODY, "seen": version.revision}
    return client.post(_url("edit", version.pk), {**answers, **changed})


@pytest.mark.parametrize(("path", "status"), [("drafts", 404), ("new", 403), ("import", 403)])
def test_an_employee_writes_no_policies(path: str, status: int) -> None:
    assert browser(employee()).get(_url(path)).status_code == status


def test_a_draft_is_not_there_for_an_employee_and_the_try_is_written_down() -> None:
    version = draft()
    assert browser(employee()).get(_url("draft", version.pk)).status_code == 404
    assert Entry.objects.filter(action="version.read.refused").count() == 1


def test_the_owner_finds_the_draft_of_their_policy() -> None:
    olga = employee("Olga Owner")
    version = draft(owner=olga)
    client = browser(olga)
    assert client.get(_url("drafts")).status_code == client.get(_url("draft", version.pk)).status_code == 200


def test_a_policy_is_begun_and_its_text_comes_next() -> None:
    wanda = writer()
    answers = {"number": "hr-12", "title": "Visitors", "owner": wanda.pk, "typed": "", "division": ""}
    response = browser(wanda).post(_url("new"), answers)
    version = Version.objects.get()
    assert response["Location"] == _url("edit", version.pk)
    assert (version.document.number, version.document.owner, version.title) == ("HR-12", wanda, "Visitors")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"number": ""}, "Give the policy a number."),
        ({"number": "none"}, "Use capital letters, digits, points and hyphens"),
        ({"number": "1021"}, "There is a policy with this number already."),
        ({"title": ""}, "Give it a title."),
        ({"owner": "", "typed": "Zz"}, "Nobody in the directory fits this."),
    ],
)
def test_what_makes_no_policy_is_said_at_its_field_and_nothing_is_lost(changed: dict[str, str], sentence: str) -> None:
    published("1021")
    wanda = writer()
    answers = {"number": "1022", "title": "Kept as typed", "owner": wanda.pk, "typed": "", **changed}
    response = browser(wanda).post(_url("new"), answers)
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "title" in changed or "Kept as typed" in page


def test_a_draft_goes_its_way_step_by_step() -> None:
    version = draft()
    author, carla = browser(version.author), browser(approver())
    _step(author, version, "submit")
    assert _now(version).status == Version.Status.IN_REVIEW
    _step(carla, version, "approve", seen=_now(version).revision)
    assert _now(version).status == Version.Status.APPROVED
    response = _step(author, version, "publish")
    assert _now(version).status == Version.Status.PUBLISHED
    assert author.get(response["Location"])["Location"] == _url("version", "1021", 1)


@pytest.mark.parametrize(
    ("name", "who", "status", "words"),
    [
        ("approve", "author", 403, "Only counsel, Privacy Officers and office heads review drafts."),
        ("approve", "wrote", 403, "You wrote in this draft. Someone else must approve it."),
        ("publish", "author", 403, "Nobody has approved this draft yet. Send it for review first."),
        ("submit", "author", 409, "This is in review now, so “Send for review” is no longer open."),
        ("discard", "author", 409, "This is in review now, so “Discard the draft” is no longer open."),
    ],
)
def test_a_step_that_is_not_open_says_why(name: str, who: str, status: int, words: str) -> None:
    version = draft()
    carla = approver()
    drafting.write(version, Text("Social media", "(A) Hers.", "New."), actor=carla, seen=0)
    publishing.submit(version, actor=version.author)
    person = carla if who == "wrote" else version.author
    response = _step(browser(person), version, name, seen=_now(version).revision)
    assert words in response.content.decode()
    assert response.status_code in {status, 409}
    assert _now(version).status == Version.Status.IN_REVIEW
    assert Entry.objects.filter(action=f"version.{name}.refused", actor=person).count() == 1


@pytest.mark.parametrize("seen", ["", "0", "zz", "-1", "99999999999"])
def test_what_was_changed_since_it_was_read_is_not_approved(seen: str) -> None:
    version = draft()
    drafting.write(version, Text("Social media", "(A) Changed.", "New."), actor=version.author, seen=0)
    publishing.submit(version, actor=version.author)
    response = _step(browser(approver()), version, "approve", seen=seen)
    assert response.status_code == 409
    assert _now(version).status == Version.Status.IN_REVIEW


def test_of_two_approvals_the_second_reads_why() -> None:
    version = draft()
    publishing.submit(version, actor=version.author)
    _step(browser(approver()), version, "approve", seen=0)
    response = _step(browser(approver("Paula Privacy")), version, "approve", seen=0)
    assert response.status_code == 409
    assert "This is approved now" in response.content.decode()


def test_a_step_nobody_knows_is_not_there() -> None:
    version = draft()
    assert _step(browser(version.author), version, "vanish").status_code == 404


def test_a_draft_is_returned_with_words_that_its_writers_read() -> None:
    version = draft()
    publishing.submit(version, actor=version.author)
    carla = browser(approver())
    assert carla.post(_url("give_back", version.pk), {"reason": ""}).status_code == 422
    carla.post(_url("give_back", version.pk), {"reason": "Say for how long."})
    assert _now(version).status == Version.Status.DRAFT
    assert "Say for how long." in browser(version.author).get(_url("draft", version.pk)).content.decode()


def test_a_remark_is_read_by_the_others_and_an_empty_one_is_none() -> None:
    version = draft()
    carla = browser(approver())
    assert carla.post(_url("remark", version.pk), {"body": " "}).status_code == 422
    carla.post(_url("remark", version.pk), {"body": "Looks fine."})
    assert Remark.objects.get().body == "Looks fine."


# --- The text


def test_what_is_written_is_kept() -> None:
    version = draft()
    _write(browser(version.author), version, body="(A) One.\r\n\r\n(B) Two.", effective_on="2026-12-24")
    assert (_now(version).body, str(_now(version).effective_on)) == ("(A) One.\n\n(B) Two.", "2026-12-24")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Give it a title."),
        ({"title": "x" * 201}, "Write at most 200 characters"),
        ({"summary": "x" * 2001}, "Write at most 2,000 characters"),
        ({"effective_on": "2026-02-30"}, "Enter a"),
        ({"effective_on": "1999-12-31"}, "Enter a date between 2000 and 2099."),
        ({"body": "(A) Fine.\n\n(B) The password is Sommer2024!"}, "Line 3: Do not enter a username"),
        ({"body": "(A) \x00"}, "control characters"),
        ({"body": "x" * 600_001}, "Write at most 600,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field_and_nothing_is_lost(changed: dict[str, str], sentence: str) -> None:
    version = draft()
    response = _write(browser(version.author), version, **{"summary": "Typed with care.", **changed})
    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "summary" in changed or "Typed with care." in page
    assert _now(version).body == BODY


def test_a_preview_keeps_what_was_typed_and_saves_nothing() -> None:
    version = draft()
    response = _write(browser(version.author), version, body="(A) Tried out.", preview="1")
    assert response.status_code == 200
    assert response.content.decode().count("Tried out.") == 2
    assert _now(version).body == BODY


def test_whoever_saves_second_sees_what_the_first_one_changed_and_saves_again() -> None:
    version = draft()
    drafting.write(version, Text("Social media", "(A) Theirs is red.", "New."), actor=approver(), seen=0)
    client = browser(version.author)
    response = _write(client, version, body="(A) Mine is red.")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Carla Counsel saved this draft while you wrote." in page
    assert "Theirs" in page
    assert "(A) Mine is red." in page
    seen = response.context["form"].data["seen"]
    assert _write(client, version, body="(A) Mine is red.", seen=seen).status_code == 302
    assert _now(version).body == "(A) Mine is red."


def test_hidden_answers_of_ones_own_change_nothing() -> None:
    version = draft()
    forged = {"status": "published", "approved_by": version.author_id, "number": "7", "author": approver().pk}
    _write(browser(version.author), version, **forged)
    now = _now(version)
    assert (now.status, now.approved_by, now.number, now.author) == ("draft", None, None, version.author)


def test_text_under_review_and_published_text_cannot_be_written() -> None:
    version = draft()
    client = browser(version.author)
    publishing.submit(version, actor=version.author)
    assert _write(client, version, body="(A) Late.").status_code == 409
    publishing.publish(publishing.approve(version, actor=approver()), actor=version.author)
    response = _write(client, version, body="(A) Late.")
    assert response.status_code == 409
    assert "Published policy text cannot be edited. Create a new version." in response.content.decode()
    assert _now(version).body == BODY


def test_the_preview_of_the_page_escapes_what_is_typed_and_keeps_nothing() -> None:
    assert browser(employee()).post(_url("preview"), {"body": "(A) x"}).status_code == 404
    response = browser(writer()).post(_url("preview"), {"body": "(A) <script>alert(1)</script> **bold**"})
    page = response.content.decode()
    assert "<script" not in page
    assert "<strong>bold</strong>" in page
    assert Contribution.objects.count() == 0


# --- Around the text


def test_a_discarded_draft_is_gone_from_the_list() -> None:
    version = draft()
    client = browser(version.author)
    assert _step(client, version, "discard")["Location"] == _url("drafts")
    assert "Nothing is being written" in client.get(_url("drafts")).content.decode()


def test_a_second_draft_of_a_policy_is_refused() -> None:
    version = published()
    client = browser(version.author)
    client.post(_url("begin", "1021"))
    assert client.post(_url("begin", "1021")).status_code == 409


def test_a_policy_gets_another_owner_who_hears_of_it() -> None:
    version = published()
    olga = employee("Olga Owner")
    browser(version.author).post(_url("hand_over", "1021"), {"owner": olga.pk, "typed": "", "division": ""})
    assert Document.objects.get().owner == olga
    assert olga.notices.get().template == "policies/owner"


def test_a_policy_is_not_given_to_someone_who_left() -> None:
    version = published()
    gone = employee("Gone Already", is_active=False)
    response = browser(version.author).post(_url("hand_over", "1021"), {"owner": gone.pk, "typed": ""})
    assert response.status_code == 422
    assert Document.objects.get().owner != gone


def test_an_auditor_reads_drafts_and_changes_nothing() -> None:
    version = draft()
    audrey = browser(employee(roles=(Role.AUDITOR,)))
    assert audrey.get(_url("draft", version.pk)).status_code == 200
    assert audrey.get(_url("edit", version.pk)).status_code == 403
    assert _step(audrey, version, "submit").status_code == 403


def test_an_approved_draft_is_taken_back_and_its_approval_is_gone() -> None:
    version = approved(draft())
    _step(browser(User.objects.get(pk=version.author_id)), version, "take_back")
    assert (_now(version).status, _now(version).approved_by) == ("draft", None)
