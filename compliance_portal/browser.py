"""What the browser may do with a page: nothing that this site does not serve itself."""

from collections.abc import Callable

from csp.constants import NONE, SELF
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        **{f"{kind}-src": [SELF] for kind in ("script", "style", "img", "font", "connect")},
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
_UNUSED = "camera display-capture geolocation gyroscope magnetometer microphone payment usb".split()
PERMISSIONS_POLICY: dict[str, list[str]] = {feature: [] for feature in _UNUSED}


Answer = Callable[[HttpRequest], HttpResponseBase]


def same_origin_only(get_response: Answer) -> Answer:
    """Tell the browser on every answer that no other site may load it (Cross-Origin-Resource-Policy)."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return answer
