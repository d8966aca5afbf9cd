"""How far up the chain of command a request must go: to the head of the division or office, and no link is skipped."""

from dataclasses import dataclass, replace
from datetime import date

from django.db import connection

from people.chain import Link, chain_of_command, designee_for, everyone_above
from people.models import User

# The division above a unit counts, else its highest office; a hundred links is deeper than any department.
_HEAD = """
    WITH RECURSIVE up (id, parent_id, kind, head_id, depth) AS (
        SELECT id, parent_id, kind, head_id, 0 FROM people_unit WHERE id = %s
        UNION ALL
        SELECT u.id, u.parent_id, u.kind, u.head_id, up.depth + 1
            FROM up JOIN people_unit u ON u.id = up.parent_id WHERE up.depth < 100
    )
    SELECT head_id FROM up WHERE kind <> 'department' ORDER BY kind = 'division' DESC, depth DESC LIMIT 1
"""


@dataclass(frozen=True)
class Command:
    """Who decides about a person's request, nearest first, and how far up it must go.

    The first `needed` links decide in turn; those above them are asked only where these stay silent.
    """

    links: list[Link]
    needed: int


def command_of(user: User, *, on: date | None = None) -> Command:
    """Everyone up to the top, and how far it goes to the head of the division, or of an office without one."""
    above = everyone_above(user)
    links = chain_of_command(user, on=on)
    head = _head_of(user)
    if head == user.pk:
        return Command(links, min(len(links), 1))
    places = [person.pk for person in above]
    if head in places:
        return Command(links, _up_to(places.index(head), places, links))
    links = _where_it_ends(user, above, links)
    return Command(links, len(links))


def _head_of(user: User) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(_HEAD, [user.unit_id])
        row = cursor.fetchone()
    return row[0] if row else None


def _up_to(head: int, places: list[int], links: list[Link]) -> int:
    """The links up to the head's place; where the head does not decide, the next one above is needed too."""
    at = [places.index(_principal(link)) if _principal(link) in places else len(places) for link in links]
    below = sum(1 for place in at if place < head)
    return min(below + 1, len(links))


def _where_it_ends(user: User, above: list[User], links: list[Link]) -> list[Link]:
    """A chain that turns back on itself ends there, and the Secretary's designee decides last."""
    last = above[-1] if above else None
    known = {user.pk: user, **{person.pk: person for person in above}}
    if last is None or last.supervisor_id not in known or not links:
        return links
    leads_back = f"Above {last} the chain of command leads back to {known[last.supervisor_id]}"
    designee = designee_for(user)
    if designee is None or designee.pk in known:
        return [*links[:-1], replace(links[-1], why=f"{links[-1].why} {leads_back}.")]
    return [*links, Link(designee, None, f"{leads_back}, so the Secretary's designee decides.")]


def _principal(link: Link) -> int:
    return (link.acting_for or link.person).pk
