"""The chain of command: who stands above a person, and who decides for those who are away."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.formats import date_format

from people.models import Delegation, User

# The path ends a loop where it would begin again; a hundred links is deeper than any department.
_UPWARDS = """
    WITH RECURSIVE up (id, depth, path) AS (
        SELECT supervisor_id, 1, ARRAY[id, supervisor_id] FROM people_user
            WHERE id = %s AND supervisor_id IS NOT NULL
        UNION ALL
        SELECT p.supervisor_id, up.depth + 1, up.path || p.supervisor_id
            FROM up JOIN people_user p ON p.id = up.id
            WHERE p.supervisor_id IS NOT NULL AND p.supervisor_id <> ALL (up.path) AND up.depth < 100
    )
    SELECT p.* FROM up JOIN people_user p ON p.id = up.id ORDER BY up.depth
"""


@dataclass(frozen=True)
class Link:
    """One who decides: in their own name, or in that of the superior they act for, and why it falls to them."""

    person: User
    acting_for: User | None
    why: str


def everyone_above(user: User) -> list[User]:
    """Everyone above this person, leavers too, nearest first; one query, loops end where they begin again."""
    return list(User.objects.raw(_UPWARDS, [user.pk]))


def superiors(user: User) -> list[User]:
    """Everyone above this person who still works here, nearest first; one query, loops end where they begin again."""
    return [superior for superior in everyone_above(user) if superior.is_active]


def is_above(superior: User, user: User) -> bool:
    """Whether the one stands anywhere above the other in the chain of command."""
    return any(above.pk == superior.pk for above in everyone_above(user))


def chain_of_command(user: User, *, on: date | None = None) -> list[Link]:
    """Who decides about this person's request, nearest first, on a day (today); at the top, the Secretary's designee.

    Nobody stands in it twice, and never the person themselves.
    """
    links, passed_over = deciding(user, everyone_above(user), on=on)
    return links or beyond_the_top(user, passed_over)


def deciding(user: User, above: list[User], *, on: date | None = None) -> tuple[list[Link], str]:
    """Each of those above a person, or who stands in, on a day (today); and in words who is passed over after the last.

    Those passed over before are named in the reason of the next one.
    """
    absences = _absences(above, on or timezone.localdate())
    taken = {user.pk} | {superior.pk for superior in above}
    links: list[Link] = []
    below, passed_over = user, ""
    for superior in above:
        absence = absences.get(superior.pk)
        skipped = _why_passed_over(superior, absence, user, taken)
        if skipped:
            passed_over += f"{skipped} "
            continue
        links.append(_link(superior, absence, f"{passed_over}{_place(below, superior)}"))
        taken |= {absence.delegate_id} if absence else set()
        below, passed_over = superior, ""
    return links, passed_over


def beyond_the_top(user: User, passed_over: str) -> list[Link]:
    """The Secretary's designee, for whom nobody above decides; empty where there is none."""
    designee = designee_for(user)
    why = f"{passed_over}Nobody who works here stands above {user}; the Secretary's designee decides."
    return [Link(designee, None, why)] if designee else []


def designee_for(user: User) -> User | None:
    """The Secretary's designee, where the setting names one who works here and is not this person."""
    named = User.objects.filter(email=settings.SECRETARY_DESIGNEE.lower(), is_active=True)
    return named.exclude(pk=user.pk).first()


def decides_for(person: User, why: str, *, on: date | None = None) -> Link | None:
    """Who decides what is one person's to decide, on a day (today): they, or whoever stands in; None for nobody."""
    absence = _absences([person], on or timezone.localdate()).get(person.pk)
    return None if _why_passed_over(person, absence, person, set()) else _link(person, absence, why)


def _absences(above: list[User], day: date) -> dict[int, Delegation]:
    """The delegation of each superior who is away on this day, with whether the delegate is away too."""
    away_too = Delegation.objects.covering(day).filter(delegator=OuterRef("delegate"))
    away = Delegation.objects.covering(day).filter(delegator__in=above).select_related("delegate")
    return {absence.delegator_id: absence for absence in away.annotate(delegate_away=Exists(away_too))}


def _link(superior: User, absence: Delegation | None, why: str) -> Link:
    if absence is None:
        return Link(superior, None, why)
    until = date_format(absence.ends_on, "F j, Y")
    return Link(absence.delegate, superior, f"{why} {superior} is away until {until}; {absence.delegate} stands in.")


def _place(below: User, superior: User) -> str:
    if below.supervisor_id == superior.pk:
        return f"Supervisor of {below}."
    return f"Next above {below}."


def _why_passed_over(superior: User, absence: Delegation | None, user: User, taken: set[int]) -> str:
    """Why neither this superior nor a delegate decides, in a sentence; empty where one of them does."""
    if not superior.is_active:
        return f"{superior} has left."
    if absence is None:
        return ""
    delegate = absence.delegate
    if delegate.pk == user.pk:
        return f"{superior} is away and left the decisions to {delegate}, who cannot decide about themselves."
    if not delegate.is_active:
        return f"{superior} is away and {delegate}, who stood in, has left."
    if getattr(absence, "delegate_away", False):
        return f"{superior} and {delegate}, who would stand in, are both away."
    return f"{superior} is away and {delegate}, who stands in, decides already." if delegate.pk in taken else ""
