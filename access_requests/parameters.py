"""What the department may change about access to social media sites without a release."""

import re

from django.core.exceptions import ValidationError

from workflow import parameters

_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_GROUP = "Access to social media sites"


def is_host(text: str) -> bool:
    """Whether this is the address of a site alone, such as example.com."""
    return len(text) <= 100 and _HOST.fullmatch(text) is not None


def is_a_site(line: str) -> None:
    """Raise ValidationError unless this is a name, a colon and the addresses of its site."""
    name, colon, hosts = line.partition(":")
    found = [host.strip() for host in hosts.split(",")]
    if not (name.strip() and colon and all(map(is_host, found))):
        raise ValidationError(f"Write “{line[:30]}” like Example: example.com, examplecdn.net")


SITES = parameters.lines(
    "access_requests.sites",
    "Sites people may ask for",
    default=[
        "Facebook: facebook.com, fbcdn.net, messenger.com",
        "Instagram: instagram.com, cdninstagram.com",
        "LinkedIn: linkedin.com, licdn.com",
        "Nextdoor: nextdoor.com",
        "Reddit: reddit.com, redd.it, redditmedia.com",
        "Snapchat: snapchat.com, sc-cdn.net",
        "TikTok: tiktok.com, tiktokcdn.com",
        "X: x.com, twitter.com, twimg.com",
        "YouTube: youtube.com, googlevideo.com, ytimg.com",
    ],
    group=_GROUP,
    hint="A name, a colon, and the addresses that a firewall opens for it.",
    longest=200,
    check=is_a_site,
)
MOST_DAYS = parameters.number(
    "access_requests.most_days", "Days for which access is granted at most", 90, group=_GROUP, most=366
)
DECISION_DAYS = parameters.number(
    "access_requests.decision_days",
    "Business days to decide about a request for access, before it goes to the next in the chain",
    3,
    group=parameters.TIMES,
    most=30,
)
REVIEW_DAYS = parameters.number(
    "access_requests.review_days",
    "Days after which a supervisor looks again at access in force",
    30,
    group=parameters.TIMES,
)
REMOVAL_DAYS = parameters.number(
    "access_requests.removal_days",
    "Business days in which IT Security removes access that is over",
    1,
    group=parameters.TIMES,
    most=30,
)


def addresses() -> dict[str, list[str]]:
    """The addresses of each listed site, by its name, in the order of the setting."""
    pairs = (line.partition(":") for line in SITES.value())
    return {name.strip(): [host.strip() for host in hosts.split(",")] for name, _, hosts in pairs}
