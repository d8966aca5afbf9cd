"""Reports that may be about the same matter, and those already merged: one query, however many there are of either."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models.expressions import RawSQL
from django.urls import reverse

from incidents import rules
from incidents.choices import Kind, Status
from incidents.models import Incident
from people.models import User

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
    number: int
    status: str
    kind: str
    reported_at: datetime
    why: list[str]
    has_others: bool

    @property
    def report(self) -> Incident:
        """As much of the report as the rules ask for."""
        return Incident(id=self.number, status=self.status, kind=self.kind, reported_at=self.reported_at)


def context(incident: Incident, user: User) -> dict[str, Any]:
    """What incidents/related.html shows of a case: one query; nothing this person may not see is among it."""
    found = _found(incident, user)
    works = bool(rules.may_work_on(user, incident))
    merged = [_taken_in(each, works=works) for each in found if "merged" in each.why]
    others = [each for each in found if not {"merged", "head"}.intersection(each.why)][:MOST]
    suggestions = [_suggested(incident, each, works=works, has_others=bool(merged)) for each in others]
    head = next((each.report.reference for each in found if "head" in each.why), "")
    return {
        "related_suggestions": suggestions,
        "related_merged": merged,
        "related_are_all": len(merged) < MOST_MERGED,
        "related_head": head,
        "related_unmerge_url": _url("unmerge", incident) if works and incident.merged_into_id else "",
    }


def _found(incident: Incident, user: User) -> list[_Found]:
    parts, params = _parts(incident)
    among = RawSQL("SELECT id FROM found", ())
    rows = rules.visible_to(user).filter(pk__in=among).values("id", "status", "kind", "reported_at")
    visible, visible_params = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_ASKED.format(parts=" UNION ALL ".join(parts), visible=visible), [*params, *visible_params])
        return [_Found(*row) for row in cursor.fetchall()]


def _parts(incident: Incident) -> tuple[list[str], list[Any]]:
    if incident.merged_into_id is not None:
        return [_MERGED_INTO], [incident.merged_into_id]
    parts, params = [_MERGED_HERE, _SAME_PERSON], [incident.pk, incident.pk, incident.pk]
    if incident.address:
        return [*parts, _SAME_ADDRESS], [*params, incident.pk, incident.pk]
    return parts, params


def _suggested(incident: Incident, found: _Found, *, works: bool, has_others: bool) -> Related:
    # Whoever is in the Privacy Office and sees a report may work on it: what keeps from the one keeps from the other.
    other, why = found.report, ", ".join(_WORDS[word] for word in found.why)
    if works and rules.suits(incident, other, takes_others_with_it=has_others):
        url = f"{_url('merge', incident)}?into={other.reference}"
        return _listed(other, why, url, f"Merge into {other.reference}")
    if works and rules.suits(other, incident, takes_others_with_it=found.has_others):
        url = f"{_url('merge', other)}?into={incident.reference}"
        return _listed(other, why, url, f"Merge {other.reference} into this one")
    return _listed(other, why)


def _taken_in(found: _Found, *, works: bool) -> Related:
    report = found.report
    url = _url("unmerge", report) if works else ""
    return _listed(report, Kind(found.kind).label, url, f"Take out {report.reference}")


def _listed(report: Incident, why: str, url: str = "", button: str = "") -> Related:
    state = Status(report.status).label
    return Related(report.reference, state, report.tag_kind, report.reported_at, why, url, button)


def _url(name: str, incident: Incident) -> str:
    return reverse(f"incidents:{name}", args=[incident.reference])
