"""How far up a person's request must go: to the head of their division or office, as a rule."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from people.chain import Link, beyond_the_top, deciding, designee_for, everyone_above
from people.models import User

# The path ends a loop where it would begin again; a hundred links is deeper than any department.
_HEAD = """
    WITH RECURSIVE up (id, parent_id, kind, head_id, depth, path) AS (
        SELECT id, parent_id, kind, head_id, 0, ARRAY[id] FROM people_unit WHERE id = %s
        UNION ALL
        SELECT u.id, u.parent_id, u.kind, u.head_id, up.depth + 1, up.path || u.id
            FROM up JOIN people_unit u ON u.id = up.parent_id
            WHERE u.id <> ALL (up.path) AND up.depth < 100 AND up.kind <> 'division'
    )
    SELECT head_id FROM up WHERE kind IN ('division', 'office') ORDER BY kind = 'division' DESC, depth DESC LIMIT 1
"""


@dataclass(frozen=True)
class Command:
    """Who decides about a person's request, nearest first; the first `needed` must, the rest where those are silent."""

    links: list[Link]
    needed: int


def command_of(user: User, *, on: date | None = None) -> Command:
    """Who decides about this person's request on a day (today), and how far up it goes; nobody stands in it twice."""
    above, head = everyone_above(user), _head_over(user)
    links, passed_over = deciding(user, above, on=on)
    needed = 1 if head == user.pk else _as_far_as(head, links, above)
    again = _leads_back_to(user, above)
    if needed is None and again:
        back = f"{passed_over}Above {above[-1]} the chain of command leads back to {again}"
        links = _ended_by_the_designee(user, above, links, back)
    elif not links:
        links = beyond_the_top(user, passed_over)
    return Command(links, min(needed or len(links), len(links)))


def _head_over(user: User) -> int | None:
    """The head of the nearest division this person belongs to, else of the highest office."""
    if user.unit_id is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [user.unit_id])
        (head,) = cursor.fetchone() or (None,)
    return None if head is None else int(head)


def _as_far_as(head: int | None, links: list[Link], above: list[User]) -> int | None:
    """How many links it takes to the head, or to the next above where the head does not decide; None if none does."""
    places = {superior.pk: place for place, superior in enumerate(above)}
    if head not in places:
        return None
    principals = (link.acting_for or link.person for link in links)
    reached = (count for count, who in enumerate(principals, 1) if places[who.pk] >= places[head])
    return next(reached, None)


def _leads_back_to(user: User, above: list[User]) -> User | None:
    """Whom the last one above reports to, where that is someone beneath them in the same chain."""
    return next((person for person in [user, *above] if above and above[-1].supervisor_id == person.pk), None)


def _ended_by_the_designee(user: User, above: list[User], links: list[Link], back: str) -> list[Link]:
    """The links found and the Secretary's designee; without a new one, the last link says why it goes no further."""
    known = {superior.pk for superior in above} | {link.person.pk for link in links}
    designee = designee_for(user)
    if designee and designee.pk not in known:
        return [*links, Link(designee, None, f"{back}, so the Secretary's designee decides.")]
    return [*links[:-1], *(replace(last, why=f"{last.why} {back}.") for last in links[-1:])]
