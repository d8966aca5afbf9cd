"""Asking for access: writing, sending, taking back, copying, giving back."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from access_requests import record, rules
from access_requests.forms.asking import RequestForm
from access_requests.models import AccessRequest
from access_requests.operations import asking, ending
from access_requests.parameters import DECISION_DAYS
from access_requests.views.one_request import address, row, show
from audit import trail
from people.requests import Signed
from workflow.decisions import Refused, require
from workflow.refusals import note

KEPT = "The draft is kept. Nobody else sees it until you send it."
SENT = "Your request was sent. You are told what is decided."


@require_http_methods(["GET", "POST"])
def new(request: Signed) -> HttpResponse:
    """Ask for access; the page says first who will decide."""
    form = _form(request, None)
    if form.is_valid():
        asked = asking.start(form.wish(), actor=request.user, submission=form.cleaned_data["submission"])
        return _kept(request, form, asked)
    return _write(request, form, None)


@require_http_methods(["GET", "POST"])
def write(request: Signed, pk: int) -> HttpResponse:
    """Go on writing a draft, or change what was returned, and send it."""
    asked = row(request, pk)
    require(rules.is_theirs(request.user, asked), action="accessrequest.write", record=asked)
    if request.method == "GET" and not asked.is_draft:
        return redirect(address(asked, "request"))
    form = _form(request, asked)
    if form.is_valid():
        try:
            asked = asking.save(asked, form.wish(), actor=request.user)
        except Refused as refused:
            return _say(request, form, asked, refused)
        return _kept(request, form, asked)
    return _write(request, form, asked)


@require_GET
def one(request: Signed, pk: int) -> HttpResponse:
    """One request, as whoever it concerns sees it."""
    return show(request, row(request, pk))


@require_POST
def withdraw(request: Signed, pk: int) -> HttpResponse:
    """Take one's own request back."""
    asking.withdraw(row(request, pk), actor=request.user)
    messages.success(request, "Your request was taken back.")
    return redirect("access_requests:request", pk=pk)


@require_POST
def copy(request: Signed, pk: int) -> HttpResponse:
    """Begin a new request with the answers of an old one; of one in force, to go on after its last day."""
    copied = asking.copy(row(request, pk), actor=request.user, submission=_number(request, pk))
    messages.success(request, "This is a copy. Look through it and send it; it goes through the whole chain again.")
    return redirect(address(copied, "write" if copied.is_draft else "request"))


@require_POST
def finish(request: Signed, pk: int) -> HttpResponse:
    """Give access back that is no longer needed."""
    ending.finish(row(request, pk), actor=request.user)
    messages.success(request, "Your access is over. IT Security removes it. Do not use it any more.")
    return redirect("access_requests:request", pk=pk)


def _number(request: Signed, pk: int) -> uuid.UUID:
    """One copy of a request for each page that was shown: its form's token, so that a double click makes one."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{pk} {request.user.pk} {request.POST.get('csrfmiddlewaretoken', '')}")


def _form(request: Signed, asked: AccessRequest | None) -> RequestForm:
    sent = request.POST if request.method == "POST" else None
    cancel = address(asked, "request") if asked else reverse("access_requests:mine")
    return RequestForm(sent, person=request.user, request=asked, cancel=cancel)


def _kept(request: Signed, form: RequestForm, asked: AccessRequest) -> HttpResponse:
    """What was written is kept either way; where it cannot be sent, the reason stands above it."""
    if not form.is_sent or not asked.is_draft:
        messages.success(request, KEPT if asked.is_draft else SENT)
        return redirect(address(asked, "request"))
    try:
        asking.submit(asked, actor=request.user)
    except Refused as refused:
        if row(request, asked.pk).is_draft:
            return _say(request, form, asked, refused)
        # The other click of a double click was a moment faster.
    messages.success(request, SENT)
    return redirect(address(asked, "request"))


def _say(request: Signed, form: RequestForm, asked: AccessRequest, refused: Refused) -> HttpResponse:
    """Why it could not be kept or sent, above everything that was typed."""
    note(refused.denied)
    trail.refused(refused.action, actor=request.user, record=asked, **refused.denied.facts)
    form.add_error(None, str(refused))
    return _write(request, form, asked)


def _write(request: Signed, form: RequestForm, asked: AccessRequest | None) -> HttpResponse:
    context = {"form": form, "asked": asked, "ahead": record.ahead(request.user), "days": DECISION_DAYS.value()}
    return render(request, "access_requests/write.html", context, status=422 if form.is_bound else 200)
