"""What the queue was asked for, said in three ways: as an index walks it, as a row is held against it, and as facets.

`wanted` holds the answers of the filter that make sense, by the names of its fields.
"""

import re
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from incidents import rules
from incidents.choices import UNDECIDED, UNSETTLED
from incidents.models import Incident
from people.models import User
from workflow import clock

# The first and the last moment something may be due at.
Bounds = tuple[datetime, datetime]
ANY_TIME = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))

ANY_STATE = "any"
NOBODY, ME = "nobody", "me"
UNDECIDED_SEVERITY = "none"
# The configuration the stored words were made with.
LANGUAGE = "english"
_NUMBER = re.compile(r"(?:INC-?)?([1-9][0-9]{0,17})", re.IGNORECASE)


def matching(user: User, wanted: dict[str, Any]) -> QuerySet[Incident]:
    """The incidents this person may see that fit the filter's answers; without a state, the open ones."""
    rows = scope(user, wanted)
    return rows if number_in(wanted) else with_words(rows).filter(fits(user, wanted))


def scope(user: User, wanted: dict[str, Any], between: Bounds | None = None) -> QuerySet[Incident]:
    """What this person may see, of the states and days asked for: each of these an index has in order.

    `between` is what `bounds` says of the days; asked for here where it is not given.
    """
    rows = rules.visible_to(user)
    number = number_in(wanted)
    if number:
        return rows.filter(pk=number)
    due = _due(wanted["due"], between or bounds(wanted)) if wanted.get("due") else Q()
    return rows.filter(_in_state(wanted.get("status", "")), due)


def with_words(rows: QuerySet[Incident]) -> QuerySet[Incident]:
    """The rows with their stored words, for a condition to name them."""
    return rows.alias(stored=RawSQL("incidents_incident.words", [], output_field=SearchVectorField()))


def fits(user: User, wanted: dict[str, Any]) -> Q:
    """Everything else that was asked for; nothing where only a state or days were."""
    fit = Q(**{name: wanted[name] for name in ("kind", "division", "platform") if wanted.get(name)})
    if wanted.get("severity"):
        fit &= Q(severity="" if wanted["severity"] == UNDECIDED_SEVERITY else wanted["severity"])
    if wanted.get("assignee"):
        holder = _holder(user, wanted)
        fit &= Q(assignee=None if holder == NOBODY else int(holder))
    if wanted.get("q"):
        fit &= Q(stored=SearchQuery(wanted["q"], search_type="websearch", config=LANGUAGE))
    return fit


def facets(user: User, wanted: dict[str, Any]) -> list[str]:
    """The same and the state, as the column `facets` has them."""
    state = wanted.get("status", "")
    found = [f"{name}:{wanted[name]}" for name in ("kind", "severity", "platform", "division") if wanted.get(name)]
    if wanted.get("assignee"):
        found.append(f"assignee:{_holder(user, wanted)}")
    if state != ANY_STATE:
        found.append(f"status:{state}" if state else "open")
    return found


def number_in(wanted: dict[str, Any]) -> int | None:
    """The number of a case, where that is all that was typed."""
    found = _NUMBER.fullmatch(wanted.get("q", "").strip())
    return int(found[1]) if found else None


def _holder(user: User, wanted: dict[str, Any]) -> str:
    return str(user.pk) if wanted["assignee"] == ME else str(wanted["assignee"])


def _in_state(state: str) -> Q:
    if state == ANY_STATE:
        return Q()
    return Q(status=state) if state else UNSETTLED


def bounds(wanted: dict[str, Any]) -> Bounds:
    """Between which moments what is asked for is due, as things stand now; anything where that is not asked."""
    due = wanted.get("due", "")
    if not due:
        return ANY_TIME
    if due == "today":
        return _days(0, 0)
    if due == "week":
        weekday = clock.today().weekday()
        return _days(-weekday, 6 - weekday)
    now = clock.now()
    return now, now


def _due(due: str, between: Bounds) -> Q:
    if due == "overdue":
        return Q(due_at__lt=between[1], status__in=UNDECIDED)
    return Q(due_at__range=between)


def _days(first: int, last: int) -> Bounds:
    """From the first to the last moment of the department's days so far from today: a range an index can follow."""
    today, zone = clock.today(), timezone.get_default_timezone()
    return (
        datetime.combine(today + timedelta(days=first), time.min, tzinfo=zone),
        datetime.combine(today + timedelta(days=last), time.max, tzinfo=zone),
    )
