"""The way of a draft to the library: who is told, who is refused, and what is written down."""

from datetime import date

import pytest

from audit import trail
from notifications.models import Mail, Notice
from people.models import Role, User
from policies.models import Remark, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.conftest import At
from tests.personas import employee
from tests.policies.stage import approved, approver, draft, next_version, published, writer
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db

MARCH_3 = date(2026, 3, 3)


def told(template: str) -> list[str]:
    """The names of those who were told this, each as often as they were."""
    names = Notice.objects.filter(template=f"policies/{template}").values_list("recipient__name", flat=True)
    return sorted(names)


def now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def in_force(version: Version) -> Version | None:
    """What the library shows of this policy."""
    return now(version).document.in_force


# --- Review


def test_whoever_may_approve_it_hears_of_a_draft_once_and_nobody_who_wrote_in_it() -> None:
    wanda, owner = writer(), approver("Olga Owner")
    approver(), employee("Paul Officer", roles=(Role.PRIVACY_OFFICER, Role.OFFICE_HEAD)), writer("Will Writer")
    approver("Gus Gone", is_active=False), employee()
    version, coauthor = draft(author=wanda, owner=owner), approver("Cora Coauthor")
    drafting.write(version, Text("Title", "Text.", "New."), actor=coauthor, seen=0)
    publishing.submit(version, actor=wanda)
    assert told("in_review") == ["Carla Counsel", "Olga Owner", "Paul Officer"]
    notice = Notice.objects.first()
    assert notice is not None
    assert (notice.reference, notice.url, notice.facts) == ("Policy 1021", f"/policies/drafts/{version.pk}/", {})


def test_an_owner_who_left_is_told_nothing_of_a_review() -> None:
    gone = employee("Gus Gone")
    version = draft(owner=gone)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    publishing.submit(version, actor=version.author)
    assert told("in_review") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (Text("Title", " "), r"Write the text of the policy first\."),
        (Text("Title", "Text.", " "), r"Say what changed in a sentence or two first\."),
    ],
)
def test_what_is_not_complete_is_not_sent(text: Text, words: str) -> None:
    version = draft()
    drafting.write(version, text, actor=version.author, seen=0)
    with pytest.raises(Refused, match=words):
        publishing.submit(version, actor=version.author)
    assert now(version).status == "draft"


