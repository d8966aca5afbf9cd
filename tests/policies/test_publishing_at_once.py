"""Two people with one policy in the same moment: one is first, the other reads why, and nobody waits for ever."""

from datetime import date
from functools import partial
from itertools import count

import pytest

from audit import trail
from people.models import User
from policies.models import Contribution, Document, Remark, Version
from policies.operations import drafting, publishing
from policies.operations.drafting import Overtaken, Text
from tests.conftest import At
from tests.policies.at_once import at_once
from tests.policies.stage import BODY, approved, approver, draft, published, writer

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS = 8
CHANGED = Text("Social media", BODY + "More.", "Longer.")
_numbers = count(1)


def a_draft(author: User) -> Version:
    """Another policy's first draft."""
    return draft(f"P-{next(_numbers)}", author=author)


def in_review(author: User) -> Version:
    return publishing.submit(a_draft(author), actor=author)


def now(version: Version) -> Version:
    return Version.objects.get(pk=version.pk)


def actions(version: Version) -> list[str]:
    return [entry.action for entry in trail.of(version)]


def test_of_two_who_approve_one_does_and_the_other_reads_that_it_is() -> None:
    wanda, people = writer(), [approver(), approver("Otto Other")]
    for _ in range(ROUNDS):
        version = in_review(wanda)
        answers = at_once(*(partial(publishing.approve, version, actor=person) for person in people))
        assert sorted(answers) == ["", "This is approved now, so “Approve” is no longer open."]
        assert now(version).approved_by == people[answers.index("")]
        assert actions(version).count("version.approve") == 1


def test_a_draft_published_twice_at_once_is_published_once() -> None:
    wanda, people = writer(), [writer("Will Writer"), approver("Otto Other")]
    for _ in range(20):
        version = approved(a_draft(wanda))
        answers = at_once(*(partial(publishing.publish, version, actor=person) for person in people))
        assert sorted(answers) == ["", "This is published now, so “Publish” is no longer open."]
        assert now(version).published_by == people[answers.index("")]
        assert (now(version).number, Document.objects.get(pk=version.document_id).in_force) == (1, version)
        assert actions(version).count("version.publish") == 1


def test_what_is_taken_back_while_it_is_published_is_either() -> None:
    wanda, will = writer(), writer("Will Writer")
    for _ in range(20):
        version = approved(a_draft(wanda))
        went_out, went_back = at_once(
            partial(publishing.publish, version, actor=wanda), partial(publishing.take_back, version, actor=will)
        )
        if went_out:
            assert went_out == "Nobody has approved this draft yet. Send it for review first."
            assert (went_back, now(version).status, now(version).approved_by) == ("", "draft", None)
        else:
            assert went_back == "This is published now, so “Take back to change it” is no longer open."
            assert now(version).status == "published"


def test_what_is_approved_while_it_is_taken_back_is_a_draft_in_the_end() -> None:
    wanda, carla = writer(), approver()
    for _ in range(ROUNDS):
        version = in_review(wanda)
        approving, taking = at_once(
            partial(publishing.approve, version, actor=carla), partial(publishing.take_back, version, actor=wanda)
        )
        assert taking == ""
        assert approving in {"", "This is draft now, so “Approve” is no longer open."}
        assert (now(version).status, now(version).approved_by, now(version).approved_at) == ("draft", None, None)


def test_nobody_approves_what_is_being_changed() -> None:
    wanda, carla = writer(), approver()
    for _ in range(ROUNDS):
        version = in_review(wanda)

        def change(version: Version = version) -> None:
            publishing.take_back(version, actor=wanda)
            drafting.write(version, CHANGED, actor=wanda, seen=0)
            publishing.submit(version, actor=wanda)

        approving, changing = at_once(partial(publishing.approve, version, actor=carla, seen=0), change)
        assert changing == ""
        assert approving in {
            "",
            "This is draft now, so “Approve” is no longer open.",
            "The text has changed since you opened it. Read it again before you approve it.",
        }
        assert (now(version).status, now(version).body, now(version).approved_by) == ("in_review", CHANGED.body, None)


