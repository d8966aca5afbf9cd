"""Formal investigations: who sees one, who opens and closes one, who says who takes part."""

from django.db.models import Q, QuerySet

from investigations.models import Investigation, Member, Office
from people.models import Role, RoleGrant, User
from workflow.decisions import ALLOWED, Decision, Denied, first_denial

# They see every investigation and change none.
EXAMINERS = (Role.AUDITOR,)
INVESTIGATORS = (Role.INVESTIGATOR, Role.PRIVACY_OFFICER)

OWN_OFFICE = Denied("Only investigators open a formal investigation, for their own office.")


# --- Sight


def visible_to(user: User) -> QuerySet[Investigation]:
    """Those one takes part in and those of one's own office, closed ones as well; for auditors all."""
    shown = Investigation.objects.select_related("opened_by", "closed_by")
    if not user.is_active:
        return shown.none()
    if user.has_role(*EXAMINERS):
        return shown
    return shown.filter(Q(pk__in=_takes_part_in(user)) | Q(office__in=offices_of(user)))


def open_investigations_of(person: User) -> QuerySet[Investigation]:
    """The open ones this person takes part in, newest first: what a request of theirs may refer to."""
    theirs = Investigation.objects.filter(status=Investigation.Status.OPEN, pk__in=_takes_part_in(person))
    return theirs.order_by("-opened_at", "-pk")


def members_of(investigation: Investigation) -> QuerySet[Member]:
    """Who takes part now, in the order they came."""
    return investigation.members.filter(removed_at=None).select_related("person", "added_by").order_by("pk")


def offices_of(user: User) -> frozenset[str]:
    """The offices this person investigates for now: an investigator's own, the Privacy Officer's, no auditor's."""
    if not user.has_role(*INVESTIGATORS) or user.has_role(*EXAMINERS):
        return frozenset()
    grants = RoleGrant.objects.in_force().filter(user=user, role=Role.INVESTIGATOR)
    offices = frozenset(grants.values_list("office", flat=True))
    return offices | {Office.PRIVACY} if user.has_role(Role.PRIVACY_OFFICER) else offices


def works_on_them(user: User) -> bool:
    """Whether investigations are part of this person's work: those who open them and those who examine."""
    return user.has_role(*INVESTIGATORS, *EXAMINERS)


def has_business(user: User) -> bool:
    """Whether the list of investigations exists for this person at all."""
    return works_on_them(user) or visible_to(user).exists()


# --- Opening and closing


def may_open(actor: User, office: str) -> Decision:
    """An investigator opens one for their own office, a Privacy Officer for the Privacy Office."""
    return ALLOWED if office in offices_of(actor) else OWN_OFFICE


def may_open_any(actor: User) -> Decision:
    """Whoever investigates for some office."""
    return ALLOWED if offices_of(actor) else OWN_OFFICE


def is_free(number: str) -> Decision:
    """Two investigations never share a number, whosever they are."""
    if Investigation.objects.filter(number=number).exists():
        return Denied("There is an investigation with this number already. Check the number.", conflict=True)
    return ALLOWED


def may_close(actor: User, investigation: Investigation) -> Decision:
    """Those who run an open investigation close it, once."""
    return first_denial(_runs(actor, investigation), _is_open(investigation))


# --- Who takes part


def may_change_members(actor: User, investigation: Investigation) -> Decision:
    """Those who run an open investigation say who takes part."""
    return first_denial(_runs(actor, investigation), _is_open(investigation))


def may_add_member(actor: User, investigation: Investigation, person: User) -> Decision:
    """Someone who works here and does not take part yet is added."""
    if isinstance(refusal := may_change_members(actor, investigation), Denied):
        return refusal
    if not person.is_active:
        return Denied(f"{person} has left. Choose someone who works here.")
    if investigation.members.filter(person=person, removed_at=None).exists():
        return Denied(f"{person} is a member already.", conflict=True)
    return ALLOWED


def may_remove_member(actor: User, member: Member) -> Decision:
    """Someone who still takes part is taken out."""
    if isinstance(refusal := may_change_members(actor, member.investigation), Denied):
        return refusal
    if member.removed_at is not None:
        return Denied(f"{member.person} is no longer a member.", conflict=True)
    return ALLOWED


def _runs(actor: User, investigation: Investigation) -> Decision:
    """The office's investigators, and whoever opened it as long as they take part; auditors only look."""
    if actor.has_role(*EXAMINERS):
        return Denied("Auditors read investigations and change nothing in them.")
    if investigation.office in offices_of(actor) or _opened_and_stayed(actor, investigation):
        return ALLOWED
    office = investigation.get_office_display()
    return Denied(f"Only whoever opened this and the investigators of its office ({office}) change it.")


def _opened_and_stayed(actor: User, investigation: Investigation) -> bool:
    """Whether they opened it and still see it: whoever was taken out must not add themselves again."""
    opened = actor.is_active and actor.pk == investigation.opened_by_id
    return opened and investigation.members.filter(person=actor, removed_at=None).exists()


def _is_open(investigation: Investigation) -> Decision:
    if investigation.is_open:
        return ALLOWED
    return Denied("This investigation is closed, so nothing in it changes any more.", conflict=True)


def _takes_part_in(person: User) -> QuerySet[Member, int]:
    return Member.objects.filter(person=person, removed_at=None).values_list("investigation", flat=True)
