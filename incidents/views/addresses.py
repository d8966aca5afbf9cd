"""How an incident is named in an address."""

import re

from django.http import Http404


def reference_number(reference: str) -> int:
    """The number in INC-1042; 404 for what cannot be one."""
    found = re.fullmatch(r"INC-([1-9][0-9]{0,17})", reference, re.IGNORECASE | re.ASCII)
    if found is None:
        raise Http404
    return int(found[1])
