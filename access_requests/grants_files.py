"""The grants in force as files, written piece by piece: a spreadsheet for people, a document for machines."""

import json
from collections.abc import Iterator
from typing import Any

from access_requests import parameters, shelf
from access_requests.models import AccessRequest
from workflow import clock, spreadsheet

AT_ONCE = 1000
COLUMNS = ("Reference", "Account", "Employee", "Device", "Sites", "Addresses", "First day", "Last day")


def as_document() -> Iterator[str]:
    """What a machine reads, as JSON: when it was made, and each grant."""
    yield f'{{"generated_at": "{clock.now().isoformat(timespec="seconds")}", "grants": ['
    for place, (_, told) in enumerate(_told()):
        yield f"{', ' if place else ''}{json.dumps(told)}"
    yield "]}"


def as_csv() -> Iterator[str]:
    """One line for each grant, with its names in the first."""
    yield spreadsheet.line(COLUMNS)
    for grant, told in _told():
        yield _line(grant, told)


def _told() -> Iterator[tuple[AccessRequest, dict[str, Any]]]:
    """Each grant with what is told of it: who, on which device, which sites with their addresses, and the days."""
    listed = parameters.addresses()
    for grant in shelf.in_force().iterator(AT_ONCE):
        yield (
            grant,
            {
                "reference": grant.reference,
                "account": grant.requester.email,
                "device": grant.device,
                "sites": [{"name": site, "addresses": listed.get(site, [site])} for site in grant.granted_sites],
                "starts_on": grant.starts_on.isoformat() if grant.starts_on else None,
                "ends_on": grant.until.isoformat() if grant.until else None,
            },
        )


def _line(grant: AccessRequest, told: dict[str, Any]) -> str:
    sites = "; ".join(site["name"] for site in told["sites"])
    addresses = "; ".join(address for site in told["sites"] for address in site["addresses"])
    days = (told["starts_on"] or "", told["ends_on"] or "")
    return spreadsheet.line(
        (told["reference"], told["account"], grant.requester.name, told["device"], sites, addresses, *days)
    )
