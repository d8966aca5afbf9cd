"""Beginning, writing and handing over a policy: what is kept, what is written down, and what is refused."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from audit import trail
from people.models import Unit, User
from policies.models import Contribution, Document, Version
from policies.models.library import LONGEST_BODY
from policies.operations import drafting, publishing
from policies.operations.drafting import Overtaken, Text
from tests.conftest import At
from tests.personas import employee, unit
from tests.policies.stage import BODY, approved, approver, draft, published, writer
from workflow import clock
from workflow.decisions import Refused

pytestmark = pytest.mark.django_db

TEXT = Text("Social media", BODY, "The first version.")
CHANGED = Text("Social media at work", BODY + "More.", "More of it.", date(2030, 1, 1))
TAKEN = "There is a policy with this number already. Open it and begin a new version."


def begun(number: str = "1021", text: Text = TEXT, *, actor: User, owner: User | None = None) -> Version:
    return drafting.begin_policy(number, text, owner=owner or actor, division=None, actor=actor)


def now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def _by_another(version: Version, *, actor: User) -> Version:
    return publishing.approve(version, actor=approver(f"Not {actor}"))


def actions(record: Document | Version) -> list[str]:
    return [entry.action for entry in trail.of(record)]


# --- Beginning a policy


def test_a_policy_begins_with_a_draft_that_its_author_wrote_in(at: At) -> None:
    wanda, olga, division = writer(), employee("Olga Owner"), unit("DCO", kind=Unit.Kind.DIVISION)
    with at("2026-03-02 09:00"):
        version = drafting.begin_policy("1021", TEXT, owner=olga, division=division, actor=wanda)
    document = version.document
    assert (document.number, document.title, document.owner, document.division) == (
        "1021",
        "Social media",
        olga,
        division,
    )
    assert (version.status, version.number, version.author, version.revision) == ("draft", None, wanda, 0)
    assert version.started_at.isoformat() == document.started_at.isoformat() == "2026-03-02T09:00:00-06:00"
    assert [each.person for each in Contribution.objects.filter(version=version)] == [wanda]
    assert actions(document) == ["document.started"]
    assert actions(version) == ["version.started"]


def test_the_trail_names_number_and_owner_and_quotes_nothing() -> None:
    wanda = writer()
    version = begun(text=Text("A secret title", "A secret body"), actor=wanda)
    entries = [*trail.of(version.document), *trail.of(version)]
    assert [entry.facts for entry in entries] == [{"number": "1021", "owner": wanda.pk}, {"imported": False}]
    assert {entry.actor for entry in entries} == {wanda}


def test_an_imported_draft_says_what_it_came_from() -> None:
    wanda = writer()
    version = drafting.begin_policy("7", TEXT, owner=wanda, division=None, actor=wanda, imported_from="policy.docx")
    assert now(version).imported_from == "policy.docx"
    assert trail.of(version)[0].facts == {"imported": True}


def test_an_employee_begins_no_policy() -> None:
    with pytest.raises(Refused, match="Only the communications office, counsel") as refused:
        begun(actor=employee())
    assert not refused.value.denied.conflict
    assert not Document.objects.exists()


def test_a_number_of_which_only_discarded_drafts_are_left_is_free_again() -> None:
    wanda, will = writer(), writer("Will Writer")
    first = begun(actor=wanda)
    publishing.discard(first, actor=wanda)
    second = begun(actor=will)
    assert second.document == first.document
    assert (second.document.owner, second.status) == (will, Version.Status.DRAFT)


def test_a_number_is_taken_once() -> None:
    begun(actor=writer())
    with pytest.raises(Refused, match=TAKEN) as refused:
        begun(actor=writer("Will Writer"))
    assert refused.value.denied.conflict
    assert Document.objects.count() == Version.objects.count() == 1


@pytest.mark.parametrize("number", ["٣", "hr-7", "10 21", " 1021", "HR", "", "1" * 21, "1\x00"], ids=ascii)
def test_what_is_no_number_is_not_called_taken(number: str) -> None:
    with pytest.raises(Refused, match="Number the policy with up to 20 capital letters"):
        begun(number, actor=writer())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (Text("", BODY), "Give the policy a title"),
        (Text("T" * 201, BODY), "Shorten the title to 200 characters"),
        (Text("T", "x" * (LONGEST_BODY + 1)), "A policy has at most 600,000 characters"),
        (Text("T", "a\x00b"), "Remove the control characters"),
        (Text("T", BODY, "\ud800"), "Remove the control characters"),
    ],
    ids=["no title", "long title", "long body", "NUL", "half a character"],
)
def test_what_cannot_be_kept_is_refused_wherever_it_is_written(text: Text, words: str) -> None:
    wanda, version = writer(), draft()
    with pytest.raises(Refused, match=words):
        begun("2000", text, actor=wanda)
    with pytest.raises(Refused, match=words):
        drafting.write(version, text, actor=wanda, seen=0)
    first = published("3000", author=wanda)
    with pytest.raises(Refused, match=words):
        drafting.begin_version(first.document, actor=wanda, text=text)
    assert (now(version).body, now(version).revision) == (BODY, 0)


def test_the_longest_text_is_kept_to_its_last_character() -> None:
    body = ("word " * (LONGEST_BODY // 5))[:-1] + "."
    version = now(begun(text=Text("T" * 200, body, "S"), actor=writer()))
    assert (len(version.body), version.body[-6:], len(version.title)) == (600_000, " word.", 200)


def test_nobody_who_left_is_given_a_policy() -> None:
    wanda, gone = writer(), employee("Gus Gone", is_active=False)
    with pytest.raises(Refused, match=r"Gus Gone has left\. Choose someone who works here\."):
        begun(actor=wanda, owner=gone)
    assert not Document.objects.exists()


# --- Beginning the next version


def test_the_next_version_starts_from_the_last_ones_text_and_tells_nothing_new_yet() -> None:
    first = published()
    second = drafting.begin_version(first.document, actor=writer("Will Writer"))
    assert (second.title, second.body, second.summary) == (first.title, BODY, "")
    assert (second.status, second.number, second.effective_on, second.author.name) == (
        "draft",
        None,
        None,
        "Will Writer",
    )


def test_the_next_version_keeps_a_title_that_has_not_come_into_force_yet() -> None:
    first = published()
    renamed = Text("Media, social and other", "New text.", "Renamed.", clock.today() + timedelta(days=300))
    version = drafting.begin_version(first.document, actor=first.author, text=renamed)
    publishing.publish(approved(version), actor=first.author)
    third = drafting.begin_version(first.document, actor=first.author)
    assert (third.title, third.body) == ("Media, social and other", "New text.")
    assert third.document.title == "Social media"


def test_a_policy_without_a_version_begins_anew_with_its_title() -> None:
    version = draft(title="Social media")
    publishing.discard(version, actor=version.author)
    again = drafting.begin_version(version.document, actor=version.author)
    assert (again.title, again.body, again.number) == ("Social media", "", None)


def test_the_owner_begins_a_version_and_an_employee_does_not() -> None:
    olga = employee("Olga Owner")
    first = published(owner=olga)
    with pytest.raises(Refused, match="Only those who write policies and the owner"):
        drafting.begin_version(first.document, actor=employee())
    assert drafting.begin_version(first.document, actor=olga).author == olga


@pytest.mark.parametrize("status", Version.OPEN, ids=str)
def test_a_policy_has_one_draft_however_far_it_is(status: str) -> None:
    first = published()
    second = drafting.begin_version(first.document, actor=first.author, text=TEXT)
    if status != Version.Status.DRAFT:
        publishing.submit(second, actor=first.author)
    if status == Version.Status.APPROVED:
        publishing.approve(second, actor=approver())
    with pytest.raises(Refused, match=r"This policy has a draft already\. Go on with that one\.") as refused:
        drafting.begin_version(first.document, actor=writer("Will Writer"))
    assert refused.value.denied.conflict
    assert Version.objects.filter(status=status).get() == second


# --- Writing


def test_what_is_written_is_kept_counted_and_put_down_to_its_writer() -> None:
    version, will = draft(), writer("Will Writer")
    written = drafting.write(version, CHANGED, actor=will, seen=0)
    kept = now(version)
    assert Text(kept.title, kept.body, kept.summary, kept.effective_on) == CHANGED
    assert (kept.revision, written.revision, kept.author) == (1, 1, version.author)
    assert set(kept.contributions.values_list("person__name", flat=True)) == {"Wanda Writer", "Will Writer"}
    assert trail.of(version).last().facts == {"revision": 1}  # type: ignore[union-attr]


def test_one_who_writes_often_is_one_contributor() -> None:
    version = draft()
    for seen in range(3):
        drafting.write(version, Text("Title", f"Text {seen}"), actor=version.author, seen=seen)
    assert (now(version).revision, Contribution.objects.count()) == (3, 1)


def test_saving_over_what_one_has_not_seen_is_stopped_and_shows_it() -> None:
    version, will = draft(), writer("Will Writer")
    drafting.write(version, CHANGED, actor=version.author, seen=0)
    with pytest.raises(Overtaken) as overtaken:
        drafting.write(version, Text("Mine", "Mine."), actor=will, seen=0)
    assert (overtaken.value.version.body, overtaken.value.version.revision) == (CHANGED.body, 1)
    assert (now(version).body, now(version).revision) == (CHANGED.body, 1)
    assert not Contribution.objects.filter(person=will).exists()
    assert drafting.write(version, Text("Mine", "Mine."), actor=will, seen=1).body == "Mine."


@pytest.mark.parametrize("seen", [0, 1, 99])
def test_saving_what_stands_there_already_changes_nothing(seen: int) -> None:
    version, will = draft(), writer("Will Writer")
    drafting.write(version, CHANGED, actor=version.author, seen=0)
    drafting.write(version, CHANGED, actor=will, seen=seen)
    assert now(version).revision == 1
    assert actions(version) == ["version.started", "version.written"]
    assert not Contribution.objects.filter(person=will).exists()


def test_an_employee_writes_nothing_and_the_owner_does() -> None:
    olga = employee("Olga Owner")
    version = draft(owner=olga)
    with pytest.raises(Refused, match="Only those who write policies and the owner of this one change its drafts"):
        drafting.write(version, CHANGED, actor=employee(), seen=0)
    assert drafting.write(version, CHANGED, actor=olga, seen=0).revision == 1


def test_what_is_reviewed_or_published_or_discarded_is_not_written() -> None:
    version = draft()
    steps: list[tuple[Callable[..., Version], str]] = [
        (publishing.submit, "This is in review now. Take it back to change it."),
        (_by_another, "This is approved now. Take it back"),
        (publishing.publish, "Published policy text cannot be edited. Create a new version."),
    ]
    for act, words in steps:
        act(version, actor=version.author)
        with pytest.raises(Refused, match=words) as refused:
            drafting.write(version, CHANGED, actor=version.author, seen=0)
        assert refused.value.denied.conflict
    assert now(version).body == BODY


# --- Handing over


def test_a_policy_is_handed_over_by_a_writer_or_its_owner_and_by_nobody_else() -> None:
    olga, nina, office = employee("Olga Owner"), employee("Nina Next"), unit("OCCE")
    document = published(owner=olga).document
    with pytest.raises(Refused, match="Only those who write policies and the owner"):
        drafting.hand_over(document, actor=nina, to=nina, division=None)
    drafting.hand_over(document, actor=olga, to=nina, division=office)
    document.refresh_from_db()
    assert (document.owner, document.division) == (nina, office)
    assert trail.of(document).last().facts == {"owner": nina.pk, "division": office.pk}  # type: ignore[union-attr]
    with pytest.raises(Refused, match="Only those who write policies and the owner"):
        drafting.hand_over(document, actor=olga, to=olga, division=None)


def test_a_policy_is_not_handed_to_someone_who_left_but_is_from_them() -> None:
    olga, gone = employee("Olga Owner"), employee("Gus Gone", is_active=False)
    document = published(owner=olga).document
    with pytest.raises(Refused, match="Gus Gone has left"):
        drafting.hand_over(document, actor=olga, to=gone, division=None)
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert (
        drafting.hand_over(document, actor=writer(), to=employee("Nina Next"), division=None).owner.name == "Nina Next"
    )


def test_nobody_who_left_goes_on_with_what_they_own() -> None:
    olga = employee("Olga Owner")
    first = published(owner=olga)
    olga.is_active = False
    User.objects.filter(pk=olga.pk).update(is_active=False)
    with pytest.raises(Refused, match="Only those who write policies and the owner"):
        drafting.begin_version(first.document, actor=olga)
