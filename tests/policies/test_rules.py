"""Who reads, writes, approves and publishes policies, persona by persona, and each refusal in its words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from people.models import Role, RoleGrant, User
from policies import bounds, rules
from policies.clauses import REGISTER, Clause
from policies.models import Contribution, Version
from policies.models.library import LONGEST_BODY
from policies.operations import drafting, publishing
from policies.operations.drafting import Text
from tests.personas import employee
from tests.policies.stage import BODY, approved, approver, draft, published, writer
from workflow.decisions import Decision

pytestmark = pytest.mark.django_db

OWNER, AUTHOR, FORMER_OWNER, NOBODY = "owner", "author", "owner who left", "employee"
PERSONAS = [*Role, OWNER, AUTHOR, FORMER_OWNER, NOBODY]
HOLD_OFFICE: set[str] = {Role.COUNSEL, Role.PRIVACY_OFFICER, Role.OFFICE_HEAD}
WRITE: set[str] = {*HOLD_OFFICE, Role.OCCE}

BEGIN = "Only the communications office, counsel, Privacy Officers and office heads begin a policy."
BEGIN_NEXT = "Only those who write policies and the owner of this one begin a new version."
CHANGE = "Only those who write policies and the owner of this one change its drafts."
REVIEW = "Only counsel, Privacy Officers and office heads review drafts."
WROTE = "You wrote in this draft. Someone else must approve it."
UNAPPROVED = "Nobody has approved this draft yet. Send it for review first."
FIXED = "Published policy text cannot be edited. Create a new version."


def said(decision: Decision) -> str:
    """The sentence of a refusal; nothing for a yes."""
    return getattr(decision, "reason", "")


def persona(name: str, version: Version) -> User:
    """This person, in their relation to the version's policy."""
    if name == AUTHOR:
        return User.objects.get(pk=version.author_id)
    if name in {OWNER, FORMER_OWNER}:
        version.document.owner.is_active = name == OWNER
        return version.document.owner
    return employee(roles=(Role(name),) if name in set(Role) else ())


def a_draft() -> Version:
    """A draft whose author lost the role they wrote it with, of a policy that someone without any role owns."""
    version = draft(owner=employee("Olga Owner"))
    RoleGrant.objects.filter(user=version.author).update(revoked_at="2026-01-01T00:00Z", revoked_by=approver())
    return version


RULES: dict[str, tuple[Callable[[User, Version], Decision], set[str], str]] = {
    "begin a policy": (lambda actor, _: rules.may_start(actor), WRITE, BEGIN),
    "begin a version": (lambda actor, v: rules.may_begin_version(actor, v.document), WRITE | {OWNER}, BEGIN_NEXT),
    "hand it over": (lambda actor, v: rules.may_hand_over(actor, v.document), WRITE | {OWNER}, BEGIN_NEXT),
    "write": (rules.may_write, WRITE | {OWNER}, CHANGE),
    "edit": (rules.may_edit, WRITE | {OWNER}, CHANGE),
    "submit": (rules.may_submit, WRITE | {OWNER}, CHANGE),
    "take back": (rules.may_take_back, WRITE | {OWNER}, CHANGE),
    "review": (rules.may_review, HOLD_OFFICE, REVIEW),
    "approve": (rules.may_approve, HOLD_OFFICE, REVIEW),
    "remark": (rules.may_remark, WRITE | {OWNER}, CHANGE),
}


@pytest.mark.parametrize("name", PERSONAS, ids=str)
@pytest.mark.parametrize("rule", RULES)
def test_each_persona_may_what_their_work_is_and_reads_why_not(rule: str, name: str) -> None:
    ask, allowed, words = RULES[rule]
    version = a_draft()
    assert said(ask(persona(name, version), version)) == ("" if name in allowed else words)


@pytest.mark.parametrize("name", PERSONAS, ids=str)
def test_each_persona_publishes_what_was_approved_or_reads_why_not(name: str) -> None:
    version = a_draft()
    actor = persona(name, version)
    may = name in WRITE | {OWNER}
    assert said(rules.may_publish(actor, version)) == (UNAPPROVED if may else CHANGE)
    version.approved_by = approver()
    assert said(rules.may_publish(actor, version)) == ("" if may else CHANGE)


