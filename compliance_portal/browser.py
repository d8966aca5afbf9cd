"""What the browser may do with a page: nothing that this site does not serve itself."""

from csp.constants import NONE, SELF

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
