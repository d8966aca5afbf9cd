"""My account, for everyone; people and their roles, for administrators; the directory search behind the forms."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from people import directory, operations, overview, pace, rules
from people.chain import chain_of_command
from people.forms import GrantForm, SearchForm, StandInForm
from people.models import Role, User
from people.requests import Signed
from people.rules import NotAllowed

SHORTEST_SEARCH = 2
SEARCHES_A_MINUTE = 90
View = Callable[..., HttpResponse]


def for_administrators(view: View) -> View:
    """A page only administrators open; others read why not (403)."""

    @wraps(view)
    def guarded(request: Signed, **kwargs: Any) -> HttpResponse:
        rules.require(rules.why_not_manage(request.user), action="person.manage", record=request.user)
        return view(request, **kwargs)

    return guarded


@require_GET
def account(request: Signed) -> HttpResponse:
    """The page about oneself."""
    me = get_object_or_404(overview.in_full(), pk=request.user.pk)
    absences, standing_in = overview.absences_and_standing_in(me)
    return render(
        request,
        "people/account.html",
        {
            "facts": overview.facts(me),
            "grants": overview.grants_in_force(me),
            "chain": chain_of_command(me),
            "absences": absences,
            "standing_in": standing_in,
        },
    )


@require_http_methods(["GET", "POST"])
def stand_in(request: Signed) -> HttpResponse:
    """Name someone who decides in one's name while one is away."""
    form = StandInForm(_sent(request))
    if form.is_valid():
        to = form.cleaned_data["person"]
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on", "reason")}
        if _done(form, operations.delegate, request.user, to, actor=request.user, **days):
            messages.success(request, f"{to} stands in for you on these days.")
            return redirect("people:account")
    return _form_page(request, "people/stand_in.html", form)


@require_POST
def end_delegation(request: Signed, pk: int) -> HttpResponse:
    """Be there again before the last day, or stop standing in; others' delegations are not found."""
    delegation = get_object_or_404(overview.delegations_within_reach(request.user), pk=pk)
    words = f"{delegation.delegate} no longer stands in for {delegation.delegator}."
    _tried(request, words, operations.end_delegation, delegation, actor=request.user)
    if request.user.pk in (delegation.delegator_id, delegation.delegate_id):
        return redirect("people:account")
    return redirect("people:person", pk=delegation.delegator_id)


@require_GET
def find(request: Signed) -> HttpResponse:
    """Active people whose name, address or number begins like this: id, name, title and unit of a few."""
    if not pace.within("find", request.user.pk, limit=SEARCHES_A_MINUTE, seconds=60):
        return JsonResponse({"error": "Too many searches. Wait a minute."}, status=HTTPStatus.TOO_MANY_REQUESTS)
    text = request.GET.get("q", "").strip()
    found = directory.find(text) if len(text) >= SHORTEST_SEARCH else []
    return JsonResponse({"people": [directory.brief(person) for person in found]})


@require_GET
@for_administrators
def people(request: Signed) -> HttpResponse:
    """Everyone in the directory, or those the search fits, a page at a time."""
    form = SearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    chosen = directory.matching(text) if text else directory.everyone()
    page = directory.page(chosen, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    urls = {"newer_url": _turn(text, "before", page.before), "older_url": _turn(text, "after", page.after)}
    return render(request, "people/people.html", {"form": form, "people": page.people, "text": text, **urls})


@require_GET
@for_administrators
def person(request: Signed, pk: int) -> HttpResponse:
    """One person: what the directory has, the roles held now, and every role ever held."""
    person = get_object_or_404(overview.in_full(), pk=pk)
    return render(
        request,
        "people/person.html",
        {
            "person": person,
            "facts": overview.facts(person),
            "grants": overview.grants_in_force(person),
            "history": overview.grant_history(person),
            "absences": overview.absences(person),
            "oneself": person.pk == request.user.pk,
        },
    )


@require_http_methods(["GET", "POST"])
@for_administrators
def grant(request: Signed, pk: int) -> HttpResponse:
    """Give this person a role."""
    person = get_object_or_404(directory.everyone(), pk=pk)
    form = GrantForm(_sent(request), person=person)
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        given = {"office": form.cleaned_data["office"], "expires_at": form.expires_at()}
        if _done(form, operations.grant_role, person, role, actor=request.user, **given):
            messages.success(request, f"{person} is {role.label} now.")
            return redirect("people:person", pk=person.pk)
    return _form_page(request, "people/grant.html", form, person=person)


@require_POST
@for_administrators
def revoke(request: Signed, pk: int) -> HttpResponse:
    """Take a role away; it is gone with the person's next click."""
    grant = get_object_or_404(overview.grants(), pk=pk)
    words = f"{grant.user} is no longer {grant.get_role_display()}."
    _tried(request, words, operations.revoke_role, grant, actor=request.user)
    return redirect("people:person", pk=grant.user_id)


@require_http_methods(["GET", "POST"])
@for_administrators
def deactivate(request: Signed, pk: int) -> HttpResponse:
    """Ask first, then shut someone out."""
    person = get_object_or_404(directory.everyone(), pk=pk)
    if request.method == "GET":
        return render(request, "people/deactivate.html", {"person": person})
    _tried(request, f"{person} can no longer sign in.", operations.deactivate, person, actor=request.user)
    return redirect("people:person", pk=person.pk)


def _sent(request: Signed) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _done(form: Form, operation: Callable[..., object], *args: Any, **kwargs: Any) -> bool:
    """Whether the operation went through; if not, the form says why."""
    try:
        operation(*args, **kwargs)
    except NotAllowed as refusal:
        form.add_error(None, refusal.reason)
        return False
    return True


def _tried(request: Signed, words: str, operation: Callable[..., object], record: Any, *, actor: User) -> None:
    """Do it and say so, or say on the next page why not."""
    try:
        operation(record, actor=actor)
    except NotAllowed as refusal:
        messages.error(request, refusal.reason)
    else:
        messages.success(request, words)


def _form_page(request: Signed, template: str, form: Form, **context: Any) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, template, {"form": form, **context}, status=status)


def _turn(text: str, side: str, pk: int | None) -> str:
    """The address of the page before or after, or "" where there is none."""
    if pk is None:
        return ""
    return f"{reverse('people:people')}?{urlencode({'q': text, side: pk} if text else {side: pk})}"
