"""Files sent along by people who do not sign in: each is added once, or a sentence says why not."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from math import ceil

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from attachments import listing
from incidents import limits
from incidents.models import PublicReport
from incidents.operations import outside
from incidents.operations.reporting import INCIDENT_RECORD
from incidents.views.outsiders import wait_with_files

BROKEN = (
    "Something went wrong on our side, so not every file was added: those not named on this page were not. Your words"
    " are not lost."
)
_MEGABYTE = 2**20
logger = logging.getLogger(__name__)


def add_files(request: HttpRequest, report: PublicReport, uploads: Sequence[UploadedFile[bytes]]) -> list[str]:
    """Add what the report does not hold yet; returns sentences on what was not added, and never fails."""
    try:
        return _added(request, report, uploads)
    except Exception:
        # The report is filed: whatever happens to its files, its code must reach the page.
        logger.exception("Files of somebody unknown could not be added.")
        return [BROKEN]


def names_of_files(report: PublicReport) -> list[str]:
    """The files somebody unknown added, as far as they can be told; never fails."""
    try:
        files = listing.of(INCIDENT_RECORD, str(report.incident_id))
        return [file.name for file in files if file.uploaded_by is None]
    except Exception:
        logger.exception("The files of a report could not be listed.")
        return []


def _added(request: HttpRequest, report: PublicReport, uploads: Sequence[UploadedFile[bytes]]) -> list[str]:
    fresh = outside.not_held(report.incident, uploads) if uploads else []
    if not fresh:
        return []
    for limit in (limits.FILES, limits.MEGABYTES):
        if (until := limits.full_until(request, limit)) is not None:
            return [wait_with_files(until)]
    limits.count(request, limits.FILES, len(fresh))
    limits.count(request, limits.MEGABYTES, sum(ceil((file.size or 0) / _MEGABYTE) for file in fresh))
    return outside.add_evidence(report.incident, fresh, turn=partial(limits.turn_to_inspect, request))