@pytest.mark.parametrize("name", PERSONAS, ids=str)
def test_each_persona_finds_the_drafts_they_may_know_of(name: str) -> None:
    version = a_draft()
    sees = WRITE | {Role.AUDITOR, OWNER, AUTHOR, FORMER_OWNER}
    assert (version in rules.drafts_for(persona(name, version))) == (name in sees)


@pytest.mark.parametrize("name", PERSONAS, ids=str)
def test_everyone_reads_what_was_published_and_nobody_a_policy_without_a_version(name: str) -> None:
    version, unpublished = published(), draft("2000")
    reader = persona(name, version)
    assert list(rules.documents_for(reader)) == [version.document]
    assert version in rules.versions_for(reader)
    assert unpublished.document not in rules.documents_for(reader)


@pytest.mark.parametrize("name", [*Role, NOBODY], ids=str)
def test_the_register_is_open_to_those_who_examine_and_advise_and_not_to_those_who_lead(name: str) -> None:
    opens = {Role.AUDITOR, Role.PRIVACY_ANALYST, Role.PRIVACY_OFFICER, Role.COUNSEL, Role.ADMINISTRATOR}
    assert rules.sees_register(persona(name, draft())) == (name in opens)


def test_a_discarded_draft_is_no_draft_any_more_and_stays_in_sight_of_its_writers() -> None:
    version = draft()
    publishing.discard(version, actor=version.author)
    assert version not in rules.drafts_for(version.author)
    assert version in rules.versions_for(version.author)


def test_a_role_that_ended_writes_nothing_on_the_next_request() -> None:
    wanda = writer()
    assert rules.may_start(wanda)
    RoleGrant.objects.filter(user=wanda).update(revoked_at="2026-01-01T00:00Z", revoked_by=approver())
    assert said(rules.may_start(User.objects.get(pk=wanda.pk))) == BEGIN


def test_someone_who_left_writes_and_owns_nothing() -> None:
    carla = approver(is_active=False)
    assert said(rules.may_approve(carla, draft())) == REVIEW
    assert said(rules.may_own(carla)) == "Carla Counsel has left. Choose someone who works here."


# --- What stays as it is


def test_published_text_cannot_be_edited() -> None:
    version = published()
    refused = rules.may_edit(version.author, version)
    assert (said(refused), getattr(refused, "conflict", None)) == (FIXED, True)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Version.Status.IN_REVIEW, "This is in review now. Take it back to change it."),
        (Version.Status.APPROVED, "This is approved now. Take it back to change it."),
        (Version.Status.DISCARDED, "This is discarded now. Take it back to change it."),
    ],
)
def test_what_is_looked_at_stands_while_it_is(status: str, words: str) -> None:
    version = draft()
    version.status = status
    assert said(rules.is_still_written(version)) == words


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"body": "  \n"}, "Write the text of the policy first."),
        ({"summary": " "}, "Say what changed in a sentence or two first."),
        ({}, ""),
    ],
)
def test_a_reviewer_needs_all_of_it(missing: dict[str, str], words: str) -> None:
    version = draft()
    for name, value in missing.items():
        setattr(version, name, value)
    assert said(rules.may_submit(version.author, version)) == words


def test_nothing_is_said_about_a_draft_that_is_over() -> None:
    version = draft()
    publishing.discard(version, actor=version.author)
    version.refresh_from_db()
    over = "This draft is over, so nothing more is said about it."
    assert said(rules.may_remark(version.author, version)) == over
    assert said(rules.may_remark(approver(), published("2000"))) == over


# --- Two people


@pytest.mark.parametrize("role", sorted(HOLD_OFFICE), ids=str)
def test_nobody_approves_what_they_began_whatever_their_role(role: Role) -> None:
    author = employee(roles=(role,))
    assert said(rules.may_approve(author, draft(author=author))) == WROTE


def test_nobody_approves_what_they_changed_a_word_of_not_even_the_owner() -> None:
    carla, olga = approver(), approver("Olga Owner")
    version = draft(owner=olga)
    version = drafting.write(version, Text("Social media", BODY + "More.", "New."), actor=carla, seen=0)
    version = drafting.write(version, Text("Social media", BODY + "And more.", "New."), actor=olga, seen=1)
    assert said(rules.may_approve(carla, version)) == said(rules.may_approve(olga, version)) == WROTE
    assert rules.may_review(carla, version)
    assert rules.may_approve(approver("Otto Other"), version)


