"""Access to social media sites at work (II(I)): who asks for what, who decides, grants, ends and sees it."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format

from access_requests import routing
from access_requests.models import AccessRequest, FeedToken, Turn
from access_requests.parameters import MOST_DAYS
from investigations.models import Investigation
from investigations.rules import open_investigations_of
from people.models import Role, User
from policies.clauses import Clause, enforces
from workflow import clock
from workflow.decisions import ALLOWED, Decision, Denied, first_denial

Status = AccessRequest.Status

# Beside the requester and their chain: who sees every request that was sent, and who counts the grants.
EXAMINERS = (Role.PRIVACY_OFFICER, Role.AUDITOR)
COUNTERS = (*EXAMINERS, Role.IT_SECURITY)
# What IT Security works on, or has worked on.
PROVISIONED = (Status.APPROVED, Status.ACTIVE, Status.ENDING, Status.ENDED)
SHORTEST_PURPOSE = 4
FARTHEST_START = timedelta(days=366)
_WORD = re.compile(r"[^\W_]{2,}")


# --- Who sees what


def visible_to(user: User) -> QuerySet[AccessRequest]:
    """One's own requests, those that are or were one's turn, and what one's office works on or examines."""
    theirs = Q(requester=user) | ~Q(status=Status.DRAFT) & Q(Exists(_turns_of(user)))
    if user.has_role(*EXAMINERS):
        theirs |= Q(submitted_at__isnull=False)
    elif user.has_role(Role.IT_SECURITY):
        theirs |= Q(status__in=PROVISIONED) & (~Q(status=Status.ENDED, granted_at=None) | ~Q(Exists(_unapproved())))
    return AccessRequest.objects.filter(theirs).select_related("requester", "investigation", "unit")


def turns_of(user: User) -> QuerySet[Turn]:
    """What waits for this person to decide or to review, due first."""
    waiting = Turn.objects.filter(person=user, outcome="").order_by("due_at", "pk")
    return waiting.select_related("request__requester", "request__investigation", "acting_for")


def may_count(user: User) -> Decision:
    """IT Security, the Privacy Officer and the auditor see all grants and count them."""
    if user.has_role(*COUNTERS):
        return ALLOWED
    return Denied("Only IT Security, Privacy Officers and auditors see who has access.")


def _unapproved() -> QuerySet[Turn]:
    """What shows that a request was over before everyone had approved it."""
    turns = Turn.objects.filter(request=OuterRef("pk"), round=OuterRef("round"))
    return turns.filter(outcome__in=(Turn.Outcome.OVER, Turn.Outcome.RETURNED))


def _turns_of(user: User) -> QuerySet[Turn]:
    turns = Turn.objects.filter(request=OuterRef("pk"))
    return turns.filter(Q(person=user) | Q(acting_for=user))


# --- Asking


@enforces(Clause.II_I)
def is_specific(*purpose: str) -> Decision:
    """Each answer about the purpose takes a few words: what, for which task, why signed in."""
    if all(len(_WORD.findall(words)) >= SHORTEST_PURPOSE for words in purpose):
        return ALLOWED
    return Denied("State a specific investigative purpose.")


@enforces(Clause.II_I)
def names_its_case(person: User, investigation: Investigation | None, case_number: str) -> Decision:
    """The purpose belongs to an open investigation one takes part in, or to a numbered case or task."""
    if investigation is None:
        return ALLOWED if case_number.strip() else Denied("Give the number of the investigation or case this is for.")
    if open_investigations_of(person).filter(pk=investigation.pk).exists():
        return ALLOWED
    return Denied("Choose an open investigation that you take part in, or give a case number.")


@enforces(Clause.II_I)
def is_short_enough(starts_on: date, ends_on: date) -> Decision:
    """Access lasts as many days as the setting says at most, both days included."""
    if ends_on < starts_on:
        return Denied("The last day comes before the first.")
    last = starts_on + timedelta(days=MOST_DAYS.value() - 1)
    if ends_on > last:
        day = date_format(last, "F j, Y")
        return Denied(f"Access lasts at most {MOST_DAYS.value()} days. Choose {day} or earlier.")
    return ALLOWED


@enforces(Clause.II_I)
def begins_in_time(starts_on: date) -> Decision:
    """Access is asked for in advance and for a time that can be foreseen."""
    today = clock.today()
    if starts_on < today:
        return Denied("The first day is in the past. Choose today or later.")
    return ALLOWED if starts_on <= today + FARTHEST_START else Denied("Choose a first day within the next year.")


@enforces(Clause.II_I)
def has_a_chain(person: User) -> Decision:
    """Somebody else stands above the person and decides."""
    if routing.chain_for(person).links:
        return ALLOWED
    return Denied("Nobody stands above you in the directory, so nobody can decide. Tell your personnel office.")


def is_theirs(actor: User, request: AccessRequest) -> Decision:
    """Only the person who asks writes, sends, copies and withdraws a request."""
    return ALLOWED if actor.pk == request.requester_id else Denied("Only the person who asks for access does this.")


