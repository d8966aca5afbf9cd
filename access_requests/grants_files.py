"""The grants in force as files: a spreadsheet for people, a document for machines."""

from collections.abc import Iterable
from typing import Any

from access_requests import shelf
from access_requests.models import AccessRequest
from workflow import clock, spreadsheet

COLUMNS = ("Reference", "Account", "Employee", "Device", "Sites", "Addresses", "First day", "Last day")


def as_document(grants: Iterable[AccessRequest]) -> dict[str, Any]:
    """What a machine reads: when it was made, and each grant."""
    return {"generated_at": clock.now().isoformat(timespec="seconds"), "grants": shelf.as_told(grants)}


def as_csv(grants: Iterable[AccessRequest]) -> str:
    """One line for each grant, with its names in the first."""
    rows = list(grants)
    lines = [_line(grant, told) for grant, told in zip(rows, shelf.as_told(rows), strict=True)]
    return "".join([spreadsheet.line(COLUMNS), *lines])


def _line(grant: AccessRequest, told: dict[str, Any]) -> str:
    sites = "; ".join(site["name"] for site in told["sites"])
    addresses = "; ".join(address for site in told["sites"] for address in site["addresses"])
    days = (told["starts_on"] or "", told["ends_on"] or "")
    return spreadsheet.line(
        (told["reference"], told["account"], grant.requester.name, told["device"], sites, addresses, *days)
    )