def test_looking_at_a_draft_is_not_writing_in_it() -> None:
    carla, version = approver(), draft()
    drafting.write(version, Text(version.title, version.body, version.summary), actor=carla, seen=0)
    assert not Contribution.objects.filter(person=carla).exists()
    assert rules.may_approve(carla, version)


def test_an_approval_that_was_given_stands_though_the_approver_left() -> None:
    carla = approver()
    version = approved(draft(), by=carla)
    User.objects.filter(pk=carla.pk).update(is_active=False)
    assert rules.may_publish(version.author, Version.objects.get(pk=version.pk))


# --- Days


TODAY = date(2026, 3, 2)


def a_last(effective_on: date | None) -> Version:
    return Version(number=4, effective_on=effective_on)


@pytest.mark.parametrize(
    ("day", "last", "words"),
    [
        (date(1999, 1, 1), None, ""),
        (TODAY + timedelta(days=731), None, ""),
        (TODAY + timedelta(days=732), None, "Choose a day within the next two years."),
        (TODAY, date(2026, 3, 1), ""),
        (date(2026, 3, 1), date(2026, 3, 1), "A new version takes effect today or later. Choose another day."),
        (date(2026, 3, 1), date(2026, 4, 1), "A new version takes effect today or later. Choose another day."),
        (date(2026, 3, 31), date(2026, 4, 1), "Version 4 takes effect on April 1, 2026. Choose that day or later."),
        (TODAY, date(2026, 3, 3), "Version 4 takes effect on March 3, 2026. Choose that day or later."),
        (date(2026, 4, 1), date(2026, 4, 1), ""),
        (date(2028, 2, 29), date(2028, 2, 28), ""),
    ],
)
def test_later_versions_never_rewrite_the_past(day: date, last: date | None, words: str) -> None:
    assert said(rules.takes_effect_in_order(day, last=a_last(last) if last else None, today=TODAY)) == words


# --- What the library can hold


BAD_NUMBER = (
    "Number the policy with up to 20 capital letters, digits, points and hyphens, at least one digit among them,"
    " like 1021 or HR-7."
)


@pytest.mark.parametrize("number", ["1021", "HR-7", "1021.1", "A" * 19 + "1", "7", "1-", "A.1"])
def test_a_number_as_policies_have_them(number: str) -> None:
    assert bounds.is_a_number(number)


NO_NUMBERS = ["", " ", "1021 ", " 1021", "10 21", "1021\n", "hr-7", "HR", "٣", "１０２１", "10/21", "../1", ".1", "-1"]
NO_NUMBERS += ["A" * 20 + "1", "1\x00", "1\u200b", "É1", "1_0", "<1>", "1\ud800"]


@pytest.mark.parametrize("number", NO_NUMBERS, ids=ascii)
def test_no_other_number_is_taken(number: str) -> None:
    assert said(bounds.is_a_number(number)) == BAD_NUMBER


@pytest.mark.parametrize(
    ("title", "body", "words"),
    [
        ("T" * 200, "x" * LONGEST_BODY, ""),
        ("", "x", "Give the policy a title."),
        (" ", "x", "Give the policy a title."),
        ("T" * 201, "x", "Shorten the title to 200 characters (it has 201)."),
        ("T", "x" * 600_001, "A policy has at most 600,000 characters (this one has 600,001). Divide it."),
        ("T\x00", "x", "Remove the control characters. They come from copying; type the words again."),
        ("T", "x\ud800", "Remove the control characters. They come from copying; type the words again."),
        ("T", "😀 naïve\tüber\r\n", ""),
    ],
)
def test_a_text_is_kept_up_to_its_bounds(title: str, body: str, words: str) -> None:
    assert said(bounds.fits(title, body, "")) == words


def test_what_stays_is_held_in_one_place() -> None:
    assert {function.__module__ for function in REGISTER[Clause.III_STAY]} == {"policies.rules.stay"}
