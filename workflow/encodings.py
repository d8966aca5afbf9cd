"""What the portal reads: UTF-8, as every browser sends its pages' forms."""

import codecs
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

GetResponse = Callable[[HttpRequest], HttpResponseBase]
READABLE = {"utf-8", "ascii"}


def utf8_only(get_response: GetResponse) -> GetResponse:
    """Answer 400 where a request says it is written otherwise: some of Python's codecs are no encodings of text."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if _codec(request) not in READABLE:
            # Raised, it would be a 500: for its page of a refusal Django reads the very form that cannot be read.
            return HttpResponseBadRequest(render_to_string("400.html"), headers={"Cache-Control": "no-store"})
        return get_response(request)

    return answer


def _codec(request: HttpRequest) -> str:
    try:
        return codecs.lookup((request.content_params or {}).get("charset", "utf-8").strip()).name
    except (LookupError, ValueError):
        return ""
