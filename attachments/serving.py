"""The responses that carry a file: none can run, be guessed at, be framed, be cached or be read from another site."""

from pathlib import PurePath

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from attachments import sealing
from attachments.models import Attachment

SEALED_OFF = "default-src 'none'; sandbox"
_PICTURE_ONLY = "default-src 'none'; img-src 'self'; sandbox"
_ENDINGS = {"image/png": ".png", "image/jpeg": ".jpg"}


def original(attachment: Attachment) -> HttpResponseBase:
    """The file as it was received, to be saved; raises VaultError before anything is sent."""
    is_text = attachment.content_type.startswith("text/")
    content_type = f"{attachment.content_type}; charset=utf-8" if is_text else attachment.content_type
    response = StreamingHttpResponse(sealing.original(attachment), content_type=content_type)
    response["Content-Length"] = str(attachment.size)
    return _guarded(response, name=attachment.name)


def shared_copy(attachment: Attachment) -> HttpResponseBase:
    """The copy that holds only what is seen, to be saved; raises VaultError before anything is sent."""
    response = HttpResponse(sealing.copy(attachment), content_type=attachment.copy_type)
    return _guarded(response, name=_copy_name(attachment))


def preview(attachment: Attachment) -> HttpResponseBase:
    """The same copy, for an <img> on a page of this site."""
    response = HttpResponse(sealing.copy(attachment), content_type=attachment.copy_type)
    return _guarded(response, policy=_PICTURE_ONLY)


def _guarded(response: HttpResponseBase, *, name: str = "", policy: str = SEALED_OFF) -> HttpResponseBase:
    response["Content-Disposition"] = content_disposition_header(bool(name), name) or "inline"
    response["Content-Security-Policy"] = policy
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response


def _copy_name(attachment: Attachment) -> str:
    name = PurePath(attachment.name)
    ending = name.suffix if attachment.copy_type == attachment.content_type else _ENDINGS[attachment.copy_type]
    return f"{name.stem} (shared copy){ending}"
