"""What was reported, as terms and values for a page."""

from typing import Any

from django.utils.formats import date_format

from incidents import parameters
from incidents.choices import Affected, AskedFor, Information, Programme
from incidents.models import Incident


def facts_of(incident: Incident) -> list[tuple[str, Any]]:
    """What was reported, as terms and values in the order of the form; empty answers are left out."""
    platform = incident.platform_other or incident.platform
    people = incident.affected_count or incident.get_affected_range_display()
    facts = [
        ("Kind of report", incident.get_kind_display()),
        ("How they asked", incident.get_verb_display()),
        ("What they asked for", _labels(AskedFor, incident.asked_for)),
        ("Moved to a personal e-mail", incident.get_moved_to_personal_display()),
        ("Site or app", "" if platform == parameters.OTHER_PLATFORM else platform),
        ("Web address", incident.address),
        ("Who could see it", incident.get_visibility_display()),
        ("Can still be seen", incident.get_still_live_display()),
        ("Kinds of information", _labels(Information, incident.information)),
        ("Blurred or altered", "Yes; still confidential under II(A)(2)" if incident.altered else ""),
        ("Whose information", _labels(Affected, incident.affected)),
        ("How many people", people),
        ("Programs", _labels(Programme, incident.programmes)),
        ("Discovered on", date_format(incident.discovered_on)),
        ("Happened on", date_format(incident.occurred_on) if incident.occurred_on else "Not known"),
        ("How it was found", incident.get_how_found_display()),
        ("Done so far", incident.containment),
    ]
    return [(term, value) for term, value in facts if value]


def learned_of(division: str | None) -> list[tuple[str, str]]:
    """What the Privacy Office found out besides, which no report asks for."""
    return [("Division concerned", division)] if division else []


def _labels(options: Any, values: list[str]) -> str:
    return ", ".join(options(value).label for value in values)


def named_in(incident: Incident) -> list[tuple[str, str]]:
    """Whom the reporter named, found in the directory or in their own words; one query."""
    names = [person.name for person in incident.involved.filter(involvements__named_by=incident.reporter_id).distinct()]
    words = [f"{incident.people_described} (as you wrote it)"] if incident.people_described else []
    return [("People you named", "; ".join([*names, *words]))] if names or words else []
