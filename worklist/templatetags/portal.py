"""The portal's own words and marks on a page: due dates, times, tags, icons, breadcrumbs, capped counts."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from workflow import clock
from worklist import wording

register = template.Library()

_TAG_ICONS = {"success": "check", "warning": "warning", "danger": "error", "waiting": "schedule"}
_COUNT_CAP = 1000


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A USWDS icon, silent to a screen reader unless it is given words of its own."""
    sprite = static("uswds/img/sprite.svg")
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="usa-icon" focusable="false" {}><use href="{}#{}"></use></svg>', voice, sprite, name)


@register.simple_tag
def due(moment: date | datetime | None) -> SafeString:
    """When something is due, in words and exactly; the overdue and the near stand out by icon and words."""
    if moment is None:
        return _drawn("due")
    now = clock.about_now()
    urgency = "overdue" if wording.is_past(moment, now) else "soon" if wording.is_soon(moment, now) else "later"
    return _drawn("due", words=wording.due(moment, now), urgency=urgency, **_exactly(moment))


@register.simple_tag
def when(moment: date | datetime | None, lead_with: str = "relative") -> SafeString:
    """When something happened; `lead_with` "exact" puts the exact time first."""
    if moment is None:
        return _drawn("when")
    words = wording.ago(moment, clock.about_now()) if isinstance(moment, datetime) else ""
    return _drawn("when", words=words, exact_first=lead_with == "exact", **_exactly(moment))


@register.simple_tag
def tag(kind: str, text: str) -> SafeString:
    """A state or severity in a word; `kind` is neutral, info, active, waiting, success, warning or danger."""
    return _drawn("tag", kind=kind, text=text)


@register.filter
def tag_icon(kind: str) -> str:
    """The icon that tells a kind of tag apart without its colour."""
    return _TAG_ICONS.get(kind, "")


@register.inclusion_tag("includes/breadcrumbs.html")
def breadcrumbs(*labels_and_urls: str) -> dict[str, Any]:
    """The way here: label, URL, label, URL, and the label of this page."""
    *way, here = labels_and_urls
    return {"trail": list(zip(way[::2], way[1::2], strict=True)), "here": here}


@register.filter
def capped(count: int) -> str:
    """A count for people, which stops at "1,000+"."""
    return f"{_COUNT_CAP:,}+" if count >= _COUNT_CAP else f"{count:,}"


def _drawn(component: str, **context: Any) -> SafeString:
    """The component without the line break that ends its file, since a full stop may follow it."""
    return SafeString(render_to_string(f"components/{component}.html", context).strip())


def _exactly(moment: date | datetime) -> dict[str, str]:
    return {"exact": wording.exact(moment), "in_full": wording.in_full(moment), "machine": moment.isoformat()}
