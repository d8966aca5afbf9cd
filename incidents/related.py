"""Reports that may be about the same matter, and those already merged: one query, however many there are of either."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from django.db.models.expressions import RawSQL
from django.urls import reverse

from incidents import rules
from incidents.choices import STATUS_TAGS, Kind, Status
from incidents.models import Incident
from people.models import User
from people.planned import Planned
from people.prepared import HERE, somebody

MOST = 6
MOST_MERGED = 50

# Each part walks an index from the newest report backwards and stops: an address that 50,000 reports share, or a person
# named in 10,000, costs no more than one that few do. BETWEEN and not "=", since the planner takes every value for one
# of the average, few, and would read and sort all of them. A merged report stands for the one it went into.
_MERGED_HERE = (
    "(SELECT id, 'merged' AS why FROM incidents_incident WHERE merged_into_id = %s ORDER BY id DESC LIMIT 50)"
)
_MERGED_INTO = "SELECT %s::bigint AS id, 'head' AS why"
_SAME_ADDRESS = """
    SELECT family AS id, 'address' AS why FROM (
        SELECT i.family FROM (SELECT address_key FROM incidents_incident WHERE id = %s) AS here CROSS JOIN LATERAL (
            SELECT family FROM incidents_incident
            WHERE address_key <> '' AND address_key BETWEEN here.address_key AND here.address_key
            ORDER BY address_key DESC, id DESC LIMIT 20
        ) AS i
    ) AS newest WHERE family <> %s
"""
_SAME_PERSON = """
    SELECT i.family AS id, 'person' AS why FROM (
        SELECT newest.incident_id FROM incidents_involvement AS person CROSS JOIN LATERAL (
            SELECT v.incident_id FROM incidents_involvement v
            WHERE v.person_id BETWEEN person.person_id AND person.person_id
            ORDER BY v.person_id DESC, v.incident_id DESC LIMIT 20
        ) AS newest WHERE person.incident_id = %s ORDER BY newest.incident_id DESC LIMIT 20
    ) AS named JOIN incidents_incident i ON i.id = named.incident_id WHERE i.family <> %s
"""
_ASKED = """
    WITH found AS MATERIALIZED (SELECT id, array_agg(DISTINCT why) AS why FROM ({parts}) AS each GROUP BY id)
    SELECT seen.id, seen.status, seen.kind, seen.reported_at, found.why,
        EXISTS (SELECT 1 FROM incidents_incident m WHERE m.merged_into_id = seen.id)
    FROM ({visible}) AS seen JOIN found ON found.id = seen.id ORDER BY seen.id DESC
"""
_WORDS = {"address": "Same web address", "person": "Names the same person"}


@dataclass(frozen=True)
class Related:
    """Another report as the case page lists it; `url` and `button` are empty where nothing can be done with it."""

    reference: str
    state: str
    tag_kind: str
    reported_at: datetime
    why: str
    url: str
    button: str


class _Found(NamedTuple):
    pk: int
    status: str
    kind: str
    reported_at: datetime
    why: list[str]
    has_others: bool

    @property
    def reference(self) -> str:
        """The number people quote."""
        return f"INC-{self.pk}"


@dataclass(frozen=True)
class Others:
    """What incidents/related.html shows of a case; `head` is the report it was merged into, as in INC-1042."""

    suggestions: tuple[Related, ...]
    merged: tuple[Related, ...]
    head: str
    unmerge_url: str

    @property
    def are_all(self) -> bool:
        """Whether no more are merged into it than are listed."""
        return len(self.merged) < MOST_MERGED


def of(incident: Incident, user: User) -> Others:
    """Who else reported this matter, or may have: one query; nothing this person may not see is among it."""
    found = _found(incident, user)
    works = bool(rules.may_work_on(user, incident))
    merged = tuple(_taken_in(each, works=works) for each in found if "merged" in each.why)
    others = [each for each in found if not {"merged", "head"}.intersection(each.why)][:MOST]
    return Others(
        tuple(_suggested(incident, each, works=works, has_others=bool(merged)) for each in others),
        merged,
        next((each.reference for each in found if "head" in each.why), ""),
        _url("unmerge", incident) if works and incident.merged_into_id else "",
    )


def _found(incident: Incident, user: User) -> list[_Found]:
    planned = _planned(user.roles, is_merged=incident.merged_into_id is not None, has_address=bool(incident.address))
    return [_Found(*row) for row in planned.rows(user.pk, incident.pk, incident.merged_into_id)]


@lru_cache(maxsize=64)
def _planned(roles: frozenset[str], *, is_merged: bool, has_address: bool) -> Planned:
    """The query of everyone with these roles, about one person, one report and the one it went into."""
    reader, number, head = somebody(roles), HERE - 1, HERE - 2
    among = RawSQL("SELECT id FROM found", ())
    rows = rules.visible_to(reader).filter(pk__in=among).values("id", "status", "kind", "reported_at")
    visible, params = rows.query.sql_with_params()
    if is_merged:
        parts, numbers = [_MERGED_INTO], [head]
    else:
        parts = [_MERGED_HERE, _SAME_PERSON, *([_SAME_ADDRESS] if has_address else [])]
        numbers = [number] * sum(part.count("%s") for part in parts)
    asked = _ASKED.format(parts=" UNION ALL ".join(parts), visible=visible)
    return Planned(asked, [*numbers, *params], asks=[reader.pk, number, head])


def _suggested(incident: Incident, found: _Found, *, works: bool, has_others: bool) -> Related:
    # Whoever is in the Privacy Office and sees a report may work on it: what keeps from the one keeps from the other.
    why = ", ".join(_WORDS[word] for word in found.why)
    if works and rules.suits(incident, found, takes_others_with_it=has_others):
        url = f"{_url('merge', incident)}?into={found.reference}"
        return _listed(found, why, url, f"Merge into {found.reference}")
    if works and rules.suits(found, incident, takes_others_with_it=found.has_others):
        url = f"{_url('merge', found)}?into={incident.reference}"
        return _listed(found, why, url, f"Merge {found.reference} into this one")
    return _listed(found, why)


def _taken_in(found: _Found, *, works: bool) -> Related:
    url = _url("unmerge", found) if works else ""
    return _listed(found, Kind(found.kind).label, url, f"Take out {found.reference}")


def _listed(found: _Found, why: str, url: str = "", button: str = "") -> Related:
    status = Status(found.status)
    return Related(found.reference, status.label, STATUS_TAGS[status], found.reported_at, why, url, button)


def _url(name: str, report: Incident | _Found) -> str:
    return reverse(f"incidents:{name}", args=[report.reference])
