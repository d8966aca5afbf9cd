"""What is measured of the policy library: its list, its search and one policy, as any employee asks for them."""

from collections.abc import Callable, Iterator
from functools import partial
from urllib.parse import urlencode

from django.urls import reverse

from benchmarks import names
from benchmarks.serving import Server
from benchmarks.targets import DEPTH, Target, page, reporters
from benchmarks.words import COMMON, MIDDLING, RARE
from policies.models import Document


def of(server: Server) -> Iterator[Callable[[], Target]]:
    """Every target of the library, made when its turn comes."""
    for name, path in addresses().items():
        yield partial(page, name, server, reporters()[0], path)


def addresses() -> dict[str, str]:
    """The address of each page, by its name."""
    library = reverse("policies:library")
    asked = {
        names.LIBRARY: {},
        names.DEEP_LIBRARY: {"after": number_at(DEPTH)},
        names.COMMON_CLAUSE: {"q": COMMON},
        names.MIDDLING_CLAUSE: {"q": MIDDLING},
        names.RARE_CLAUSE: {"q": RARE},
        names.TWO_WORDS: {"q": f"{MIDDLING} {COMMON}"},
    }
    found = {name: f"{library}?{urlencode(query)}" if query else library for name, query in asked.items()}
    return {**found, names.POLICY: reverse("policies:policy", args=[number_at(0.5)])}


def number_at(share: float) -> str:
    """The number of the policy before which this share of the library stands."""
    numbers = Document.objects.filter(in_force__isnull=False).order_by("number").values_list("number", flat=True)
    return numbers[int(len(numbers) * share) - 1]