def may_submit(actor: User, request: AccessRequest) -> Decision:
    """A complete request of one's own goes to the chain of command."""
    if isinstance(refusal := is_theirs(actor, request), Denied):
        return refusal
    if not (request.sites and request.device and request.starts_on and request.ends_on):
        return Denied("Fill in the sites, the days and the device first.")
    return first_denial(
        is_specific(request.wanted, request.task, request.why_sign_in),
        names_its_case(actor, request.investigation, request.case_number),
        begins_in_time(request.starts_on),
        is_short_enough(request.starts_on, request.ends_on),
        has_a_chain(actor),
    )


# --- Deciding


@enforces(Clause.II_I)
def is_next_in_chain(actor: User, request: AccessRequest) -> Decision:
    """Each link of today's chain of command in turn: none is skipped, nobody decides about their own request."""
    words = "Approval must go through your chain of command."
    if actor.pk == request.requester_id:
        return Denied(f"{words} Nobody decides about their own request.")
    if request.status != Status.SUBMITTED:
        return ALLOWED
    turn = routing.open_turn(request)
    if turn is None or turn.person_id != actor.pk:
        return Denied(f"{words} {turn.person if turn else 'Nobody'} decides about this now.", conflict=True)
    link = routing.next_link(request)
    if link is None or link.person.pk != actor.pk:
        return Denied(f"{words} {link.person if link else 'Nobody'} decides about this now.", conflict=True)
    if routing.principal_of(link).pk != turn.principal.pk:
        return Denied(f"{words} It has just changed. Look again in a few minutes.", conflict=True)
    return ALLOWED


@enforces(Clause.II_I)
def only_narrows(request: AccessRequest, until: date | None, sites: Iterable[str]) -> Decision:
    """Whoever decides may shorten the time and take sites out, and never the other way around."""
    if request.until is None or until is None or until > request.until:
        return Denied("You may shorten the access, never lengthen it.")
    if request.starts_on is None or until < request.starts_on:
        return Denied("The last day comes before the first.")
    chosen = set(sites)
    if not chosen:
        return Denied("Leave at least one site, or decline the request.")
    return ALLOWED if chosen <= set(request.granted_sites) else Denied("You may take sites out, never add one.")


@enforces(Clause.II_I)
def are_alike(requests: Iterable[AccessRequest]) -> Decision:
    """One reason fits several requests only where they serve the same investigation or case."""
    if len({(request.investigation_id, request.case_number.strip().casefold()) for request in requests}) > 1:
        return Denied("These requests are for different cases. Decide about each on its own.")
    return ALLOWED


@enforces(Clause.II_I)
def is_reviewer(actor: User, request: AccessRequest) -> Decision:
    """Whose turn the periodic review is keeps or revokes what is in force; never one's own."""
    if actor.pk == request.requester_id:
        return Denied("Nobody reviews their own access.")
    turn = routing.open_turn(request)
    if turn is None or turn.person_id != actor.pk:
        return Denied(f"{turn.named if turn else 'Nobody'} reviews this now.", conflict=True)
    return ALLOWED


# --- Granting and ending


@enforces(Clause.II_I)
def may_provision(actor: User, request: AccessRequest) -> Decision:
    """IT Security confirms what it set up and what it removed, never for themselves."""
    if not actor.has_role(Role.IT_SECURITY):
        return Denied("Only IT Security confirms a grant or a removal.")
    if actor.pk == request.requester_id:
        return Denied("You asked for this access. Someone else in IT Security confirms it.")
    return ALLOWED


def may_revoke(actor: User, request: AccessRequest) -> Decision:
    """Whoever approved it, IT Security and Privacy Officers revoke what was approved, at any time."""
    approved = request.turns.filter(outcome=Turn.Outcome.APPROVED).filter(Q(person=actor) | Q(acting_for=actor))
    if actor.pk != request.requester_id and (
        actor.has_role(Role.IT_SECURITY, Role.PRIVACY_OFFICER) or approved.exists()
    ):
        return ALLOWED
    return Denied("Only those who approved it, IT Security and Privacy Officers revoke access.")


def may_manage_feed(actor: User) -> Decision:
    """IT Security makes and revokes the tokens with which machines read the list of grants."""
    return ALLOWED if actor.has_role(Role.IT_SECURITY) else Denied("Only IT Security lets machines read the list.")


def may_revoke_token(actor: User, token: FeedToken) -> Decision:
    """A token is revoked once."""
    if token.revoked_at is not None:
        return Denied("This token has been revoked already.", conflict=True)
    return may_manage_feed(actor)


def tokens_for(user: User) -> QuerySet[FeedToken]:
    """The machines' tokens, for IT Security alone, newest first."""
    tokens = FeedToken.objects.select_related("created_by", "revoked_by").order_by("-created_at", "-pk")
    return tokens if may_manage_feed(user) else tokens.none()
