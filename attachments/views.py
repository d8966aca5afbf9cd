"""Opening a file: only for whom its record allows, and each download written down."""

import logging
import uuid
from collections.abc import Callable

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from attachments import access, listing, serving
from attachments.models import Attachment
from audit import trail
from people.requests import Signed
from vault.envelope import VaultError

READ = "attachment.read"
logger = logging.getLogger(__name__)


@require_GET
def file(request: Signed, attachment_id: uuid.UUID) -> HttpResponseBase:
    """The original, to be saved."""
    attachment = _visible_or_404(request, attachment_id)
    return _download(request, attachment, serving.original, "original")


@require_GET
def copy(request: Signed, attachment_id: uuid.UUID) -> HttpResponseBase:
    """The shared copy, to be saved; 404 where there is none."""
    attachment = _visible_or_404(request, attachment_id)
    if not attachment.has_copy:
        raise Http404
    return _download(request, attachment, serving.shared_copy, "copy")


@require_GET
def preview(request: Signed, attachment_id: uuid.UUID) -> HttpResponseBase:
    """The shared copy of a picture, shown on a page; 404 for what is no picture."""
    attachment = _visible_or_404(request, attachment_id)
    if not attachment.has_preview:
        raise Http404
    try:
        return serving.preview(attachment)
    except VaultError as error:
        return _unreadable(request, attachment, error)


def _visible_or_404(request: Signed, attachment_id: uuid.UUID) -> Attachment:
    attachment = listing.one(attachment_id)
    if attachment is None:
        raise Http404
    if not access.may_see(request.user, attachment):
        trail.refused_once_a_day(READ, actor=request.user, record=attachment, reason="Not theirs to see.")
        raise Http404
    return attachment


def _download(
    request: Signed, attachment: Attachment, serve: Callable[[Attachment], HttpResponseBase], which: str
) -> HttpResponseBase:
    try:
        response = serve(attachment)
    except VaultError as error:
        return _unreadable(request, attachment, error)
    belongs = {"record_type": attachment.record_type, "record_id": attachment.record_id}
    trail.write(READ, actor=request.user, record=attachment, which=which, **belongs)
    return response


def _unreadable(request: Signed, attachment: Attachment, error: VaultError) -> HttpResponseBase:
    logger.error("Attachment %s cannot be opened: %s", attachment.pk, error)
    trail.refused(READ, actor=request.user, record=attachment, reason=str(error))
    return render(request, "attachments/unreadable.html", status=503)
