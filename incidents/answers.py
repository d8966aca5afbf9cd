"""What was reported, as terms and values for a page."""

from typing import Any

from django.utils.formats import date_format

from incidents import parameters
from incidents.choices import Affected, AskedFor, HowFound, Information, Kind, Programme, Range, Verb, Visibility, YesNo
from incidents.models import Incident


def facts_of(incident: Incident) -> list[tuple[str, Any]]:
    """What was reported, as terms and values in the order of the form; empty answers are left out."""
    platform = incident.platform_other or incident.platform
    people = incident.affected_count or _label(Range, incident.affected_range)
    facts = [
        ("Kind of report", _label(Kind, incident.kind)),
        ("How they asked", _label(Verb, incident.verb)),
        ("What they asked for", _labels(AskedFor, incident.asked_for)),
        ("Moved to a personal e-mail", _label(YesNo, incident.moved_to_personal)),
        ("Site or app", "" if platform == parameters.OTHER_PLATFORM else platform),
        ("Web address", incident.address),
        ("Who could see it", _label(Visibility, incident.visibility)),
        ("Can still be seen", _label(YesNo, incident.still_live)),
        ("Kinds of information", _labels(Information, incident.information)),
        ("Blurred or altered", "Yes; still confidential under II(A)(2)" if incident.altered else ""),
        ("Whose information", _labels(Affected, incident.affected)),
        ("How many people", people),
        ("Programs", _labels(Programme, incident.programmes)),
        ("Discovered on", date_format(incident.discovered_on)),
        ("Happened on", date_format(incident.occurred_on) if incident.occurred_on else "Not known"),
        ("How it was found", _label(HowFound, incident.how_found)),
        ("Done so far", incident.containment),
    ]
    return [(term, value) for term, value in facts if value]


def learned_of(division: str | None) -> list[tuple[str, str]]:
    """What the Privacy Office found out besides, which no report asks for."""
    return [("Division concerned", division)] if division else []


# Not by Django's get_kind_display() and its like, which list all choices anew for each.
def _label(options: Any, value: str) -> str:
    return str(options(value).label) if value else ""


def _labels(options: Any, values: list[str]) -> str:
    return ", ".join(options(value).label for value in values)


def named_in(incident: Incident) -> list[tuple[str, str]]:
    """Whom the reporter named, found in the directory or in their own words; one query."""
    names = [person.name for person in incident.involved.filter(involvements__named_by=incident.reporter_id).distinct()]
    words = [f"{incident.people_described} (as you wrote it)"] if incident.people_described else []
    return [("People you named", "; ".join([*names, *words]))] if names or words else []