def test_the_writer_saves_before_it_is_sent_for_review_or_not_at_all() -> None:
    wanda, will = writer(), writer("Will Writer")
    for _ in range(ROUNDS):
        version = a_draft(wanda)
        saved, sent = at_once(
            partial(drafting.write, version, CHANGED, actor=will, seen=0),
            partial(publishing.submit, version, actor=wanda),
        )
        assert sent == ""
        assert saved in {"", "This is in review now. Take it back to change it."}
        assert (now(version).body == CHANGED.body) == (saved == "")
        assert Contribution.objects.filter(version=version, person=will).exists() == (saved == "")


def test_of_two_who_save_what_both_opened_the_second_sees_the_first_ones_text() -> None:
    wanda, will = writer(), writer("Will Writer")
    for _ in range(ROUNDS):
        version, overtaken = a_draft(wanda), list[str]()

        def save(person: User, version: Version = version, overtaken: list[str] = overtaken) -> None:
            try:
                drafting.write(version, Text("Title", person.name, "New."), actor=person, seen=0)
            except Overtaken as by:
                overtaken.append(by.version.body)

        assert at_once(partial(save, wanda), partial(save, will)) == ["", ""]
        assert overtaken == [now(version).body]
        assert now(version).revision == 1


def test_of_two_who_begin_the_next_version_one_does() -> None:
    first = published()
    people = [first.author, writer("Will Writer")]
    for _ in range(ROUNDS):
        answers = at_once(*(partial(drafting.begin_version, first.document, actor=person) for person in people))
        assert sorted(answers) == ["", "This policy has a draft already. Go on with that one."]
        begun = Version.objects.get(document=first.document, status="draft")
        assert begun.author == people[answers.index("")]
        publishing.discard(begun, actor=begun.author)


def test_of_two_who_begin_a_policy_with_one_number_one_does() -> None:
    people = [writer(), writer("Will Writer")]
    for _ in range(ROUNDS):
        number, text = f"N-{next(_numbers)}", Text("Title", "", "")
        answers = at_once(
            *(
                partial(drafting.begin_policy, number, text, owner=person, division=None, actor=person)
                for person in people
            )
        )
        assert sorted(answers) == ["", "There is a policy with this number already. Open it and begin a new version."]
        assert Document.objects.get(number=number).owner == people[answers.index("")]
        assert Version.objects.filter(document__number=number).count() == 1


def test_a_remark_and_an_approval_do_not_wait_for_each_other() -> None:
    wanda, carla = writer(), approver()
    for _ in range(20):
        version = in_review(wanda)
        assert at_once(
            partial(publishing.approve, version, actor=carla),
            *(partial(publishing.remark, version, actor=wanda, body=f"And {each}?") for each in range(3)),
        ) == ["", "", "", ""]
        assert Remark.objects.filter(version=version).count() == 3


def test_a_policy_handed_over_while_its_version_is_published_has_both() -> None:
    wanda, olga = writer(), writer("Olga Owner")
    for _ in range(ROUNDS):
        version = approved(a_draft(wanda))
        assert at_once(
            partial(publishing.publish, version, actor=wanda),
            partial(drafting.hand_over, version.document, actor=wanda, to=olga, division=None),
        ) == ["", ""]
        document = Document.objects.get(pk=version.document_id)
        assert (document.owner, document.in_force) == (olga, version)


def test_two_workers_bring_each_version_into_force_once(at: At) -> None:
    wanda, brought = writer(), list[int]()
    with at("2026-03-02 10:00"):
        for version in [approved(draft(f"F-{n}", author=wanda, effective_on=date(2026, 3, 3))) for n in range(6)]:
            publishing.publish(version, actor=wanda)
    with at("2026-03-03 00:00"):
        assert at_once(*[lambda: brought.append(publishing.bring_into_force())] * 3) == ["", "", ""]
    assert sum(brought) == 6
    assert not Document.objects.filter(in_force=None).exists()


def test_a_version_published_while_another_is_brought_into_force_is_the_one_in_force(at: At) -> None:
    wanda = writer()
    for n in range(ROUNDS):
        with at("2026-03-02 10:00"):
            first = publishing.publish(
                approved(draft(f"G-{n}", author=wanda, effective_on=date(2026, 3, 3))), actor=wanda
            )
        with at("2026-03-03 00:00"):
            second = approved(drafting.begin_version(first.document, actor=wanda, text=CHANGED))
            assert at_once(publishing.bring_into_force, partial(publishing.publish, second, actor=wanda)) == ["", ""]
        assert Document.objects.get(pk=first.document_id).in_force == second
