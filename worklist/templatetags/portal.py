"""The portal's own words and marks on a page: due dates, times, tags, icons, breadcrumbs, capped counts.

They stand dozens of times on a page, so each is put together here and kept, not drawn by a template every time.
"""

from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from workflow import clock
from worklist import wording

register = template.Library()

_TAG_ICONS = {"success": "check", "warning": "warning", "danger": "error", "waiting": "schedule"}
_URGENCY_ICONS = {"overdue": "warning", "soon": "schedule"}
_COUNT_CAP = 1000


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str, label: str = "") -> SafeString:
    """A USWDS icon, silent to a screen reader unless it is given words of its own."""
    sprite = static("uswds/img/sprite.svg")
    voice = format_html('role="img" aria-label="{}"', label) if label else SafeString('aria-hidden="true"')
    return format_html('<svg class="usa-icon" focusable="false" {}><use href="{}#{}"></use></svg>', voice, sprite, name)


@register.simple_tag
def due(moment: date | datetime | None) -> SafeString:
    """When something is due, in words and exactly; the overdue and the near stand out by icon and words."""
    if moment is None:
        return SafeString('<span class="moment moment--none">no due date</span>')
    now = clock.about_now()
    urgency = "overdue" if wording.is_past(moment, now) else "soon" if wording.is_soon(moment, now) else "later"
    mark = icon(_URGENCY_ICONS[urgency]) if urgency in _URGENCY_ICONS else ""
    words = wording.due(moment, now)
    exact = wording.exact(moment)
    return SafeString(f'<span class="moment due due--{urgency}">{mark}{_time(moment, words, exact)}</span>')


@register.simple_tag
def when(moment: date | datetime | None, lead_with: str = "relative") -> SafeString:
    """When something happened; `lead_with` "exact" puts the exact time first."""
    if moment is None:
        return SafeString('<span class="moment moment--none">not yet</span>')
    words = wording.ago(moment, clock.about_now()) if isinstance(moment, datetime) else ""
    exact = wording.exact(moment)
    first, second = (exact, words) if lead_with == "exact" or not words else (words, exact)
    return SafeString(_time(moment, first, second, kind=' class="moment"'))


def _time(moment: date | datetime, first: str, second: str, *, kind: str = "") -> str:
    # All of it is the portal's own wording of a time: nothing in it comes from a person.
    after = f' <span class="moment__exact">{second}</span>' if second else ""
    begin = f'<time{kind} datetime="{moment.isoformat()}" title="{wording.in_full(moment)}">'
    return f'{begin}<span class="moment__words">{first}</span>{after}</time>'


@register.simple_tag
@lru_cache(maxsize=256)
def tag(kind: str, text: str) -> SafeString:
    """A state or severity in a word; `kind` is neutral, info, active, waiting, success, warning or danger."""
    mark = icon(_TAG_ICONS[kind]) if kind in _TAG_ICONS else ""
    return SafeString(f'<span class="tag tag--{escape(kind)}">{mark}{escape(text)}</span>')


@register.simple_tag
def kept(template_name: str, **values: Any) -> SafeString:
    """A part of a page that says nothing but what these values say: drawn once, and kept for whoever asks next."""
    return _drawn(template_name, tuple(values.items()))


@lru_cache(maxsize=2000)
def _drawn(template_name: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(render_to_string(template_name, dict(values)))


@register.simple_tag
def kept_a_minute(template_name: str, **values: Any) -> SafeString:
    """A larger part with times in words, which says nothing but what these values and the minute say."""
    return _drawn_at(clock.about_now().replace(second=0, microsecond=0), template_name, tuple(values.items()))


@lru_cache(maxsize=96)
def _drawn_at(_minute: datetime, template_name: str, values: tuple[tuple[str, Any], ...]) -> SafeString:
    return SafeString(render_to_string(template_name, dict(values)))


@register.simple_tag
def breadcrumbs(*labels_and_urls: str) -> SafeString:
    """The way here: label, URL, label, URL, and the label of this page."""
    *way, here = labels_and_urls
    trail = tuple(zip(way[::2], way[1::2], strict=True))
    return _drawn("includes/breadcrumbs.html", (("trail", trail), ("here", here)))


@register.filter
def capped(count: int) -> str:
    """A count for people, which stops at "1,000+"."""
    return f"{_COUNT_CAP:,}+" if count >= _COUNT_CAP else f"{count:,}"
