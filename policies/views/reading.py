"""Reading one policy: as it is in force, on any other day, any version of it, what changed, and on paper."""

from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_GET

from people.models import User
from people.requests import Signed
from policies import comparison, manuscript, rules, typeset
from policies.forms.library import CompareForm, DayForm
from policies.models import Document, Version
from policies.views.one_policy import document_or_404
from workflow import clock


@require_GET
def policy(request: Signed, number: str) -> HttpResponse:
    """The version in force today, or on the day an address asks for."""
    document = document_or_404(request, number)
    form = DayForm(request.GET, number=number) if "on" in request.GET else None
    if form is not None and not form.is_valid():
        return _history(request, document, form)
    today = clock.today()
    day: date = form.cleaned_data["on"] if form else today
    in_force = rules.in_force_on(document, day)
    # A policy that is all new can be read before its day.
    version = in_force or (None if form else _published(document).first())
    if version is None:
        return render(request, "policies/not_yet.html", {"document": document, "day": day})
    current = in_force if day == today else rules.in_force_on(document, today)
    return _reading(request, document, version, current, asked_day=day if form else None)


@require_GET
def version(request: Signed, number: str, version: int) -> HttpResponse:
    """One published version, whether or not it is in force."""
    document = document_or_404(request, number)
    return _reading(request, document, _version(document, version), rules.in_force_on(document, clock.today()))


@require_GET
def printed(request: Signed, number: str, version: int) -> HttpResponse:
    """One published version as it goes on paper, with the answers that were published about the policy."""
    document = document_or_404(request, number)
    found = _version(document, version)
    answers = rules.answers_for(request.user).filter(document=document).order_by("citation", "pk")
    context = {**_text(document, found), "answers": answers, "printed_at": clock.now()}
    return render(request, "policies/printed.html", context)


@require_GET
def history(request: Signed, number: str) -> HttpResponse:
    """Every published version, and the way to the one of any day."""
    return _history(request, document_or_404(request, number), DayForm(number=number))


@require_GET
def compare(request: Signed, number: str) -> HttpResponse:
    """What changed between two versions; without a choice, between the last two."""
    document = document_or_404(request, number)
    versions = list(_published(document))
    if len(versions) < 2:
        return render(request, "policies/compare.html", {"document": document})
    form = CompareForm(_chosen(request, versions), versions=versions)
    if not form.is_valid():
        return render(request, "policies/compare.html", {"document": document, "form": form}, status=422)
    by_number = {each.number: each for each in versions}
    old, new = (by_number[form.cleaned_data[name]] for name in ("old", "new"))
    context = {"document": document, "form": form, "old": old, "new": new, **comparison.summed_up(old.body, new.body)}
    return render(request, "policies/compare.html", context)


def _published(document: Document) -> Any:
    published = document.versions.filter(status=Version.Status.PUBLISHED)
    return published.select_related("approved_by", "published_by").order_by("-number")


def _version(document: Document, number: int) -> Version:
    found: Version | None = _published(document).filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _chosen(request: Signed, versions: list[Version]) -> Any:
    if "old" in request.GET or "new" in request.GET:
        return request.GET
    return {"old": str(versions[1].number), "new": str(versions[0].number)}


def _text(document: Document, version: Version) -> dict[str, Any]:
    parts = manuscript.read(version.body)
    return {
        "document": document,
        "version": version,
        "text": typeset.text(parts),
        "contents": typeset.contents(parts),
        "facts": _facts(document, version),
    }


def _facts(document: Document, version: Version) -> list[tuple[str, str]]:
    return [
        ("Owner", document.owner.name),
        ("Division or office", document.division.name if document.division else "The whole department"),
        ("In effect from", date_format(version.effective_on, "F j, Y") if version.effective_on else ""),
        ("Approved by", _whom(version.approved_by, version.approved_at)),
        ("Published by", _whom(version.published_by, version.published_at)),
        ("SHA-256 of this version", version.sha256),
    ]


def _whom(person: User | None, at: datetime | None) -> str:
    return f"{person}, {date_format(timezone.localtime(at), 'F j, Y')}" if person and at else ""


def _reading(
    request: Signed, document: Document, version: Version, current: Version | None, *, asked_day: date | None = None
) -> HttpResponse:
    today = clock.today()
    draft, coming = _ahead(request.user, document, today)
    answered = frozenset(rules.answers_for(request.user).filter(document=document).values_list("anchor", flat=True))
    context = {
        **_text(document, version),
        "text": typeset.text(manuscript.read(version.body), document.number, answered),
        "today": today,
        "asked_day": asked_day,
        "current": current,
        "is_current": current is not None and current.pk == version.pk,
        "coming": coming,
        "draft": draft,
        "may_begin": rules.may_begin_version(request.user, document),
    }
    return render(request, "policies/policy.html", context)


def _ahead(user: User, document: Document, today: date) -> tuple[Version | None, Version | None]:
    """The draft, if this person may see one, and the published version that comes next; one query, without texts."""
    coming = Q(status=Version.Status.PUBLISHED, effective_on__gt=today)
    rows = rules.versions_for(user).filter(coming | Q(status__in=Version.OPEN), document=document)
    found = list(rows.select_related(None).only("status", "number", "effective_on").order_by("effective_on", "number"))
    draft = next((each for each in found if not each.is_published), None)
    return draft, next((each for each in found if each.is_published), None)


def _history(request: Signed, document: Document, form: DayForm) -> HttpResponse:
    context = {"document": document, "versions": list(_published(document)), "form": form, "today": clock.today()}
    return render(request, "policies/history.html", context, status=422 if form.errors else 200)
