"""Leaves no sealed file behind where a request's transaction was rolled back."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from attachments import strays

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def no_strays(get_response: GetResponse) -> GetResponse:
    """Delete, once a request is answered, the files it wrote whose rows did not come; no query where it wrote none."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with strays.deleted_at_the_end():
            return get_response(request)

    return answer