def test_a_day_that_rewrites_the_past_is_not_sent_for_review(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        text = Text("Title", "Text.", "New.", date(2026, 3, 1))
        second = drafting.begin_version(first.document, actor=first.author, text=text)
        with pytest.raises(Refused, match=r"takes effect today or later\. Choose another day\."):
            publishing.submit(second, actor=first.author)


def test_an_employee_reads_that_it_is_not_theirs_before_anything_about_the_draft(at: At) -> None:
    with at("2026-03-02 10:00"):
        first = published()
        text = Text("Title", "Text.", "New.", MARCH_3)
        second = approved(drafting.begin_version(first.document, actor=first.author, text=text))
    with at("2026-03-04 10:00"):
        for act in (publishing.submit, publishing.publish):
            with pytest.raises(Refused, match="Only those who write policies and the owner of this one change"):
                act(second, actor=employee())


def test_an_approval_is_given_by_someone_else_and_told_to_the_writers() -> None:
    olga, cora = employee("Olga Owner"), approver("Cora Coauthor")
    version = draft(owner=olga)
    drafting.write(version, Text("Title", "Text.", "New."), actor=cora, seen=0)
    publishing.submit(version, actor=version.author)
    for wrote in (version.author, cora):
        with pytest.raises(Refused, match=r"review drafts|Someone else must approve it"):
            publishing.approve(version, actor=wrote)
    carla = approver()
    given = publishing.approve(version, actor=carla)
    assert (given.status, given.approved_by, given.approved_at is not None) == ("approved", carla, True)
    assert told("approved") == ["Cora Coauthor", "Olga Owner", "Wanda Writer"]


def test_the_author_approves_nothing_of_their_own_even_as_its_owner_and_counsel() -> None:
    carla = approver()
    version = draft(author=carla, owner=carla)
    publishing.submit(version, actor=carla)
    with pytest.raises(Refused, match=r"You wrote in this draft\. Someone else must approve it\."):
        publishing.approve(version, actor=carla)
    assert now(version).status == "in_review"


def test_nobody_approves_a_text_that_changed_since_they_opened_it() -> None:
    version, carla = draft(), approver()
    publishing.submit(version, actor=version.author)
    opened = now(version).revision
    publishing.take_back(version, actor=version.author)
    drafting.write(version, Text("Title", "Something else.", "New."), actor=version.author, seen=opened)
    publishing.submit(version, actor=version.author)
    with pytest.raises(Refused, match="The text has changed since you opened it") as refused:
        publishing.approve(version, actor=carla, seen=opened)
    assert refused.value.denied.conflict
    assert publishing.approve(version, actor=carla, seen=opened + 1).approved_by == carla


def test_what_is_given_back_comes_with_words_and_is_told() -> None:
    version, carla = draft(), approver()
    publishing.submit(version, actor=version.author)
    with pytest.raises(Refused, match=r"Say what should change first\."):
        publishing.give_back(version, actor=carla, reason=" \n")
    publishing.give_back(version, actor=carla, reason="Say who may post.")
    assert now(version).status == "draft"
    assert [(each.author, each.body) for each in Remark.objects.all()] == [(carla, "Say who may post.")]
    assert told("returned") == ["Wanda Writer"]


def test_taking_it_back_drops_the_approval_and_needs_another() -> None:
    version = approved(draft())
    publishing.take_back(version, actor=version.author)
    again = now(version)
    assert (again.status, again.approved_by, again.approved_at) == ("draft", None, None)
    publishing.submit(version, actor=version.author)
    with pytest.raises(Refused, match="Nobody has approved this draft yet") as refused:
        publishing.publish(version, actor=version.author)
    assert refused.value.denied.conflict


def test_a_remark_is_kept_and_told_to_the_others() -> None:
    olga = employee("Olga Owner")
    version = draft(owner=olga)
    publishing.remark(version, actor=olga, body="Why not sooner?")
    assert told("remarked") == ["Wanda Writer"]
    with pytest.raises(Refused, match="Only those who write policies"):
        publishing.remark(version, actor=employee(), body="Hello.")


def test_a_discarded_draft_is_over_and_makes_room() -> None:
    version = draft()
    publishing.discard(version, actor=version.author)
    with pytest.raises(Refused, match=r"This draft is over") as refused:
        publishing.remark(version, actor=version.author, body="Wait.")
    assert refused.value.denied.conflict
    assert drafting.begin_version(version.document, actor=version.author).pk != version.pk


# --- Publishing


def test_the_trail_tells_the_whole_way_and_seals_what_was_published() -> None:
    version = published()
    entries = list(trail.of(version))
    assert [entry.action for entry in entries] == [
        "version.started",
        "version.submit",
        "version.approve",
        "version.publish",
        "version.in_force",
    ]
    assert entries[-2].facts == {
        "number": 1,
        "sha256": now(version).sha256,
        "came_from": "approved",
        "status": "published",
    }


def test_versions_are_numbered_one_after_another_and_each_is_told_once() -> None:
    first = published(owner=employee("Olga Owner"))
    second = next_version(first, body="Second.", author=writer("Will Writer"))
    third = next_version(second, body="Third.")
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert told("published") == ["Olga Owner"] * 3
    assert Notice.objects.filter(template="policies/published", url="/policies/1021/").count() == 3


def test_a_discarded_draft_takes_no_number() -> None:
    first = published()
    publishing.discard(drafting.begin_version(first.document, actor=first.author), actor=first.author)
    assert next_version(first, body="Second.").number == 2


def test_a_version_without_a_day_takes_effect_as_it_is_published(at: At) -> None:
    with at("2026-03-02 23:59"):
        version = published()
    assert version.effective_on == date(2026, 3, 2)
    assert in_force(version) == version


def test_publishing_again_reads_that_it_is_published_whatever_its_day() -> None:
    version = published(effective_on=date(2019, 5, 1))
    with pytest.raises(Refused, match="This is published now, so “Publish” is no longer open") as refused:
        publishing.publish(version, actor=version.author)
    assert refused.value.denied.conflict


def test_those_who_left_meanwhile_stop_nothing_and_are_not_mailed() -> None:
    version, carla = draft(), approver()
    approved(version, by=carla)
    User.objects.filter(pk__in=(version.author_id, carla.pk)).update(is_active=False)
    done = publishing.publish(version, actor=writer("Will Writer"))
    assert (done.author.name, done.approved_by) == ("Wanda Writer", carla)
    assert [notice.mail for notice in Notice.objects.filter(template="policies/published")] == [Mail.NONE]
